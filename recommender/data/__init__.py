"""What models learn from: ratings, tags, films."""
