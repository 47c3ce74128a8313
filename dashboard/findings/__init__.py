"""What a page's charts say in a sentence each: only what chance does not explain."""
