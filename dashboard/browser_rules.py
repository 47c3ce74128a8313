"""What the scripts in assets/ know of the app, made from its declarations."""

from dash import get_relative_path

from dashboard import ids
from dashboard.page_registry import declared_pages
from dashboard.paths import EMBED, FILM, RECOMMEND, YOURS
from dashboard.rating_files import upload_route
from dashboard.rating_files.uploads import MOST_BYTES
from dashboard.recommend.profile import ENOUGH, MOST_FILMS, STARS, VERSION
from dashboard.recommend.wishes import wish_rules
from dashboard.state.view import LEFT_BEHIND, OWN_KEYS


def browser_rules() -> dict:
    """The app as JSON.

    prefix: of every path. pages: {path, filters} of each; film, embed, recommend: the paths of a
    film's page, of one chart alone and of the recommendations; yours: of the visitor's films.
    own: the keys of a query string that are no filters; left_behind: those that links do not take
    along. profile: what one may hold.
    files: of ratings: where they go, as what, and how many bytes at most. wishes: the controls of
    Recommend that its address has. ids: of components, by their names in dashboard/ids.py.
    """
    return {
        "prefix": get_relative_path("/"),
        "pages": [
            {"path": get_relative_path(page.path), "filters": page.filters}
            for page in declared_pages()
        ],
        "film": get_relative_path(FILM),
        "embed": get_relative_path(EMBED),
        "own": OWN_KEYS,
        "left_behind": LEFT_BEHIND,
        "profile": {
            "version": VERSION,
            "most": MOST_FILMS,
            "stars": STARS,
            "enough": ENOUGH,
        },
        "recommend": get_relative_path(RECOMMEND),
        "yours": get_relative_path(YOURS),
        "wishes": wish_rules(),
        "files": {
            "url": get_relative_path(f"/{upload_route.PATH}"),
            "type": upload_route.BINARY,
            "most": MOST_BYTES,
        },
        "ids": {name: value for name, value in vars(ids).items() if name.isupper()},
    }
