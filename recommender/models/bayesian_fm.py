"""Bayesian factorisation machine: sums of features, averaged over many likely models."""

import io
from contextlib import redirect_stderr

import numpy as np
from scipy import sparse

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.factors import likeness
from recommender.models.star_predictor import StarPredictor

YEARS_ALIKE = 3.0  # release years at which two films' likeness has fallen to 1/e
LEAST_LIKENESS = 0.05


class BayesianFMRecommender(StarPredictor):
    """Factorisation machine (Rendle, 2010) with SVD++ features on both sides, by Gibbs sampling.

    Every feature has a weight and a vector of `rank` factors; a rating is the sum of the weights
    and of the products of all pairs of vectors (Rendle, Zhang & Koren, "On the difficulty of
    evaluating baselines", 2019). A user's features are the user and the n films they rated, each
    with value n^−`power`; a film's are the film, the users who rated it, likewise, its genres and
    the years around its release.

    The posterior has many modes, so `n_chains` samplers start apart; each leaves out its first
    `burn_in` draws and keeps every `keep_every`-th of the rest. Pairs of features of the same side
    do not depend on the other side, so one draw is a bias and a vector for each user and film, and
    a prediction is the mean over the draws of bias + bias + vector · vector. `score` is the mean
    less `caution` standard deviations over the draws: high only where the draws agree.
    """

    label = "Bayesian factorisation machine"
    description = "Predicts your stars by averaging many likely models, surest films first."
    quick = False
    most_ratings = 2_000_000
    learned = ("movies_", "seen_", "prior_", "noise_")

    movies_: np.ndarray
    seen_: np.ndarray
    prior_: np.ndarray
    noise_: np.ndarray

    def __init__(
        self,
        rank: int = 10,
        n_chains: int = 4,
        n_draws: int = 100,
        burn_in: int = 20,
        keep_every: int = 4,
        power: float = 0.7,
        caution: float = 2.0,
        random_state: int = 0,
    ):
        self.rank = rank
        self.n_chains = n_chains
        self.n_draws = n_draws
        self.burn_in = burn_in
        self.keep_every = keep_every
        self.power = power
        self.caution = caution
        self.random_state = random_state

    def _predict_for(self, user_id: int, columns: np.ndarray) -> np.ndarray:
        """An unknown film is expected to please like the films that the user rated so far."""
        rated, stars = self.matrix_.of_user(user_id)
        expected = self._stars(rated, stars).mean(axis=0)
        weights = self.matrix_.counts
        usual = expected[rated].mean() if len(rated) else np.average(expected, weights=weights)
        return np.where(columns >= 0, expected[columns], usual)

    def _learn(self, matrix: RatingMatrix) -> None:
        """What each kept draw says; the last axis holds the factors and then the bias, in stars.

        movies_ (n_kept, n_movies, rank + 1) float32; seen_, the same shape: what having rated a
        film adds to a user; prior_ (n_kept, 2, rank + 1): mean and precision of a user's own part;
        noise_ (n_kept,): precision of a rating.
        """
        features = Features(matrix, self.power)
        seeds = np.random.SeedSequence(self.random_state).generate_state(self.n_chains)
        draws = [draw for seed in seeds for draw in self._sample(features, int(seed >> 1))]
        for name, arrays in zip(self.learned, zip(*draws, strict=True), strict=True):
            setattr(self, name, np.stack(arrays))

    def _sample(self, features: "Features", seed: int) -> list[tuple[np.ndarray, ...]]:
        from myfm import MyFMRegressor, RelationBlock  # slow to import, and only training needs it

        draws = []

        def keep(step, machine, hyper, _):
            if step >= self.burn_in and (step - self.burn_in) % self.keep_every == 0:
                draws.append(features.draw(machine, hyper))
            return False, None

        machine = MyFMRegressor(self.rank, random_seed=seed)
        sides = ((features.rows, features.of_users), (features.columns, features.of_movies))
        with redirect_stderr(io.StringIO()):  # its progress bar
            machine.fit(
                None,
                features.stars,
                X_rel=[RelationBlock(of, side) for of, side in sides],
                n_iter=self.n_draws,
                n_kept_samples=1,
                group_shapes=features.groups,
                callback=keep,
            )
        return draws

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        expected = self._stars(columns, stars)
        return expected.mean(axis=0) - self.caution * expected.std(axis=0)

    def _expected(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return self._stars(columns, stars, targets).mean(axis=0)

    def _stars(
        self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray | slice = slice(None)
    ) -> np.ndarray:
        """What each draw expects of each film, or of those in some columns (n_kept, n_targets)."""
        user = self._fold_in(columns, stars).astype(np.float32)
        bias = user[:, -1:].copy()
        user[:, -1] = 1
        return (self.movies_[:, targets] @ user[:, :, None])[:, :, 0] + bias

    def _fold_in(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        """A visitor's factors and bias in each draw (n_kept, rank + 1), the films' held fixed.

        With the films' factors Q and biases b, and S the sum of what the rated films add, the stars
        less everything that is known are w + v · (S + Q), plus noise: linear in the visitor's own
        weight w and factors v, whose posterior mean has a closed form.
        """
        seen = self.seen_[:, columns].astype(float) * max(len(columns), 1) ** -self.power
        implied, known = seen[..., :-1].sum(axis=1), seen[..., -1].sum(axis=1)
        known += ((implied**2).sum(axis=1) - (seen[..., :-1] ** 2).sum(axis=(1, 2))) / 2
        design = self.movies_[:, columns].astype(float)
        from_films = design[..., -1] + (design[..., :-1] @ implied[:, :, None])[..., 0]
        design[..., :-1] += implied[:, None]
        design[..., -1] = 1
        own = self._posterior_mean(design, stars - from_films - known[:, None])
        bias = own[:, -1] + known + (own[:, :-1] * implied).sum(axis=1)
        return np.column_stack([own[:, :-1] + implied, bias])

    def _posterior_mean(self, design: np.ndarray, rest: np.ndarray) -> np.ndarray:
        """Linear regression in each draw: of rest (n_kept, n) on design (n_kept, n, rank + 1)."""
        mean, precision = self.prior_[:, 0], self.prior_[:, 1].astype(float)
        weighted = design.transpose(0, 2, 1) * self.noise_[:, None, None]
        precisions = weighted @ design
        diagonal = np.arange(design.shape[2])
        precisions[:, diagonal, diagonal] += precision
        target = (weighted @ rest[:, :, None])[..., 0] + precision * mean
        return np.linalg.solve(precisions, target[..., None])[..., 0]

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """Cosine of the films' factors over all draws."""
        wanted, rated = (np.hstack([*self.movies_[:, films, :-1]]) for films in (targets, columns))
        return likeness(wanted, rated, stars)


class Features:
    """The machine's input: ratings as pairs of a user and a film, and what describes each."""

    def __init__(self, matrix: RatingMatrix, power: float):
        rated = matrix.csr.astype(bool).astype(float)
        users, movies = sparse.eye_array(matrix.n_users), sparse.eye_array(matrix.n_movies)
        genres = matrix.genre_flags / np.sqrt(matrix.genre_flags.sum(axis=1).clip(min=1))[:, None]
        years = _years_around(matrix.release_years)
        self.stars = matrix.csr.data.astype(float)
        self.rows = np.repeat(np.arange(matrix.n_users), np.diff(matrix.csr.indptr))
        self.columns = matrix.csr.indices
        self.of_users = _beside(users, _shared_out(rated, power))
        self.of_movies = _beside(movies, _shared_out(rated.T.tocsr(), power), genres, years)
        self.groups = [*rated.shape, *rated.shape[::-1], genres.shape[1], years.shape[1]]

    def draw(self, machine, hyper) -> tuple[np.ndarray, ...]:
        """One state of the sampler as the model keeps it, float32: movies, seen, prior, noise.

        Copies: hundreds of states are held at once, and would hold all that the sampler has.
        """
        n_users, n_movies = self.groups[:2]
        parameters = np.column_stack([machine.V, machine.w])
        user_side, movie_side = np.split(parameters, [n_users + n_movies])
        movies = _sums(self.of_movies, movie_side)
        movies[:, -1] += machine.w0
        means, precisions = (
            np.append(factors[0], weights[0])
            for factors, weights in (
                (hyper.mu_V, hyper.mu_w),
                (hyper.lambda_V, hyper.lambda_w),
            )
        )
        seen = user_side[n_users:]
        drawn = movies, seen, np.stack([means, precisions]), np.array(hyper.alpha)
        return tuple(array.astype(np.float32) for array in drawn)


def _sums(features: sparse.csr_matrix, parameters: np.ndarray) -> np.ndarray:
    """Factors and bias of each row's features taken together, pairs among them included."""
    sums = features @ parameters
    squares = features.power(2) @ parameters[:, :-1] ** 2
    sums[:, -1] += ((sums[:, :-1] ** 2).sum(axis=1) - squares.sum(axis=1)) / 2
    return sums


def _shared_out(rated: sparse.csr_array, power: float) -> sparse.csr_array:
    """Each row's ones as n^−power, n being how many it has."""
    return sparse.diags_array(np.diff(rated.indptr).clip(min=1) ** -power) @ rated


def _years_around(years: np.ndarray) -> np.ndarray:
    """Likeness of each film's year to each year that occurs (n_movies, n_years), length 1."""
    occurring = np.unique(years[~np.isnan(years)])
    likeness = np.exp(-np.abs(np.nan_to_num(years)[:, None] - occurring) / YEARS_ALIKE)
    likeness[likeness < LEAST_LIKENESS] = 0
    return likeness / np.maximum(np.linalg.norm(likeness, axis=1), LEAST_LIKENESS)[:, None]


def _beside(*blocks) -> sparse.csr_matrix:
    return sparse.csr_matrix(sparse.hstack([sparse.csr_array(block) for block in blocks]))
