"""What a visitor has narrowed the ratings to: its URL form, its words, its meaning."""
