"""Trained models on disk, and what keeps them up to date: the part that knows the database."""
