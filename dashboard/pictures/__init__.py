"""Posters, plots and where to watch, from TMDB; only where its owner has a token."""
