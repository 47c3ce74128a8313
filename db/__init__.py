"""Ratings in PostgreSQL: filters, queries, import. The only package that knows SQL."""
