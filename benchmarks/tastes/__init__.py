"""Twelve tastes made by hand, and what the models make of them."""
