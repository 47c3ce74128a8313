"""Users: how many films each rates, how generously, and who is like whom."""

from dataclasses import replace
from urllib.parse import quote

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input, Output, callback, clientside_callback, dcc, html
from dash.exceptions import PreventUpdate
from pydantic import BaseModel

from dashboard import ids
from dashboard.charting import versus
from dashboard.charting.chart import chart
from dashboard.components import cards, chart_card, notes, page
from dashboard.figures import tails, user_heatmaps
from dashboard.findings.finding import listing
from dashboard.findings.of_users import keen_and_generous, tail_of
from dashboard.page_registry import register_page
from dashboard.paths import taste_path
from dashboard.state.own_values import MOST_USERS
from dashboard.state.payloads import StoredAddress, StoredView, checked
from dashboard.state.session import session
from dashboard.state.view import View
from dashboard.wording import listed
from db import queries

register_page(__name__, "/users", "Users", filters=True, order=2)

LINKED = 10  # users whose pages are linked

PER_USER = chart(
    "ratings-per-user",
    "Ratings per user",
    "How many users gave about so many ratings; each bar spans twice as many as the one before.",
    queries.ratings_per_user,
    tails.histogram,
    parameters=("exact",),
    keys=("ratings",),
    versus=versus.of_survival,
)
PER_USER_TAIL = chart(
    "ratings-per-user-tail",
    "Ratings per user: the tail",
    "The share of users who gave at least so many, on logarithmic axes, with the power law fitted"
    " to the tail. Without filters its p is known, how often samples of that law lie as far from"
    " it: below 0.1 it is ruled out.",
    queries.ratings_per_user,
    tails.survival,
    parameters=("exact",),
    keys=("ratings",),
    versus=versus.of_survival,
)
PER_MOVIE = chart(
    "ratings-per-movie",
    "Ratings per film",
    "How many films got about so many ratings; each bar spans twice as many as the one before.",
    queries.ratings_per_movie,
    tails.histogram,
    keys=("ratings",),
    versus=versus.of_survival,
)
PER_MOVIE_TAIL = chart(
    "ratings-per-movie-tail",
    "Ratings per film: the tail",
    "The share of films that got at least so many, on logarithmic axes, with the power law fitted"
    " to the tail. Without filters its p is known, how often samples of that law lie as far from"
    " it: below 0.1 it is ruled out.",
    queries.ratings_per_movie,
    tails.survival,
    keys=("ratings",),
    versus=versus.of_survival,
)
AVERAGES = chart(
    "user-averages",
    "Do keen raters rate lower?",
    "Each cell counts users by how many films they rated and what they gave on average; the line is"
    " the median.",
    queries.user_averages,
    user_heatmaps.user_averages,
    parameters=("exact",),
    height=24,
    keys=("ratings_from", "ratings_to", "average_rating"),
    versus=versus.of_parts,
)
SIMILARITY = chart(
    "user-similarity",
    "Similarity between users",
    "Cosine of two users’ ratings, films not rated counting as 0. Similar users stand together."
    " Choose a cell to see the taste of its row’s user.",
    queries.user_similarity,
    user_heatmaps.user_similarity,
    parameters=("users",),
    height=36,
    keys=("user_id", "other_user_id"),
    leads=(("user_id", "y"),),
)


def layout(**_):
    return page(
        "Users",
        "Who rates, how much, and how alike.",
        cards(
            chart_card(AVERAGES, "full lead"),
            chart_card(PER_USER),
            chart_card(PER_USER_TAIL),
            chart_card(PER_MOVIE),
            chart_card(PER_MOVIE_TAIL),
            chart_card(SIMILARITY, "full", _chooser()),
        ),
        found=[html.Div(id="users-findings", className="findings")],
    )


@callback(Output("users-findings", "children"), Input(ids.VIEW, "data"))
@checked
def update_findings(stored_view: StoredView | None):
    """What the charts say, in a sentence each."""
    view = View.from_store(stored_view)
    with session(lasting=True) as current:
        tails = [(each.drawn(current, view), each.id) for each in (PER_USER_TAIL, PER_MOVIE_TAIL)]
        averages = AVERAGES.drawn(current, view)
    laws = [tail_of(rows, id, of) for (rows, id), of in zip(tails, ("user", "film"), strict=True)]
    return listing([keen_and_generous(averages), *laws])


def _chooser() -> html.Div:
    return html.Div(
        [
            dcc.Store(id="users-asked"),
            html.Label(
                "Users to compare, by number", htmlFor="similarity-users", className="filter-label"
            ),
            html.Div(
                [
                    dbc.Input(
                        id="similarity-users",
                        type="text",
                        debounce=True,
                        placeholder="the 40 most active",
                        autocomplete="off",
                        maxlength=1000,
                    ),
                    html.Span(f"e.g. 15, 73, 547; at most {MOST_USERS}", className="muted small"),
                ],
                className="pair",
            ),
            html.P(id="users-told", className="small mb-0", role="status"),
        ],
        className="chooser",
    )


@callback(Output("similarity-users", "value"), Input(ids.URL, "data"))
@checked
def show_users(address: StoredAddress | None):
    """The users that the URL names, in the field."""
    return ", ".join(map(str, View.from_address(address).users))


clientside_callback(
    ClientsideFunction("reelscope", "users"),
    Output("users-asked", "data"),
    Input("similarity-users", "value"),
    prevent_initial_call=True,
)


@callback(Output("users-told", "children"), Input(ids.VIEW, "data"))
@checked
def tell_users(stored_view: StoredView | None):
    """The chosen users' pages of taste; and those whom the dataset does not have."""
    users = View.from_store(stored_view).users
    if not users:
        return None
    with session(lasting=True) as current:
        known = queries.known_users(current.connection, users)
    links = [dcc.Link(f"user {user}", href=taste_path(user)) for user in users if user in known]
    told: list = [part for link in links[:LINKED] for part in (link, " · ")][:-1]
    missing = [str(user) for user in users if user not in known]
    if told:
        told = ["Taste of ", *told, ". "]
    if len(links) == 1:
        told.append("Name another to compare with, or see there who is like them. ")
    if missing:
        told.append(f"Not in this dataset: {listed(missing[:LINKED])}.")
    return told


class AskedUsers(BaseModel):
    """The users' text, and the query string of the page on which it was typed."""

    users: str
    query: str


@callback(
    Output(ids.VIEW, "data", allow_duplicate=True),
    Output(ids.FILTER_NOTES, "children", allow_duplicate=True),
    Input("users-asked", "data"),
    prevent_initial_call=True,
)
@checked
def choose_users(asked: AskedUsers | None):
    """The typed users to the view, and so to the URL."""
    if asked is None:  # the page was just built
        raise PreventUpdate
    wanted = View.from_query("users=" + quote(asked.users, errors="replace"))
    view = replace(View.from_query(asked.query), users=wanted.users)
    return {"query": view.to_query(), "by": "similarity-users"}, notes(wanted.problems)
