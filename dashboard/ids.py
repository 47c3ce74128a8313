"""The ids of components that more than one file names; assets/*.js get them as arguments."""

from collections.abc import Hashable

URL = "url"  # store: {"path", "search"} of the address bar
VIEW = "view"  # store: {"query", "by"}: what the page shows, and which control or "url" chose it
THEME = "theme"  # store: the name of the theme
LOCATION = "_pages_location"  # Dash's own, of its pages
PAGE_TITLE = "page-title"  # the heading, which takes focus after navigation
RULES = "rules"  # store: what the browser knows of the app (dashboard/browser_rules.py)
OUTAGE = "outage"
SOURCE = "source"  # the name of the dataset, in the footer

FILTER_RESET = "filter-reset"
FILTER_NOTES = "filter-notes"

WHOSE = "whose-ratings"  # whose ratings are shown, in the footer
SCALE = "scale"  # store: how stars are read on the dataset (assets/rated_scale.js)
SCALE_READ = "scale-read"  # store: that the scripts know it
PROFILE = "profile"  # store; the browser keeps it under this name (assets/kept_profile.js)
PROFILE_LOADED = "profile-loaded"  # store: changes when the profile is another than the cards show
PROFILE_LOAD = "profile-load"
PROFILE_LINK, PROFILE_LINKED = "profile-link", "profile-linked"
DATASET = "dataset-fingerprint"  # store: of the dataset that the pages show
PROFILE_HERE = "profile-here"  # store: that dataset, once the profile is one of it
CARDS_DATASET = "cards-dataset"  # store: of the dataset that the films to rate are of
PROFILE_SETTLED = "profile-settled"  # store: counts the times that the visitor paused rating
FORGET, FORGET_NOT, FORGET_UNDO = "profile-forget", "forget-not", "forget-undo"
IMPORT, IMPORT_CHOOSE = "import", "import-choose"
IMPORT_SAID, IMPORT_PREVIEW = "import-said", "import-preview"
ADD_SEARCH, ADD_FOUND = "add-search", "add-found"
ADDED = "added"  # store: movie_id and title of the option chosen, and the how manieth choice it is
ASKED = "asked"
ASKED_FILMS = "asked-films"
TRAINING_POLL = "training-poll"
WANTED = "wanted"
STRATEGY, PREFERENCE, SPLIT_YEAR, COMPARE = "strategy", "preference", "split-year", "compare"
WISHED = "wishes"  # what the browser keeps of them, by this name
RECOMMEND = "recommend"
WHY_NOT = "why-not"
RESULTS, SEE_TEN = "results", "see-ten"
GUESTS = "together-guests"  # store: who looks for a film, with their ratings
GUEST_FILMS = "together-films"  # store: films to rate on this phone
GUEST_RATE = "together-rate"
RECOMMEND_GENRES = "recommend-genres"
RECOMMEND_WITHOUT = "recommend-without"
MODEL = "model"
SURPRISE, VARIETY = "surprise", "variety"


def filter_control(key: str, part: str = "") -> str:
    """The control of a filter, by its key in the query string, or a part of it."""
    return f"filter-{key}{part}"


def chart_part(role: str, chart: Hashable) -> dict:
    """A part of a chart's card: graph, empty, marks, csv-link, table, table-button and so on."""
    return {"type": role, "chart": chart}


def rating_part(role: str, movie: Hashable) -> dict:
    """A part of the card that rates a film: rate-slider, rate-minus, rate-row and so on."""
    return {"type": role, "movie": movie}


def kept_dataset(name: Hashable) -> dict:
    """The button that shows another dataset."""
    return {"type": "kept-dataset", "name": name}
