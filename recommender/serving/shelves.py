"""What a visitor is shown: films they have not rated, the best first, with the reasons."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Profile, Recommender
from recommender.models.blend import BlendRecommender
from recommender.serving.list_variety import varied
from recommender.serving.star_estimates import StarEstimate, StarEstimates

Preference = Literal["any", "old", "new"]

SPLIT_YEAR = 2000
TONIGHT = 10
HEAD = 0.5  # of the ratings: the films that together hold so many are no hidden gems
TRUSTED = 0.9  # of the ratings: beyond, a film has too few to tell
REASONS = 3
FAINT = 0.5  # of what speaks most for a film: what speaks less is no reason beside it
GOOD = 3.0  # stars: what has fewer is never a reason, whatever else the visitor gave
FAVOURITES = 3
ROUNDING = 1e-9
PRIOR_FILMS = 2.0  # how many films of average stars each genre starts with in favourite_genres


@dataclass(frozen=True)
class Recommendation:
    """A film that is recommended.

    because: the films that the visitor liked and that speak most for this one, at most three, best
    first; none that speaks less than half as much as the first.
    unlike: the films that the visitor disliked and whose low stars speak for this one, likewise;
    only of models whose reasons are exact.
    expected: what the visitor would give it; None while nobody can tell.
    """

    movie_id: int
    title: str
    release_year: int | None
    genres: str
    average_rating: float
    ratings: int
    because: tuple[int, ...] = ()
    unlike: tuple[int, ...] = ()
    expected: StarEstimate | None = None


@dataclass(frozen=True)
class Shelves:
    """No film is on two shelves. favourite_genres names what the shelf `genres` is made of."""

    tonight: list[Recommendation]
    gems: list[Recommendation]
    genres: list[Recommendation]
    favourite_genres: tuple[str, ...]


def recommend(
    model: Recommender,
    profile: Profile,
    hidden: Collection[int] = (),
    preference: Preference = "any",
    split_year: int = SPLIT_YEAR,
    genres: Collection[str] = (),
    without: Collection[str] = (),
    n: int = 5,
    estimates: StarEstimates | None = None,
    surprise: float = 0.0,
    variety: float = 0.0,
) -> Shelves:
    """The best ten films and n more for each other shelf, best first; fewer where fewer match.

    None is rated or hidden.

    preference: "old" is released before split_year, "new" then or later; a film of unknown year is
    only in "any".
    genres: films of any of these; none means all. without: of none of these.
    tonight: the best of all that match, by score alone.
    gems: less rated than the films that hold half of the matching films' ratings, but with enough
    ratings to be trusted (those that hold up to 90 %), and liked: their average is no lower than
    that of all ratings.
    genres: any other matching film in the genres that the visitor rates highest.
    estimates: says the stars to expect.
    surprise: of models that know it, how much less a film scores the more people like it.
    variety: 0 to 1, how unlike the films of a shelf shall be; see `varied`.
    Raises ProfileError where the profile holds something that is not a rating.
    """
    matrix = model.matrix_
    scores = scores_of(model, profile, surprise)
    unseen = matrix.without((*profile, *hidden))
    matching = matching_films(matrix, preference, split_year, genres, without)
    held = _held_before(matrix, matching)
    favourites = tuple(name for name in favourite_genres(matrix, profile) if name not in without)
    liked = matrix.means >= matrix.overall_mean
    left, shelves = unseen & matching, list[np.ndarray]()
    little_known = (held >= HEAD) & (held < TRUSTED) & liked
    for size, among in ((TONIGHT, matching), (n, little_known), (n, _of(matrix, favourites))):
        shelves.append(varied(model, scores, size, left & among, variety))
        left[shelves[-1]] = False
    shown = described(model, profile, np.concatenate(shelves))
    if estimates:
        expected = estimates.of(profile, [film.movie_id for film in shown])
        shown = [replace(film, expected=each) for film, each in zip(shown, expected, strict=True)]
    tonight, gems, more = _cut(shown, shelves)
    return Shelves(tonight, gems, more, favourites)


def top(
    model: Recommender,
    profile: Profile,
    hidden: Collection[int] = (),
    preference: Preference = "any",
    split_year: int = SPLIT_YEAR,
    genres: Collection[str] = (),
    without: Collection[str] = (),
    n: int = TONIGHT,
    surprise: float = 0.0,
    variety: float = 0.0,
) -> list[Recommendation]:
    """The best n of all films that match, to compare models by; see `recommend`.

    Without what speaks for each: nobody is shown that here, and it costs as much as the rest.
    """
    matrix = model.matrix_
    scores = scores_of(model, profile, surprise)
    unseen = matrix.without((*profile, *hidden))
    matching = unseen & matching_films(matrix, preference, split_year, genres, without)
    return _films(matrix, varied(model, scores, n, matching, variety))


def scores_of(model: Recommender, profile: Profile, surprise: float) -> np.ndarray:
    """Of every film, in the order of the model's matrix. surprise: see `recommend`."""
    if isinstance(model, BlendRecommender):
        return model.score(profile, surprise=surprise)
    return model.score(profile)


def favourite_genres(matrix: RatingMatrix, profile: Profile) -> tuple[str, ...]:
    """The genres that the visitor rates highest, at most three, best first.

    By mean stars, drawn towards the visitor's own mean as if two more films of each genre had it;
    only genres that reach that mean and have a film that the visitor liked.
    """
    liked, _ = opinions(profile)
    columns = matrix.columns(profile)
    stars = np.array(list(profile.values()), dtype=float)[columns >= 0]
    flags = matrix.genre_flags[columns[columns >= 0]]
    if not len(stars):
        return ()
    films = flags.sum(axis=0)
    means = (stars @ flags + PRIOR_FILMS * stars.mean()) / (films + PRIOR_FILMS)
    known = [matrix.columns([movie])[0] for movie in liked]
    has_liked = matrix.genre_flags[[column for column in known if column >= 0]].any(axis=0)
    favoured = has_liked & (means >= stars.mean() - ROUNDING)
    order = [genre for genre in np.argsort(-means, kind="stable") if favoured[genre]]
    return tuple(matrix.genre_names[genre] for genre in order[:FAVOURITES])


def opinions(profile: Profile) -> tuple[set[int], set[int]]:
    """The films that the visitor liked, and those that they disliked.

    Liked: at least three stars, and no fewer than the visitor gives on average. Disliked: below
    three stars, and no more than that average. The rest is neither.
    """
    mean = sum(profile.values()) / max(len(profile), 1)
    good = {movie for movie, stars in profile.items() if stars >= GOOD}
    high = {movie for movie, stars in profile.items() if stars >= mean - ROUNDING}
    low = {movie for movie, stars in profile.items() if stars <= mean + ROUNDING}
    return good & high, low - good


def matching_films(
    matrix: RatingMatrix,
    preference: str,
    split_year: int,
    genres: Collection[str],
    without: Collection[str],
) -> np.ndarray:
    """Which films are of the wanted age and genres (bool, n_movies); see `recommend`."""
    matching = _of(matrix, genres) if genres else matrix.without(())
    matching &= ~_of(matrix, without)
    if preference == "old":
        matching &= matrix.release_years < split_year
    if preference == "new":
        matching &= matrix.release_years >= split_year
    return matching


def _of(matrix: RatingMatrix, genres: Collection[str]) -> np.ndarray:
    wanted = [name in genres for name in matrix.genre_names]
    return np.any(matrix.genre_flags[:, wanted], axis=1)


def _held_before(matrix: RatingMatrix, matching: np.ndarray) -> np.ndarray:
    """The share of the matching films' ratings that those more rated than each hold, 0 to 1."""
    order = matrix.by_popularity
    counts = np.where(matching, matrix.counts, 0)[order]
    before = np.empty(matrix.n_movies)
    before[order] = (np.cumsum(counts) - counts) / max(counts.sum(), 1)
    return before


def described(model: Recommender, profile: Profile, columns: np.ndarray) -> list[Recommendation]:
    """The films of these columns of the model's matrix, with what speaks for each."""
    liked, disliked = opinions(profile)
    if not model.says_because:
        disliked = set()
    films = _films(model.matrix_, columns)
    reasons = model.explain_all(profile, [film.movie_id for film in films])
    return [
        replace(film, because=_speaking(why, liked), unlike=_speaking(why, disliked))
        for film, why in zip(films, reasons, strict=True)
    ]


def _films(matrix: RatingMatrix, columns: np.ndarray) -> list[Recommendation]:
    """The films of these columns."""
    # One by one: a frame of these films costs twenty times as much
    titles, genres = matrix.movies["title"].array, matrix.movies["genres"].array
    return [
        Recommendation(
            int(matrix.movie_ids[column]),
            titles[column],
            None if np.isnan(year := matrix.release_years[column]) else int(year),
            genres[column],
            float(matrix.means[column]),
            int(matrix.counts[column]),
        )
        for column in columns
    ]


def _speaking(why: list[tuple[int, float]], among: set[int]) -> tuple[int, ...]:
    """Which films speak for one, best first. why: as `explain` says it."""
    speaking = [(movie, weight) for movie, weight in why if weight > 0 and movie in among]
    least = FAINT * speaking[0][1] if speaking else 0
    return tuple(movie for movie, weight in speaking[:REASONS] if weight >= least)


def _cut(shown: list[Recommendation], shelves: list[np.ndarray]) -> list[list[Recommendation]]:
    films = iter(shown)
    return [[next(films) for _ in shelf] for shelf in shelves]
