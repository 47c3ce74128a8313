"""A person's taste as cards: plain HTML with bars, which any theme, screen and reader takes."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from dash import dcc, html

from dashboard.figures.titles import film_name, plain_title
from dashboard.paths import film_path, taste_path
from dashboard.rated_words import RatedWords
from dashboard.wording import count, signed
from recommender.taste.portrait import STARS, Portrait
from recommender.taste.twins import Twin

YOUR = "Your"  # whose a visitor's taste is, to themselves; of others “User 15’s”
ALIKE = 0.05  # of the usual distance: nearer is neither contrarian nor conformist


def summary(found: Portrait, whose: str, words: RatedWords) -> html.Section:
    """Generosity and contrariness in a sentence each."""
    return _card(
        f"{whose} ratings and everybody’s",
        "full",
        html.P(_generosity(found, words), className="film-figures"),
        html.P(_contrariness(found, whose, words), className="film-figures"),
    )


def _generosity(found: Portrait, words: RatedWords) -> str:
    mean, low, high = map(words.apart, found.generosity)
    kind = "above" if mean >= 0 else "below"
    bounds = "" if np.isnan(low) else f" (95 % interval {signed(low)} to {signed(high)})"
    unsure = not np.isnan(low) and low <= 0 <= high
    more = ": no more generous or strict than others, as far as so few can tell" if unsure else ""
    return (
        f"{words.mean_in_words(found.average)} on average of {count(found.films, 'film')};"
        f" others gave the same films {words.mean(found.others)}. That is {abs(mean):.2f}"
        f" {words.unit} {kind} theirs{bounds}{more}."
    )


def _contrariness(found: Portrait, whose: str, words: RatedWords) -> str:
    ratio = found.distance / found.usual_distance if found.usual_distance else 1
    kind = (
        "more contrarian than"
        if ratio > 1 + ALIKE
        else "nearer to the crowd than"
        if ratio < 1 - ALIKE
        else "as contrarian as"
    )
    return (
        f"{whose} opinions lie {words.apart(found.distance):.2f} {words.unit} from the crowd’s,"
        f" {kind} most: somebody drawn at random lies"
        f" {words.apart(found.usual_distance):.2f} from it."
    )


def spread(found: Portrait, whose: str, words: RatedWords) -> html.Section:
    """How often each rating is given, beside the others' for the same films."""
    top = max(found.spread.max(), found.others_spread.max(), 1e-9)
    rows = [
        html.Tr(
            [
                html.Th(words.rating(stars), scope="row"),
                _bar(own, top, "own"),
                _bar(others, top, "others"),
            ]
        )
        for stars, own, others in zip(STARS, found.spread, found.others_spread, strict=True)
        if own or others or words.scale.is_stars
    ]
    head = ["Stars" if words.scale.is_stars else "Rating", whose, "Others, same films"]
    return _card(
        f"Spread of {'stars' if words.scale.is_stars else 'ratings'}", "half", _table(head, rows)
    )


def _bar(share: float, top: float, kind: str) -> html.Td:
    width = {"width": f"{100 * share / top:.1f}%"}
    return html.Td(
        [
            html.Span(className=f"taste-bar {kind}", style=width, **{"aria-hidden": "true"}),
            html.Span(f"{share:.0%}", className="figures"),
        ],
        className="taste-cell",
    )


def opinions(found: Portrait, whose: str, words: RatedWords) -> html.Section:
    """The ten that set the person apart."""
    title = f"What sets {'you' if whose == YOUR else 'them'} apart"
    rows = [
        html.Li(
            [
                _film(row.movie_id, row.title, row.release_year),
                html.Div(
                    f"{words.rating(row.stars)}, others {words.mean(row.others)}; {_rarity(row)}",
                    className="muted small figures",
                ),
            ]
        )
        for row in found.opinions.itertuples()
    ]
    about = "Of films that five or more others rated; the rarest opinion first."
    return _card(title, "half", html.P(about, className="card-about"), _list(rows))


def _rarity(row) -> str:
    said = "so much" if row.stars > row.others else "so little"
    return f"{row.rarity:.0%} gave {said}" if row.rarity else f"nobody else gave {said}"


def kinds(table: pd.DataFrame, kind: str, title: str, words: RatedWords) -> html.Section:
    """Genres or decades: what is favoured beside what is watched."""
    if table.empty:
        few = f"No {kind} has enough of these films to tell; each rating helps."
        return _card(title, "half", html.P(few, className="muted mb-0"))
    rows = [
        html.Tr(
            [
                html.Th(f"{row[kind]}s" if kind == "decade" else row[kind], scope="row"),
                html.Td(signed(words.apart(row["favour"])), className="number"),
                html.Td(words.mean(row["average"]), className="number"),
                html.Td(f"{row['share']:.0%}", className="number"),
                html.Td(f"{row['usual_share']:.0%}", className="number"),
            ]
        )
        for row in table.to_dict("records")
    ]
    head = [
        kind.capitalize(),
        f"Favoured, {words.unit}",
        "Average",
        "Of the films",
        "Of all ratings",
    ]
    about = f"Favoured: {words.unit} above what others gave the same films, generosity taken off."
    return _card(title, "half", html.P(about, className="card-about"), _table(head, rows))


def themes(
    rows: pd.DataFrame | None, films: Mapping[int, Mapping], whose: str, waiting: html.P
) -> html.Section:
    """What the person's films are about, as NMF sees it.

    rows: name, movie_ids, own, others (shares), the person's largest first; None until learned.
    """
    title = f"{whose} themes, as NMF sees them"
    about = (
        "NMF describes all ratings by a few themes that it found by itself. How much of what it"
        f" expects of {_whom(whose)} lies in each, beside everybody’s."
    )
    content: list = [waiting]
    if rows is not None:
        none = html.P("None of these films is in a theme.", className="muted")
        content = [none if rows.empty else _theme_table(rows, films, _whom(whose))]
    return _card(title, "full", html.P(about, className="card-about"), *content)


def _whom(whose: str) -> str:
    return "you" if whose == YOUR else whose.removesuffix("’s").lower()


def _theme_table(rows: pd.DataFrame, films: Mapping[int, Mapping], whom: str) -> html.Div:
    top = rows[["own", "others"]].max(axis=None)
    lines = [
        html.Tr(
            [
                html.Th([row.name_, _led_by(row.movie_ids, films)], scope="row"),
                _bar(row.own, top, "own"),
                _bar(row.others, top, "others"),
            ]
        )
        for row in rows.rename(columns={"name": "name_"}).itertuples()
    ]
    return _table(["Theme", whom.capitalize(), "Everybody"], lines)


def _led_by(movie_ids, films: Mapping[int, Mapping]) -> html.Div:
    titles = [plain_title(films[movie]["title"]) for movie in movie_ids if movie in films]
    return html.Div(", ".join(titles), className="muted small")


def twins(
    found: list[Twin] | None,
    films: Mapping[int, Mapping],
    whose: str,
    waiting: html.P,
    words: RatedWords,
) -> html.Section:
    """The users most alike. found: None until ratings are learned. films: by movie_id."""
    whom = _whom(whose)
    about = f"The users who rate most like {whom}, and what they love that is new to {whom}."
    if found is None:
        content: list = [waiting]
    else:
        content = [_twin(twin, films, words) for twin in found] or [
            html.P("Nobody rated enough of the same films.", className="muted")
        ]
    return _card(
        f"{whose} twins",
        "full",
        html.P(about, className="card-about"),
        html.Div(content, className="twins"),
    )


def _twin(twin: Twin, films: Mapping[int, Mapping], words: RatedWords) -> html.Div:
    return html.Div(
        [
            html.H3(dcc.Link(f"User {twin.user_id}", href=taste_path(twin.user_id))),
            html.P(
                f"{count(twin.common, 'film')} in common,"
                f" {words.apart(twin.apart):.2f} {words.unit} apart on average",
                className="muted small figures",
            ),
            html.P(_names("Both like ", twin.shared, films), className="small"),
            html.P("Loves as well:", className="small mb-0"),
            _list(
                [
                    html.Li(_film(movie, films[movie]["title"], films[movie]["release_year"]))
                    for movie, _ in twin.unseen
                    if movie in films
                ]
            ),
        ],
        className="twin",
    )


def _names(before: str, shared, films: Mapping[int, Mapping]) -> str | None:
    titles = [plain_title(films[movie]["title"]) for movie, _ in shared if movie in films]
    return before + ", ".join(titles) + "." if titles else None


def _film(movie_id: int, title: str, year: object) -> dcc.Link:
    return dcc.Link(film_name(title, year), href=film_path(int(movie_id)))


def _card(title: str, width: str, *content) -> html.Section:
    return html.Section([html.H2(title), *content], className=f"card-panel {width}")


def _table(head: list[str], rows: list[html.Tr]) -> html.Div:
    columns = [
        html.Th(name, scope="col", className="number" if i else "") for i, name in enumerate(head)
    ]
    return html.Div(
        html.Table([html.Thead(html.Tr(columns)), html.Tbody(rows)]),
        className="chart-table taste-table",
        tabIndex="0",
        role="region",
        **{"aria-label": head[0]},
    )


def _list(rows: list[html.Li]) -> html.Ul:
    return html.Ul(rows, className="taste-list")
