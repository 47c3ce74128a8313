"""What one would pick instead of rollups; each answers every chart from all ratings, every time."""
