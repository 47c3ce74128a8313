"""What the genres of a profile say about films, whoever rated them."""

import numpy as np

from recommender.data.rating_matrix import LIKED, RatingMatrix

PRIOR = 5.0  # likes of the usual genres that every profile starts with
BY_CHANCE = 1.0  # of a profile's likes of a genre: one film does not make a taste
LEAST = 1.5  # log odds that count; most profiles have no genre that says so much


class GenreOdds:
    """Naive Bayes: how much likelier a film's genres are among the visitor's likes than usual.

    With q the share of all likes that are of a genre, and k of a profile's n likes, the genre's
    share of the visitor is p = (k − 1 + 5q) / (n − 1 + 5). A film adds up the log odds of its
    genres, log(p / (1 − p)) − log(q / (1 − q)), as far as they are above 1.5 (or below −1.5): never
    anything for drama, and much for eight documentaries, of which few users like enough to learn
    from.
    """

    def __init__(self, matrix: RatingMatrix, likes: np.ndarray):
        """likes (n_movies,): of each film, by all users."""
        self.flags = matrix.genre_flags.astype(float)
        self.usual = (likes @ self.flags + 0.5) / (likes.sum() + 1)

    def scores(self, columns: np.ndarray, stars: np.ndarray, kept: np.ndarray) -> np.ndarray:
        """Of every film (n, n_movies), for parts of one profile: see leave_one_out.Scores."""
        liked = kept * (stars >= LIKED)
        of_genre = (liked @ self.flags[columns] - BY_CHANCE).clip(min=0)
        n = (liked.sum(axis=1, keepdims=True) - BY_CHANCE).clip(min=0)
        odds = _log_odds((of_genre + PRIOR * self.usual) / (n + PRIOR)) - _log_odds(self.usual)
        strong = np.sign(odds) * (np.abs(odds) - LEAST).clip(min=0)
        return strong @ self.flags.T


def _log_odds(shares: np.ndarray) -> np.ndarray:
    return np.log(shares / (1 - shares))
