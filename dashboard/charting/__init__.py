"""What a chart is, and what draws, tabulates and exports it."""
