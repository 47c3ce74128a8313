"""Content: films described like those that the visitor likes, whoever rated them."""

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from scipy import sparse

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Recommender

YEAR = re.compile(r"\(\d{4}\)\s*$")
WORD = re.compile(r"\w\w+")


class ContentRecommender(Recommender):
    """TF-IDF of genres, title words and tags; nobody's ratings but the visitor's.

    Every film is a unit vector of terms, each weighted by how rare it is. The profile is
    Σ (stars − neutral) · vector over the visitor's films, its likes minus its dislikes, at unit
    length; a film's score is the cosine of its vector to that.
    """

    label = "Content"
    description = "Shows films with the genres, title words and tags of the films you rated high."
    says_because = True
    learned = ("terms_", "weights_", "starts_")

    def __init__(self, neutral: float = 2.5):
        self.neutral = neutral

    def _learn(self, matrix: RatingMatrix) -> None:
        """The rows of the films × terms matrix: terms_ (columns), weights_, starts_ of each row."""
        vars(self).pop("_films_of_terms", None)
        from sklearn.feature_extraction.text import TfidfVectorizer  # heavy, for training only

        tags = matrix.tags.of_films(matrix.movie_ids)
        films = list(zip(matrix.movies["title"], matrix.movies["genres"], tags, strict=True))
        vocabulary = {term for film in films for term in terms(film)} or {"none"}
        vectors = TfidfVectorizer(
            analyzer=terms, lowercase=False, vocabulary=vocabulary
        ).fit_transform(films)
        self.terms_, self.weights_, self.starts_ = vectors.indices, vectors.data, vectors.indptr

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return self.scores(columns, stars, np.ones((1, len(columns))))[0]

    def scores(self, columns: np.ndarray, stars: np.ndarray, kept: np.ndarray) -> np.ndarray:
        """Of every film (n, n_movies), for parts of one profile: see leave_one_out.Scores."""
        rated = self._vectors()[columns]
        terms, places = np.unique(rated.indices, return_inverse=True)
        vectors = np.zeros((len(columns), len(terms)))
        vectors[np.repeat(np.arange(len(columns)), np.diff(rated.indptr)), places] = rated.data
        profiles = kept * (stars - self.neutral) @ vectors
        lengths = np.linalg.norm(profiles, axis=1, keepdims=True)
        return profiles / np.where(lengths > 0, lengths, 1) @ self._films_of_terms[terms]

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        vectors = self._vectors()
        alike = (vectors[targets] @ vectors[columns].T).toarray()
        return alike * self._shares(vectors[columns], stars)

    def _shares(self, rated: sparse.csr_array, stars: np.ndarray) -> np.ndarray:
        """What each rated film counts in a profile of unit length (n_rated,)."""
        likes = stars - self.neutral
        return likes / (np.linalg.norm(likes @ rated) or 1)

    @cached_property
    def _films_of_terms(self) -> sparse.csr_array:
        """The vectors with a row for each term."""
        return self._vectors().T.tocsr()

    def _vectors(self) -> sparse.csr_array:
        shape = (self.matrix_.n_movies, int(self.terms_.max(initial=0)) + 1)
        return sparse.csr_array((self.weights_, self.terms_, self.starts_), shape=shape)


def terms(film: tuple[str, str, Sequence[str]]) -> list[str]:
    """Of a (title, genres, tags): every genre, every tag, the title's words without its year."""
    title, genres, tags = film
    words = WORD.findall(YEAR.sub("", title).lower())
    named = [f"genre: {genre}" for genre in genres.split("|") if genre]
    return [*named, *(f"tag: {tag}" for tag in tags), *words]
