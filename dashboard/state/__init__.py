"""What a request is about: the address, the view, and what has been answered before."""
