"""Files of ratings that other services export: read in memory, matched with films, never kept."""
