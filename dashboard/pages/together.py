"""Together: films for two to six people, each with ratings of their own; nothing is kept here."""

from collections.abc import Sequence
from typing import Annotated

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input, Output, callback, clientside_callback, dcc, html
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.components import page, waiting
from dashboard.figures.titles import plain_title
from dashboard.page_registry import register_page
from dashboard.paths import TOGETHER
from dashboard.rated_words import RatedWords
from dashboard.recommend import together_list
from dashboard.recommend.former_notice import former_notice
from dashboard.recommend.guests import FEWEST, LONGEST_NAME, Guest, Guests, seen, sent_away
from dashboard.recommend.profile import saved_film
from dashboard.recommend.together_list import WAYS
from dashboard.state.payloads import Clicks, checked, one_of
from dashboard.state.session import session
from dashboard.wording import count
from db import queries
from recommender.models import DEFAULT_MODEL
from recommender.questions import strategies
from recommender.serving.evening import Evening, evening

register_page(__name__, TOGETHER, "Together", filters=False, order=5.7)

ASKED = 60  # films to rate on this phone, of which ten are shown at a time
Way = Annotated[str, one_of(WAYS)]
FIRST_WAY = next(iter(WAYS))


def layout(**_):
    return page(
        "Together",
        "A film for two to six people: bring each person’s ratings, or pass this phone round."
        " They stay in this browser until the tab is closed.",
        dcc.Store(id=ids.GUESTS),
        dcc.Store(id=ids.GUEST_FILMS),
        html.Div([_people(), _choice()], className="together"),
    )


def _people() -> html.Section:
    return html.Section(
        [
            html.H2("Who is watching?"),
            html.Ul(id="together-people", className="together-people"),
            html.Div(
                [
                    html.Label("Name", htmlFor="together-name", className="filter-label"),
                    dbc.Input(
                        id="together-name", type="text", maxlength=LONGEST_NAME, autocomplete="off"
                    ),
                    html.Div(
                        [
                            _button(ids.GUEST_RATE, "Rate on this phone"),
                            _button("together-file", "Add a file of theirs"),
                        ],
                        className="rate-tools",
                    ),
                    html.Label(
                        "Or the link to their ratings",
                        htmlFor="together-link",
                        className="filter-label",
                    ),
                    html.Div(
                        [
                            dbc.Input(id="together-link", type="url", autocomplete="off"),
                            _button("together-add-link", "Add"),
                        ],
                        className="pair",
                    ),
                ],
                id="together-add",
                className="together-add",
            ),
            html.P(id="together-said", className="small mb-0", role="status"),
            html.Div(id="together-pass", tabIndex="-1"),
        ],
        className="card-panel",
    )


def _choice() -> html.Section:
    options = [{"value": way, "label": label} for way, (label, _) in WAYS.items()]
    return html.Section(
        [
            html.H2("Films for all of you"),
            html.Fieldset(
                [
                    html.Legend("What counts", className="filter-label"),
                    dbc.RadioItems(
                        id="together-way",
                        options=options,
                        value=FIRST_WAY,
                        inline=True,
                        persistence=True,
                        persistence_type="session",
                    ),
                ]
            ),
            html.Div(id="together-found"),
        ],
        className="card-panel",
    )


def _button(id: str, text: str) -> html.Button:
    return html.Button(text, id=id, type="button", className="btn btn-quiet")


clientside_callback(
    ClientsideFunction("together", "open"),
    Output(ids.GUESTS, "data"),
    Input(ids.RULES, "data"),
)
clientside_callback(
    ClientsideFunction("together", "ask"),
    Output("together-pass", "data-asked"),
    Input(ids.GUEST_FILMS, "data"),
)


@callback(
    Output(ids.GUEST_FILMS, "data"),
    Input(ids.GUEST_RATE, "n_clicks"),
    prevent_initial_call=True,
)
@checked
def update_asked(clicks: Clicks):
    """Films for somebody to rate on this phone: the good questions, then what many know."""
    if clicks is None or clicks < 1:
        raise PreventUpdate
    with session() as current:
        matrix = current.models.matrix
        if matrix is None:
            return []
        first = current.models.questions(ASKED // 4, ())
        known = strategies.movies_to_rate(matrix, "popular", ASKED - len(first), clicks, first)
        rows = queries.movies(current.connection, [*first, *known]).to_dict("records")
    films = {int(row["movie_id"]): saved_film(row) for row in rows}
    for film in films.values():
        film["title"] = plain_title(film["title"])
    return [films[movie] for movie in (*first, *known) if movie in films]


@callback(
    Output("together-found", "children"),
    Input(ids.GUESTS, "data"),
    Input("together-way", "value"),
)
@checked
def update_together(guests: Guests | None, chosen: Way | None):
    """The films, once there are two people."""
    people = [guest for guest in guests or () if guest.ratings]
    if len(people) < FEWEST:
        return html.P("Two people with ratings, and the films appear here.", className="muted")
    unwanted = seen(people) | sent_away(people)
    way = chosen or FIRST_WAY
    with session() as current:
        models = current.models
        model, estimates = models.answering(DEFAULT_MODEL), models.star_estimates()
        if model is None or estimates is None:
            return waiting()
        profiles = [dict(guest.ratings) for guest in people]
        found = evening(model, estimates, profiles, unwanted, way)
        said = former_notice([model, estimates.predictor], models, current.dataset)
        return [said, *_told(current, found, people, way)]


def _told(current, found: Evening, people: Sequence[Guest], way: str) -> list:
    """The films, what was left out, and what each way gives to whom."""
    named = {movie for each in found.films for because in each.because for movie in because}
    named |= {each.film.movie_id for each in found.films}
    rows = queries.movies(current.connection, named).to_dict("records")
    titles = {int(row["movie_id"]): plain_title(row["title"]) for row in rows}
    imdb = {int(row["movie_id"]): saved_film(row)["imdb_id"] for row in rows}
    names, words = [guest.name for guest in people], RatedWords(current.dataset.scale)
    if not found.films:
        return [html.P("No film is left that none of you has seen.", className="muted")]
    return [
        html.P(f"{WAYS[way][1]} {_left_out(people)}", className="card-about"),
        together_list.films(found, names, titles, imdb, words),
        html.H3("What each way gives", className="mt-3"),
        html.P("The mean of what each would give its ten films.", className="card-about"),
        together_list.means(found, names, way, words),
    ]


def _left_out(people: Sequence[Guest]) -> str:
    known, away = seen(people), sent_away(people)
    said = f"Left out: {count(len(known), 'film')} that somebody has seen"
    return said + (
        f", {count(len(away - known), 'film')} that somebody does not want."
        if away - known
        else "."
    )
