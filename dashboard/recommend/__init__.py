"""Rating films and being recommended others."""
