"""What a profile's genres and tags say about films, whoever rated them."""

import numpy as np
from scipy import sparse

from recommender.data.rating_matrix import LIKED, RatingMatrix

PRIOR = 5.0  # likes of the usual traits that every profile starts with
BY_CHANCE = 2.0  # of a profile's likes with a trait: two films do not make a taste
LEAST = 1.5  # log odds that count; most profiles have no trait that says so much
SOUND = 1930  # films released before have no dialogue: as good as a genre


class TraitOdds:
    """Naive Bayes: how much likelier a film's traits are among the visitor's likes than usual.

    With q the share of all likes that have a trait, and k of a profile's n likes, the trait's share
    of the visitor is p = (k − 2 + 5q) / (n − 2 + 5), and its log odds log(p / (1 − p)) −
    log(q / (1 − q)) count as far as they are above 1.5: never anything for drama, and much for
    eight documentaries, of which few users like enough to learn from. A film adds up those of its
    genres (that it is silent is one) and the most that one of its tags says: there may be hundreds,
    and they say the same.
    """

    def __init__(self, matrix: RatingMatrix, tags: sparse.csr_array, likes: np.ndarray):
        """tags (n_movies, n_tags): ones for those of each film. likes (n_movies,): by all users."""
        silent = matrix.release_years < SOUND
        self.genres = np.column_stack([matrix.genre_flags, silent]).astype(np.float32)
        self.tags, self.films_of_tags = tags, tags.tocsc()
        self.usual_genres = _shares(likes, self.genres)
        self.usual_tags = _shares(likes, self.tags)

    def scores(self, columns: np.ndarray, stars: np.ndarray, kept: np.ndarray) -> np.ndarray:
        """Of every film (n, n_movies), for parts of one profile: see leave_one_out.Scores."""
        liked = kept * (stars >= LIKED)
        scores = _odds(liked, self.genres[columns], self.usual_genres) @ self.genres.T
        tags = self.tags[columns]
        there = np.unique(tags.indices)  # no other can be likelier than usual
        odds = _odds(liked, tags[:, there].toarray(), self.usual_tags[there])
        return scores + self._most(there, odds)

    def _most(self, tags: np.ndarray, odds: np.ndarray) -> np.ndarray:
        """The highest odds (n, n_tags) of each film's tags (n, n_movies), 0 where it has none."""
        highest = np.zeros((len(odds), len(self.genres)), np.float32)
        starts, films = self.films_of_tags.indptr, self.films_of_tags.indices
        for place in np.flatnonzero(odds.any(axis=0)):
            tagged = films[starts[tags[place]] : starts[tags[place] + 1]]
            highest[:, tagged] = np.maximum(highest[:, tagged], odds[:, place, None])
        return highest


def _shares(likes: np.ndarray, flags) -> np.ndarray:
    return (likes @ flags + 0.5) / (likes.sum() + 1)


def _odds(liked: np.ndarray, flags: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Of traits (n, n_traits) by which of the rated films are liked and flags of these films."""
    with_trait = (liked @ flags - BY_CHANCE).clip(min=0)
    n = (liked.sum(axis=1, keepdims=True) - BY_CHANCE).clip(min=0)
    odds = _log_odds((with_trait + PRIOR * usual) / (n + PRIOR)) - _log_odds(usual)
    return (odds - LEAST).clip(min=0).astype(np.float32)


def _log_odds(shares: np.ndarray) -> np.ndarray:
    return np.log(shares / (1 - shares))
