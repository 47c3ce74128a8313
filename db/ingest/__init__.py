"""From files to a complete dataset: readers, checks, base tables, rollups, and the swap."""
