"""What a page is: its path, its name, and whether the filter bar is on it.

A page declares itself with `register_page(__name__, ...)`. Navigation, filter bar, 404s, the tests
that walk and check every page and the benchmark of pages follow from that.
"""

from collections.abc import Callable
from dataclasses import dataclass

import dash
from dash._pages import _path_to_page  # the router's own rule, which Dash does not export

NOT_FOUND = "not_found_404"  # Dash's name for the module of the page of unknown addresses
APP = "Reelscope"
DESCRIPTION = "Film ratings: how they change, who gives them, what to watch next."


@dataclass(frozen=True)
class PageDeclaration:
    """path: below the app's prefix; a `<variable>` in it is passed to the page's layout.

    filters: whether the charts and lists of the page follow the filters, so that it has their bar.
    order: its place in the navigation; None for a page without a link there.
    example: an address of the page, for tests and benchmarks; the path where that has no variable.
    exists: whether there is something at a path of the page, where that has variables.
    description: of what is at a path of the page, for search engines and shared links.
    """

    path: str
    name: str
    filters: bool
    order: float | None
    example: str
    exists: Callable[[str], bool]
    description: Callable[[str], str]


def register_page(
    module: str,
    path: str,
    name: str,
    *,
    filters: bool,
    order: float | None = None,
    title: str | Callable[..., str] = "",
    example: str = "",
    exists: Callable[[str], bool] = lambda path: True,
    description: Callable[[str], str] = lambda path: DESCRIPTION,
) -> None:
    """Declare the page that `module` lays out.

    title: of the browser's tab, where it is not the name; of a path with variables perhaps a
    function of them. The rest: as PageDeclaration has it.
    Raises ValueError where a path has variables and no example is given.
    """
    varied = "<" in path
    if varied and not example:
        raise ValueError(f"the page at {path} has variables: give an address of it as `example`")
    dash.register_page(
        module,
        path=None if varied else path,
        path_template=path if varied else None,
        name=name,
        title=_tab(title or name),
        order=order,
        declaration=PageDeclaration(
            path, name, filters, order, example or path, exists, description
        ),
    )


def _tab(title: str | Callable[..., str]) -> str | Callable[..., str]:
    if callable(title):
        return lambda **variables: f"{title(**variables)} · {APP}"
    return f"{title} · {APP}"


def page_at(path: str) -> tuple[PageDeclaration | None, str]:
    """The page of a path, None where none is, and what the browser's tab says there."""
    page, variables = _path_to_page(path.strip("/"))
    if not page or "declaration" not in page:
        return None, APP
    title = page["title"]
    return page["declaration"], title(**(variables or {})) if callable(title) else title


def declared_pages() -> list[PageDeclaration]:
    """The pages in the order of the navigation, those without a link last; not the 404's."""
    return [
        page["declaration"]
        for module, page in dash.page_registry.items()
        if "declaration" in page and not module.endswith(NOT_FOUND)
    ]


def linked_pages() -> list[PageDeclaration]:
    """The pages that the navigation links, in its order."""
    return [page for page in declared_pages() if page.order is not None]


def something_at(path: str) -> bool:
    """Whether the page with variables that `path` belongs to has something to show there."""
    return _path_to_page(path.strip("/"))[0]["declaration"].exists(path)
