"""A taste on one card to be shared: an SVG, of which assets/share_card.js makes a PNG."""

from html import escape
from urllib.parse import quote

from dash import html

from dashboard.figures.titles import film_name
from dashboard.rated_words import RatedWords
from dashboard.theme import DARK
from dashboard.wording import count
from recommender.taste.portrait import STARS, Portrait

WIDTH, HEIGHT = 1200, 630  # as the previews of links are
LONGEST = 36  # characters of a line at the right
FAVOURITES = 3
BARS, FOOT = 470, 510  # of the spread: its width and the height at which its bars stand
TALLEST = 210


def share_card(found: Portrait, whose: str, words: RatedWords) -> html.Section:
    """The card as a picture, with links that keep it. whose: "Your", or "User 15’s"."""
    mine = "My" if whose == "Your" else whose
    link = f"data:image/svg+xml,{quote(card_svg(found, mine, words))}"
    return html.Section(
        [
            html.H2("A card to share"),
            html.P("It is made here in the browser; no server keeps it.", className="card-about"),
            html.Img(id="share-card", src=link, alt=_spoken(found, mine, words), width="600"),
            html.Div(
                [
                    html.Button(
                        "Save as PNG", id="share-png", type="button", className="btn btn-quiet"
                    ),
                    html.A(
                        "Save as SVG", href=link, download="taste.svg", className="btn btn-quiet"
                    ),
                    html.Span(id="share-said", role="status", className="small"),
                ],
                className="rate-tools mb-0",
            ),
        ],
        className="card-panel full",
    )


def card_svg(found: Portrait, mine: str, words: RatedWords) -> str:
    """The card: what is given, its spread beside the others', favourites, the rarest opinion."""
    favourites = _favourites(found, words)
    opinion = _opinion(found, words)
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{DARK.surface}"/>',
        f'<rect width="{WIDTH}" height="12" fill="{DARK.accent}"/>',
        _text(70, 110, f"{mine} taste in films", 50, DARK.ink, 700),
        _text(70, 160, _figures(found, words), 26, DARK.muted),
        *_bars(found, words),
        _text(640, 250, "Favours" if favourites else "", 24, DARK.muted, 600),
        *(
            _text(640, 296 + 44 * place, line, 32, DARK.ink, 600)
            for place, line in enumerate(favourites)
        ),
        _text(640, 440, "Thinks otherwise of" if opinion else "", 24, DARK.muted, 600),
        *(
            _text(640, 486 + 38 * place, line, 28 - 4 * place, DARK.ink, 600 - 200 * place)
            for place, line in enumerate(opinion)
        ),
        _text(70, 592, "Reelscope", 24, DARK.accent, 700),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
    fonts = "Inter, system-ui, sans-serif"
    size = f'width="{WIDTH}" height="{HEIGHT}" font-family="{fonts}"'
    return f"{head} {size}>{''.join(parts)}</svg>"


def _text(x: int, y: int, words: str, size: int, colour: str, weight: int = 400) -> str:
    place = f'x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}"'
    return f"<text {place}>{escape(_printable(words))}</text>"


def _printable(words: str) -> str:
    """Without the characters that XML has not."""
    return "".join(letter for letter in words if letter.isprintable())


def _figures(found: Portrait, words: RatedWords) -> str:
    mean = words.apart(found.generosity.mean)
    side = "more" if mean >= 0 else "less"
    films = count(found.films, "film")
    average = words.mean_rating(found.average)
    return f"{films} · {average} on average, {abs(mean):.2f} {side} than others give"


def _bars(found: Portrait, words: RatedWords) -> list[str]:
    """Ten bars with the stars below, and the others' shares as lines across them."""
    apart = BARS / len(STARS)
    tallest = max(found.spread.max(), found.others_spread.max(), 1e-9)
    drawn = []
    for place, stars in enumerate(STARS):
        x = 70 + place * apart
        own, others = (TALLEST * each[place] / tallest for each in _spreads(found))
        drawn.append(
            f'<rect x="{x:.1f}" y="{FOOT - own:.1f}" width="{apart - 8:.1f}"'
            f' height="{own:.1f}" rx="4" fill="{DARK.rating}"/>'
            f'<rect x="{x - 2:.1f}" y="{FOOT - others - 2:.1f}" width="{apart - 4:.1f}"'
            f' height="4" fill="{DARK.ink}"/>'
        )
        if not stars % 1:
            drawn.append(
                _text(round(x + apart / 2 - 11), FOOT + 32, words.number(stars), 24, DARK.muted)
            )
    return [*drawn, _text(70, 250, f"{words.kind}; lines: others, same films", 24, DARK.muted, 600)]


def _spreads(found: Portrait):
    return found.spread, found.others_spread


def _favourites(found: Portrait, words: RatedWords) -> list[str]:
    """The genres that are given most above what others give, and only such."""
    best = found.genres.sort_values("favour", ascending=False).head(FAVOURITES)
    rows = best[best["favour"] > 0].to_dict("records")
    return [f"{row['genre']}  +{words.apart(row['favour']):.2f}{words.star}" for row in rows]


def _opinion(found: Portrait, words: RatedWords) -> list[str]:
    """The rarest opinion in two lines."""
    if found.opinions.empty:
        return []
    row = found.opinions.iloc[0]
    name = film_name(row["title"], row["release_year"])
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    return [short, f"{words.rating(row['stars'])}, others {words.mean(row['others'])}"]


def _spoken(found: Portrait, mine: str, words: RatedWords) -> str:
    """The card in words."""
    told = [f"{mine} taste in films: {_figures(found, words)}"]
    if favourites := _favourites(found, words):
        told.append(f"favours {', '.join(favourites)}")
    if opinion := _opinion(found, words):
        told.append(f"thinks otherwise of {', '.join(opinion)}")
    return "; ".join(told) + "."
