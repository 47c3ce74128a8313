"""One person's ratings beside those of everybody else for the same films."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

STARS = np.arange(1, 11) / 2
COUNTS = [f"h{half}" for half in range(1, 11)]
CONFIDENCE = 1.96  # of a normal distribution, for 95 %
FEWEST_TO_BOUND = 5  # films from which on an interval means something
OPINIONS = 10
FEWEST_OF_A_KIND = 3  # films of a genre or decade that are spoken of
FEWEST_RATERS = 5  # others who rated a film, for an opinion on it to be told


class Interval(NamedTuple):
    """A mean and its 95 % interval; NaN ends where there are too few films."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Portrait:
    """films: how many are rated and known to others as well.

    average: of the stars given; others: of the same films' averages; both unweighted.
    generosity: stars above what others gave the same films.
    spread, others_spread (10,): the share of each rating, 0.5 to 5; the others' over the same
    films, each film counting once.
    distance: mean absolute distance from the others' average, once generosity is taken off.
    usual_distance: what a rater of these films drawn at random would have.
    opinions: the ten that set the person apart most: movie_id, title, release_year, stars, others
    (their average), rarity (the share of raters who gave so much, or so little, or went further).
    genres, decades: genre (or decade), films, share (of the person's films), usual_share (of all
    ratings), average, others, favour (stars above the others', without generosity).
    """

    films: int
    average: float
    others: float
    generosity: Interval
    spread: np.ndarray
    others_spread: np.ndarray
    distance: float
    usual_distance: float
    opinions: pd.DataFrame
    genres: pd.DataFrame
    decades: pd.DataFrame


def portrait(films: pd.DataFrame, genre_shares: pd.Series, decade_shares: pd.Series) -> Portrait:
    """Draw it.

    films: movie_id, title, release_year, genres ("A|B"), stars, and h1 … h10: how many others gave
    each rating. genre_shares, decade_shares: of all ratings, by genre and decade.
    Films that nobody else rated are left out.
    """
    known = films[films[COUNTS].sum(axis=1) > 0].reset_index(drop=True)
    counts = known[COUNTS].to_numpy(float)
    shares = counts / counts.sum(axis=1, keepdims=True)
    known = known.assign(others=shares @ STARS)
    above = known["stars"] - known["others"]
    generosity = _interval(above.to_numpy(float))
    known = known.assign(favour=above - generosity.mean)
    return Portrait(
        len(known),
        float(known["stars"].mean()),
        float(known["others"].mean()),
        generosity,
        _spread(known["stars"].to_numpy(float)),
        shares.mean(axis=0) if len(known) else np.zeros(len(STARS)),
        float(known["favour"].abs().mean()),
        _usual_distance(shares),
        _opinions(known, counts),
        _kinds(_by_genre(known), "genre", genre_shares),
        _kinds(_by_decade(known), "decade", decade_shares),
    )


def _interval(values: np.ndarray) -> Interval:
    mean = float(values.mean()) if len(values) else np.nan
    if len(values) < FEWEST_TO_BOUND:
        return Interval(mean, np.nan, np.nan)
    half = CONFIDENCE * float(values.std(ddof=1)) / len(values) ** 0.5
    return Interval(mean, mean - half, mean + half)


def _spread(stars: np.ndarray) -> np.ndarray:
    given = np.bincount(np.rint(stars * 2).astype(int) - 1, minlength=len(STARS))
    return given / max(1, len(stars))


def _usual_distance(shares: np.ndarray) -> float:
    """Mean over films of E|X - mean|, X being a rating of the film drawn at random."""
    means = shares @ STARS
    distances = np.abs(STARS - means[:, None])
    return float((shares * distances).sum(axis=1).mean()) if len(shares) else np.nan


def _opinions(known: pd.DataFrame, counts: np.ndarray) -> pd.DataFrame:
    """The rarest, those of the larger distance first among equals.

    One rater more on either side is imagined, so that films of few raters do not come first.
    """
    places = np.rint(known["stars"].to_numpy(float) * 2).astype(int) - 1
    columns = np.arange(len(STARS))
    higher = (known["stars"] > known["others"]).to_numpy()[:, None]
    as_far = np.where(higher, columns >= places[:, None], columns <= places[:, None])
    raters = counts.sum(axis=1)
    agreeing = (counts * as_far).sum(axis=1)
    told = known.assign(rarity=agreeing / np.maximum(raters, 1), raters=raters)
    order = (agreeing + 1) / (raters + 2) - 1e-6 * (known["stars"] - known["others"]).abs()
    told = told.assign(order=order)[raters >= FEWEST_RATERS]
    found = told.sort_values(["order", "movie_id"]).head(OPINIONS)
    return found[["movie_id", "title", "release_year", "stars", "others", "rarity"]]


def _by_genre(known: pd.DataFrame) -> pd.DataFrame:
    split = known.assign(genre=known["genres"].str.split("|")).explode("genre")
    return split[split["genre"] != ""]


def _by_decade(known: pd.DataFrame) -> pd.DataFrame:
    dated = known[known["release_year"].notna()]
    return dated.assign(decade=dated["release_year"].astype(int) // 10 * 10)


def _kinds(films: pd.DataFrame, kind: str, usual: pd.Series) -> pd.DataFrame:
    """What is favoured and what is watched; the most favoured first."""
    grouped = films.groupby(kind, as_index=False).agg(
        films=("movie_id", "nunique"),
        average=("stars", "mean"),
        others=("others", "mean"),
        favour=("favour", "mean"),
    )
    every = max(1, films["movie_id"].nunique())
    told = grouped.assign(
        share=grouped["films"] / every, usual_share=grouped[kind].map(usual).fillna(0.0)
    )
    told = told[told["films"] >= FEWEST_OF_A_KIND]
    return told.sort_values(["favour", kind], ascending=[False, True]).reset_index(drop=True)
