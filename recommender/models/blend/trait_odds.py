"""What a profile's genres, tags and times say about films, whoever rated them."""

import numpy as np
from scipy import sparse

from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.models.blend.film_traits import kinds, of_one_time
from recommender.models.leave_one_out import ALL

PRIOR = 2.0  # likes of the usual traits that every profile starts with
BY_CHANCE = 2.0  # of a profile's likes with a trait: two films do not make a taste
LEAST, LEAST_LACKED, LEAST_DISLIKED = 2.0, 1.5, 0.5  # log odds that do not count
DISLIKED = 2.0  # stars, at most
FEW = 8.0  # films, of which what a taste lacks or dislikes says most
TIME = 2.0  # what the time counts to a kind's 1


class TraitOdds:
    """Naive Bayes: how much likelier a film's traits are among the visitor's likes than usual.

    With q the share of all likes that have a trait, and k of a profile's n likes, the trait's share
    of the visitor is p = (k − 2 + 2q) / (n − 2 + 2), and its log odds log(p / (1 − p)) −
    log(q / (1 − q)) count as far as they are above 2: never anything for drama, and much for eight
    documentaries, of which few users like enough to learn from. A film adds up those of its

    - kinds, which are genres and that it is foreign. With k for k − 2 they tell as well what a
      profile lacks: the odds are taken off as far as they are below −1.5; and those of its
      dislikes, as far as above 0.5. Of more than 8 films both count 8 / films: odds take each film
      as new evidence against a kind, and so of many films they say too much;
    - tags and foreign kinds, of which the one that says most counts: there may be hundreds, and
      they say the same;
    - time, twice: other films count as of the same time the more, the fewer years are between.
    """

    def __init__(self, matrix: RatingMatrix, tags: sparse.csr_array, likes: np.ndarray):
        """tags (n_movies, n_tags): ones for those of each film. likes (n_movies,): by all users."""
        self.kinds, self.tags, self.films_of_tags = kinds(matrix), tags, tags.tocsc()
        self.usual_kinds = _shares(likes, self.kinds)
        self.usual_tags = _shares(likes, self.tags)
        self.release_years = matrix.release_years
        self.years, self.places = np.unique(self.release_years, return_inverse=True)
        liked_in = np.bincount(self.places, likes)
        self.usual_years = _shares(liked_in, of_one_time(self.years, self.years))

    def scores(
        self,
        columns: np.ndarray,
        stars: np.ndarray,
        kept: np.ndarray,
        films: np.ndarray | slice = ALL,
    ) -> np.ndarray:
        """Of films (n, n_films), for parts of one profile: see leave_one_out.Scores."""
        liked, disliked = kept * (stars >= LIKED), kept * (stars <= DISLIKED)
        n = kept.sum(axis=1, keepdims=True)
        odds = self._of_kinds(self.kinds[columns], liked, disliked, n)
        scores = odds @ self.kinds[films].T
        scores += self._of_tags(self.tags[columns], liked, films)
        of_years = self._of_years(self.release_years[columns], liked)
        return scores + TIME * of_years[:, self.places[films]]

    def _of_kinds(
        self, flags: np.ndarray, liked: np.ndarray, disliked: np.ndarray, n: np.ndarray
    ) -> np.ndarray:
        """The odds (n, n_kinds). n (n, 1): films of each part."""
        usual = self.usual_kinds
        against = _odds(disliked, flags, usual, LEAST_DISLIKED)
        against -= (_raw_odds(liked, flags, usual, by_chance=0) + LEAST_LACKED).clip(max=0)
        odds = _odds(liked, flags, usual) - against / (n / FEW).clip(min=1)
        return odds.astype(np.float32)

    def _of_tags(
        self, flags: sparse.csr_array, liked: np.ndarray, films: np.ndarray | slice
    ) -> np.ndarray:
        """The highest odds of each film's tags (n, n_films), 0 where it has none."""
        there = np.unique(flags.indices)  # no other can be likelier than usual
        odds = _odds(liked, flags[:, there].toarray(), self.usual_tags[there])
        counting = np.flatnonzero(odds.any(axis=0))
        tags, odds = there[counting], odds[:, counting]
        if isinstance(films, slice):
            return self._most(tags, odds)
        return self._most_of(films, tags, odds)

    def _of_years(self, years: np.ndarray, liked: np.ndarray) -> np.ndarray:
        """The odds of each year (n, n_years)."""
        return _odds(liked, of_one_time(years, self.years), self.usual_years)

    def _most(self, tags: np.ndarray, odds: np.ndarray) -> np.ndarray:
        """The highest odds (n, n_tags) of each film's tags (n, n_movies), 0 where it has none."""
        highest = np.zeros((len(odds), len(self.kinds)), np.float32)
        starts, films = self.films_of_tags.indptr, self.films_of_tags.indices
        for place, tag in enumerate(tags):
            tagged = films[starts[tag] : starts[tag + 1]]
            highest[:, tagged] = np.maximum(highest[:, tagged], odds[:, place, None])
        return highest

    def _most_of(self, films: np.ndarray, tags: np.ndarray, odds: np.ndarray) -> np.ndarray:
        """The same of a few films (n, n_films)."""
        has = self.tags[films][:, tags].toarray() != 0
        return np.where(has, odds[:, None], 0).max(axis=2, initial=0)


def _shares(likes: np.ndarray, flags) -> np.ndarray:
    return (likes @ flags + 0.5) / (likes.sum() + 1)


def _odds(
    liked: np.ndarray, flags: np.ndarray, usual: np.ndarray, least: float = LEAST
) -> np.ndarray:
    """Of traits (n, n_traits) by which of the rated films are liked and flags of these films."""
    return (_raw_odds(liked, flags, usual, BY_CHANCE) - least).clip(min=0).astype(np.float32)


def _raw_odds(
    liked: np.ndarray, flags: np.ndarray, usual: np.ndarray, by_chance: float
) -> np.ndarray:
    with_trait = (liked @ flags - by_chance).clip(min=0)
    n = (liked.sum(axis=1, keepdims=True) - by_chance).clip(min=0)
    return _log_odds((with_trait + PRIOR * usual) / (n + PRIOR)) - _log_odds(usual)


def _log_odds(shares: np.ndarray) -> np.ndarray:
    return np.log(shares / (1 - shares))
