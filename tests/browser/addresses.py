"""Addresses of the app's pages, from their declarations: a new page is in every test of all."""

from collections.abc import Iterable

import pytest
from dash import dcc, page_registry

import app  # noqa: F401  its import declares the pages
from dashboard.page_registry import PageDeclaration, declared_pages, linked_pages

EVERY = [page.example for page in declared_pages()]
LINKED = {page.name: page.path for page in linked_pages()}
WITH_FILTERS = [page.example for page in declared_pages() if page.filters]


def has_charts(page: PageDeclaration) -> bool:
    laid_out = next(each for each in page_registry.values() if each.get("declaration") is page)
    return any(isinstance(part, dcc.Graph) for part in laid_out["layout"]()._traverse())


WITH_CHARTS = [page.example for page in declared_pages() if page.filters and has_charts(page)]


def each(addresses: Iterable[str]) -> pytest.MarkDecorator:
    """A test for each address, all but the first marked as slow: a page more takes seconds more."""
    first, *others = addresses
    slow = [pytest.param(address, marks=pytest.mark.slow) for address in others]
    return pytest.mark.parametrize("address", [first, *slow])
