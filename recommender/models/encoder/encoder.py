"""The encoder as a recommender."""

from functools import cached_property, partial

import numpy as np
from scipy import sparse

from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.models.base import Recommender
from recommender.models.encoder.descent import Lessons, Schedule, learn
from recommender.models.encoder.network import Network
from recommender.models.encoder.profiles import Inputs
from recommender.models.encoder.visits import Visits
from recommender.models.leave_one_out import ALL, losses

FEWEST_RATINGS = 5  # of a film that is known by itself, and not just by what it shares
RIDGE = 10.0  # ratings that speak for a feature being worth nothing


class EncoderRecommender(Recommender):
    """A profile encoder: from what a visitor gave straight to what they would like.

    As in Mult-VAE (Liang et al., 2018) and RecVAE (Shenbin et al., 2020) a network learns to give
    the films that a user likes a large share of a softmax over all films, from a part of the
    user's ratings; here without sampling, with stars, and with the features of films beside
    their identity, as in wide & deep learning (Cheng et al., 2016). The input is in
    `profiles.Inputs`: films × stars, deviations from the profile's mean, genres and decades. Two
    layers of GELU follow, and an output for each of the `most_films` most rated films with five
    ratings or more.

    It learns from `steps` batches of a tenth of the users each, shown as visitors with some of
    their films (`visits.Visits`); `themed` of the visits are of one genre. A batch has at most 256
    users, so a large dataset is sampled: 32 million ratings take hardly more steps than a million.
    Users who are held out say which parameters are best. Six thousand users or more get half as
    many steps again, and 0.2 less `dropout`.

    A film's score is the log of its share. The other films follow after all these, ordered by what
    their genres and decades say: outputs for features, fitted to those of the known films.
    """

    label = "Encoder"
    description = "Reads your ratings with a small neural network that learned to guess the rest."
    quick = False
    says_because = True
    learned = (
        "films_",
        "inputs_",
        "input_biases_",
        "hidden_weights_",
        "hidden_biases_",
        "output_weights_",
        "output_biases_",
        "feature_weights_",
    )

    films_: np.ndarray
    inputs_: np.ndarray
    feature_weights_: np.ndarray
    output_weights_: np.ndarray

    def __init__(
        self,
        n_factors: int = 100,
        n_hidden: int = 300,
        most_films: int = 12_000,
        themed: float = 0.4,
        steps: int = 1000,
        learning_rate: float = 0.004,
        dropout: float = 0.5,
        decay: float = 0.01,
        random_state: int = 0,
    ):
        self.n_factors = n_factors
        self.n_hidden = n_hidden
        self.most_films = most_films
        self.themed = themed
        self.steps = steps
        self.learning_rate = learning_rate
        self.dropout = dropout
        self.decay = decay
        self.random_state = random_state

    def _learn(self, matrix: RatingMatrix) -> None:
        """films_ (n,) columns, ascending; the arrays of Network; feature_weights_.

        feature_weights_ (n_features, n_hidden + 1): the output weights, and last the bias, that a
        feature adds up to in films that have it.
        """
        for name in ("_inputs", "_network", "_others", "_features_of_others"):
            vars(self).pop(name, None)
        rng = np.random.default_rng(self.random_state)
        self.films_ = _known_films(matrix, self.most_films)
        likes = np.bincount(matrix.csr.indices, matrix.csr.data >= LIKED, matrix.n_movies)
        shares = (likes[self.films_] + 0.5) / (likes[self.films_] + 0.5).sum()
        shape = (self._inputs.n_inputs, self.n_factors, self.n_hidden)
        network = Network.drawn(*shape, np.log(shares), rng)
        lessons = Lessons(matrix, self._inputs, Visits(matrix, self.themed, rng), rng)
        schedule = Schedule(self.steps, self.learning_rate, self.dropout, self.decay)
        learn(network, lessons, schedule.for_users(matrix.n_users), rng)
        for name in Network.names():
            setattr(self, f"{name}_", getattr(network, name))
        self.feature_weights_ = self._of_features(network)

    def _of_features(self, network: Network) -> np.ndarray:
        """Ridge regression of the known films' outputs on their features, by their ratings."""
        features = self._inputs.features[self.films_].toarray()
        outputs = np.vstack([network.output_weights, network.output_biases]).T
        weighted = features.T * self.matrix_.counts[self.films_]
        gram = weighted @ features + RIDGE * np.eye(features.shape[1])
        return np.linalg.solve(gram, weighted @ outputs).astype(np.float32)

    def embeddings(self) -> np.ndarray:
        """What films add to the hidden layer's choice: the output weights (n_movies, n_hidden)."""
        points = self._inputs.features @ self.feature_weights_[:, :-1]
        points[self.films_] = self.output_weights_.T
        return points

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return self.scores(columns, stars, np.ones((1, len(columns))))[0]

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return losses(partial(self.scores, columns, stars), len(columns), targets)

    def scores(
        self,
        columns: np.ndarray,
        stars: np.ndarray,
        kept: np.ndarray,
        films: np.ndarray | slice = ALL,
    ) -> np.ndarray:
        """Of films (n, n_films), for parts of one profile: see leave_one_out.Scores."""
        embedded = self._inputs.embed(self.inputs_, columns, stars, kept)
        hidden = self._network.hidden(embedded.astype(self.output_weights_.dtype))
        shares, places = self._network.log_shares(hidden), self._inputs.places[films]
        if self.knows(films):
            return shares[:, places]
        scores = np.empty((len(kept), self.matrix_.n_movies), hidden.dtype)
        scores[:, self.films_] = shares
        weights = self.feature_weights_
        of_features = hidden @ weights[:, :-1].T + weights[:, -1]
        others = (self._features_of_others @ of_features.T).T
        below = shares.min(axis=1) - 1 - others.max(axis=1)
        scores[:, self._others] = others + below[:, None]
        return scores[:, films]

    def knows(self, films: np.ndarray | slice) -> bool:
        """Whether it knows each of these films (columns) by itself."""
        return bool(np.all(self._inputs.places[films] >= 0))

    @cached_property
    def _inputs(self) -> Inputs:
        return Inputs(self.matrix_, self.films_)

    @cached_property
    def _network(self) -> Network:
        return Network(*(np.asarray(getattr(self, f"{name}_")) for name in Network.names()))

    @cached_property
    def _others(self) -> np.ndarray:
        """Columns of the films that are known by what they share alone."""
        return np.flatnonzero(self._inputs.places < 0)

    @cached_property
    def _features_of_others(self) -> sparse.csr_array:
        return self._inputs.features[self._others]


def _known_films(matrix: RatingMatrix, most: int) -> np.ndarray:
    """Columns of the most rated films with enough ratings, ascending; of all where none has."""
    films = matrix.by_popularity[:most]
    enough = films[matrix.counts[films] >= FEWEST_RATINGS]
    return np.sort(enough if len(enough) else films)
