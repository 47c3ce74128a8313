"""Why not this film? Where a film that the visitor has in mind stands, and what speaks for it."""

from typing import Any

from dash import Input, Output, State, callback, dcc, html

from dashboard import ids
from dashboard.components import search_field
from dashboard.figures.titles import film_name
from dashboard.paths import film_path
from dashboard.recommend.list_leanings import Surprise
from dashboard.recommend.profile import SavedProfile
from dashboard.recommend.result_lists import Reasons
from dashboard.recommend.result_panel import ModelKey, Preference, reasons_of
from dashboard.state.payloads import Clicks, Texts, Year, checked
from dashboard.state.session import session
from dashboard.wording import count
from db import queries
from recommender.serving import shelves
from recommender.serving.placing import Obstacle, Placing, placing
from recommender.serving.star_estimates import StarEstimate

MEANT = 3  # films that the typed text may mean
ENDS: dict[Obstacle, str] = {
    "rated": "You rated it, so it is not recommended; it would be No. {place:,}.",
    "hidden": "You said that it is not to come again; it would be No. {place:,}.",
    "unwanted": "It is not of the age and genres that you chose; it would be No. {place:,}.",
    "": "It is No. {place:,} of {among} for you.",
}


def layout() -> html.Section:
    return html.Section(
        [
            html.H2("Why not …?"),
            html.Div(search_field(ids.WHY_NOT, "A film that you miss here", "Type a title")),
            html.Div(id="why-not-said", role="status"),
        ],
        className="why-not",
    )


@callback(
    Output("why-not-said", "children"),
    Input(ids.WHY_NOT, "value"),
    Input(ids.PREFERENCE, "value"),
    Input(ids.SPLIT_YEAR, "value"),
    Input(ids.RECOMMEND_GENRES, "value"),
    Input(ids.RECOMMEND_WITHOUT, "value"),
    Input(ids.MODEL, "value"),
    Input(ids.SURPRISE, "value"),
    Input(ids.PROFILE_SETTLED, "data"),
    State(ids.PROFILE, "data"),
)
@checked
def update_why_not(
    text: str | None,
    preference: Preference,
    split_year: Year | None,
    genres: Texts | None,
    without: Texts | None,
    key: ModelKey,
    surprise: Surprise | None,
    settled: Clicks,
    stored: Any,
):
    """The films that the text may mean, each with its place."""
    profile = SavedProfile.from_store(stored)
    title = (text or "").strip()[:100]
    if not title:
        return None
    if not profile.ratings:
        return "Rate at least one film first."
    with session() as current:
        model = current.models.answering(key)
        estimates = current.models.star_estimates()
        found = queries.search_movies(current.connection, title, limit=MEANT)
    if model is None:
        return "The models are being trained."
    if found.empty:
        return "No film has that in its title."
    reasons = reasons_of(model, profile, current.dataset)
    year = shelves.SPLIT_YEAR if split_year is None else split_year
    films = [int(movie) for movie in found["movie_id"]]
    expected = estimates.of(profile.asked, films) if estimates else [None] * len(films)
    kinds = tuple(genres or ()), tuple(without or ())
    chosen = (profile.not_again, preference, year, *kinds, surprise or 0.0)
    placed = [placing(model, profile.asked, movie, *chosen) for movie in films]
    return [
        _told(each, stars, reasons, profile)
        for each, stars in zip(placed, expected, strict=True)
        if each is not None
    ] or "This model knows too little of that film."


def where_it_stands(found: Placing, profile: SavedProfile) -> str:
    """The film's place, and what keeps it off the list. Models are not told of older ratings."""
    rated = found.film.movie_id in profile.ratings
    said = ENDS["rated" if rated else found.obstacle]
    return said.format(place=found.place, among=count(found.among, "film"))


def _told(
    found: Placing, expected: StarEstimate | None, reasons: Reasons, profile: SavedProfile
) -> html.P:
    film, rated = found.film, reasons.words
    words = [where_it_stands(found, profile)]
    if expected:
        words.append(
            f"You would give it {rated.predicted_rating(expected.stars)}, likely"
            f" {rated.predicted(expected.low)} to {rated.predicted(expected.high)}; others gave"
            f" {rated.mean(film.average_rating)}."
        )
    words.append(_weighed(reasons.said(film)))
    name = film_name(film.title, film.release_year)
    link = dcc.Link(name, href=film_path(film.movie_id), className="shelf-title")
    return html.P([link, " ".join(words)])


def _weighed(reason: str | None) -> str:
    if reason is None:
        return "None of the films that you like speaks for it."
    return f"What speaks for it: {reason[0].lower()}{reason[1:]}."
