"""Recommending films from a visitor's own ratings."""
