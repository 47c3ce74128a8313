"""A film elsewhere: its pages at IMDb, TMDB and MovieLens, where the dataset has its ids."""

from dash import html


def outside_links(movie_id: int, imdb_id: str | None, tmdb_id: int | None) -> html.P | None:
    """The links; of MovieLens where both ids are known, as its own datasets have them."""
    links = []
    if imdb_id:
        digits = imdb_id.removeprefix("tt").rjust(7, "0")
        links.append(("IMDb", f"https://www.imdb.com/title/tt{digits}/"))
    if tmdb_id:
        links.append(("TMDB", f"https://www.themoviedb.org/movie/{tmdb_id}"))
    if imdb_id and tmdb_id:
        links.append(("MovieLens", f"https://movielens.org/movies/{movie_id}"))
    if not links:
        return None
    shown = [
        html.A(name, href=address, rel="noreferrer", className="outside-link")
        for name, address in links
    ]
    return html.P(["Elsewhere: ", *shown], className="outside small mb-0")
