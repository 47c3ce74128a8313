"""Our recommenders beside those of other libraries: the same splits, the same measures."""
