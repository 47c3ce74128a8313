"""Neural matrix factorisation: a product of factors next to a small neural network."""

import os

import numpy as np
from scipy.optimize import minimize

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.factors import likeness
from recommender.models.star_predictor import StarPredictor

FEWEST_STEPS = 100  # in an epoch, so that little data is learned from too
FOLD_IN_STEPS = 30


class NeuralMFRecommender(StarPredictor):
    """Neural matrix factorisation (He, Liao, Zhang, Nie, Hu & Chua, 2017) of stars, by Keras.

    Stars are the overall mean, a bias of the user and of the film, a weighted product of
    `n_factors` of both (generalised matrix factorisation), and the output of a tower: a layer of
    `n_hidden` rectified units and one of half as many over another `n_factors` of both. Training
    minimises the mean squared error plus `factor_penalty`, `bias_penalty` and `weight_penalty`
    times the sums of their squares.

    `score` folds a visitor in: the bias and factors with the least penalised error on the visitor's
    ratings, by L-BFGS from those of an average user; films and network stay as they are.
    """

    label = "Neural matrix factorisation"
    description = "Predicts your stars with a small neural network over hidden factors."
    quick = False
    extras = ("keras==3.15.1", "jax==0.10.2")
    most_ratings = 2_000_000
    learned = (
        "mean_",
        "average_user_",
        "user_penalties_",
        "movie_biases_",
        "products_",
        "movie_inputs_",
        "user_inputs_",
        "hidden_weights_",
        "hidden_biases_",
        "output_weights_",
    )

    def __init__(
        self,
        n_factors: int = 16,
        n_hidden: int = 32,
        factor_penalty: float = 1e-3,
        bias_penalty: float = 5e-5,
        weight_penalty: float = 1e-3,
        learning_rate: float = 2e-3,
        batch: int = 512,
        epochs: int = 8,
        random_state: int = 0,
    ):
        self.n_factors = n_factors
        self.n_hidden = n_hidden
        self.factor_penalty = factor_penalty
        self.bias_penalty = bias_penalty
        self.weight_penalty = weight_penalty
        self.learning_rate = learning_rate
        self.batch = batch
        self.epochs = epochs
        self.random_state = random_state

    def _learn(self, matrix: RatingMatrix) -> None:
        os.environ.setdefault("KERAS_BACKEND", "jax")
        import keras  # slow, and only training needs it

        keras.utils.set_random_seed(self.random_state)
        network = self._network(matrix)
        network.compile(keras.optimizers.Adam(self.learning_rate), "mse")
        rows = np.repeat(np.arange(matrix.n_users, dtype=np.int32), np.diff(matrix.csr.indptr))
        pairs = {"user": rows, "movie": matrix.csr.indices.astype(np.int32)}
        stars = matrix.csr.data - np.float32(matrix.overall_mean)
        batch = int(np.clip(len(stars) // FEWEST_STEPS, 1, self.batch))
        network.fit(pairs, stars, batch_size=batch, epochs=self.epochs, verbose=0)
        self._keep(network, matrix)

    def _network(self, matrix: RatingMatrix):
        from keras import Input, Model, layers, regularizers

        def embedding(side, part, n, width, penalty):
            l2 = regularizers.L2(penalty)
            return layers.Embedding(n, width, embeddings_regularizer=l2, name=f"{side}_{part}")

        def dense(width, name, activation=None):
            l2 = regularizers.L2(self.weight_penalty)
            return layers.Dense(width, activation, kernel_regularizer=l2, name=name)

        ids, parts = [], []
        for side, n in (("user", matrix.n_users), ("movie", matrix.n_movies)):
            ids.append(Input((), dtype="int32", name=side))
            parts.append(
                [
                    embedding(side, "bias", n, 1, self.bias_penalty)(ids[-1]),
                    embedding(side, "product", n, self.n_factors, self.factor_penalty)(ids[-1]),
                    embedding(side, "tower", n, self.n_factors, self.factor_penalty)(ids[-1]),
                ]
            )
        biases, products, towers = zip(*parts, strict=True)
        tower = dense(self.n_hidden, "first", "relu")(layers.Concatenate()(towers))
        tower = dense(max(self.n_hidden // 2, 1), "second", "relu")(tower)
        taste = layers.Concatenate()([layers.Multiply()(products), tower])
        stars = layers.Add()([dense(1, "output")(taste), *biases])
        return Model(ids, stars)

    def _keep(self, network, matrix: RatingMatrix) -> None:
        """As plain arrays, with what depends on the film alone worked out.

        With k factors, h and g hidden units, and a user as bias, k product and k tower factors:
        average_user_, user_penalties_ (1 + 2k,); movie_biases_ (n_movies,) with the output's;
        products_ (n_movies, k): the film's factors times the output's weights; movie_inputs_
        (n_movies, h) and user_inputs_ (k, h): what film and user put into the first layer;
        hidden_weights_ (h, g), hidden_biases_ (g,), output_weights_ (g,).
        """
        weights = {layer.name: layer.get_weights() for layer in network.layers}
        bias, product, tower = (
            weights[f"movie_{part}"][0] for part in ("bias", "product", "tower")
        )
        users = [weights[f"user_{part}"][0] for part in ("bias", "product", "tower")]
        (first, first_biases), (output, output_bias) = weights["first"], weights["output"]
        k = self.n_factors
        self.mean_ = np.float64(matrix.overall_mean)
        self.average_user_ = np.concatenate([part.mean(axis=0) for part in users]).astype(float)
        penalties = np.r_[self.bias_penalty, np.full(2 * k, self.factor_penalty)]
        self.user_penalties_ = penalties * matrix.csr.nnz  # of squared errors' sum, not mean
        self.movie_biases_ = self.mean_ + bias[:, 0] + output_bias[0]
        self.products_ = product * output[:k, 0]
        self.user_inputs_ = first[:k]
        self.movie_inputs_ = tower @ first[k:] + first_biases
        self.hidden_weights_, self.hidden_biases_ = weights["second"]
        self.output_weights_ = output[k:, 0]

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return self._stars(self._fold_in(columns, stars), slice(None))[0]

    def _predict_for(self, user_id: int, columns: np.ndarray) -> np.ndarray:
        """An unknown film is expected to please like the films that the user rated so far."""
        rated, stars = self.matrix_.of_user(user_id)
        user = self._fold_in(rated, stars)
        usual = self._stars(user, rated)[0].mean() if len(rated) else self.mean_
        return np.where(columns >= 0, self._stars(user, columns)[0], usual)

    def _fold_in(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        """A visitor's bias and factors (1 + 2 · n_factors,)."""

        def loss(user):
            expected, gradient = self._stars(user, columns)
            errors = expected - stars
            penalty = self.user_penalties_ * user
            return errors @ errors + penalty @ user, 2 * (gradient(errors) + penalty)

        options = {"maxiter": FOLD_IN_STEPS}
        return minimize(loss, self.average_user_, jac=True, method="L-BFGS-B", options=options).x

    def _stars(self, user: np.ndarray, columns):
        """Stars of films (n,), and the gradient of a weighted sum of them by the user's numbers."""
        products, k = self.products_[columns], self.n_factors
        first = np.maximum(self.movie_inputs_[columns] + user[1 + k :] @ self.user_inputs_, 0)
        second = np.maximum(first @ self.hidden_weights_ + self.hidden_biases_, 0)
        stars = self.movie_biases_[columns] + user[0] + products @ user[1 : 1 + k]
        stars += second @ self.output_weights_

        def gradient(weights):
            into_second = (second > 0) * self.output_weights_ * weights[:, None]
            into_first = (into_second @ self.hidden_weights_.T) * (first > 0)
            tower = self.user_inputs_ @ into_first.sum(axis=0)
            return np.concatenate([[weights.sum()], weights @ products, tower])

        return stars, gradient

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        factors = np.hstack([self.products_, self.movie_inputs_])
        return likeness(factors[targets], factors[columns], stars)
