"""Connections, the catalogue of datasets, and how rows get in and out of PostgreSQL."""
