"""Learning the network from visits, with users held out to say when it is best."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.encoder.adam import AdamW, clip
from recommender.models.encoder.network import Batch, Network
from recommender.models.encoder.profiles import Inputs
from recommender.models.encoder.visits import Visits, worth

LEAST_BATCH, MOST_BATCH = 16, 256  # users, a tenth of all between
HELD_OUT, MOST_HELD_OUT = 0.05, 500  # of the users; and users
VISITS_EACH = 4  # of a held-out user
CHECKS = 10  # of the held-out loss
PATIENCE = 2  # checks in a row without a lower loss end the learning
WARM_UP = 0.05  # of the steps
FEW, MANY = 600, 6000  # users: with many, there is less to learn by heart and more to learn
LESS_DROPOUT, MORE_STEPS = 0.2, 0.5  # with many; steps as a share
LONGEST_GRADIENT = 1.0


@dataclass(frozen=True)
class Schedule:
    """steps: batches. rate: the highest learning rate. dropout, decay: of network and optimiser."""

    steps: int
    rate: float
    dropout: float
    decay: float

    def for_users(self, n_users: int) -> Self:
        """Meant for few users: with more, in proportion to their log, more steps, less dropout."""
        share = float(np.clip(np.log(n_users / FEW) / np.log(MANY / FEW), 0, 1))
        steps = round(self.steps * (1 + MORE_STEPS * share))
        return replace(self, steps=steps, dropout=max(0.0, self.dropout - LESS_DROPOUT * share))

    def rate_at(self, step: int) -> float:
        """A short rise, then half a cosine down to 0 (Loshchilov & Hutter, 2017)."""
        share = step / self.steps
        return self.rate * min(1, share / WARM_UP) * (1 + np.cos(np.pi * share)) / 2


class Lessons:
    """Batches of visits. Users who have fewer than two films, or like none, give none."""

    def __init__(
        self, matrix: RatingMatrix, inputs: Inputs, visits: Visits, rng: np.random.Generator
    ):
        self.inputs, self.visits = inputs, visits
        users = rng.permutation(matrix.n_users)
        n_held_out = min(int(len(users) * HELD_OUT), MOST_HELD_OUT)
        self.held_out = self._batch(np.tile(users[:n_held_out], VISITS_EACH))
        self.users = users[n_held_out:]
        self.size = int(np.clip(len(users) // 10, LEAST_BATCH, MOST_BATCH))
        self.rng = rng
        self.order = self.users[:0]

    def next(self) -> Batch | None:
        """Of the next users, in an order that is drawn anew when all had their turn."""
        if len(self.order) < self.size:
            self.order = np.r_[self.order, self.rng.permutation(self.users)]
        rows, self.order = self.order[: self.size], self.order[self.size :]
        return self._batch(rows)

    def _batch(self, rows: np.ndarray) -> Batch | None:
        visits = list(self.visits.of(rows))
        if not visits:
            return None
        shape = (len(visits), self.inputs.n_films)
        given, wanted = np.zeros(shape, bool), np.zeros(shape, np.float32)
        for row, visit in enumerate(visits):
            places = self.inputs.places[visit.given]
            given[row, places[places >= 0]] = True
            places = self.inputs.places[visit.wanted]
            wanted[row, places[places >= 0]] = worth(visit.wanted_stars)[places >= 0]
        profiles = self.inputs.rows([v.given for v in visits], [v.stars for v in visits])
        return Batch(profiles, given, wanted)


def learn(network: Network, lessons: Lessons, schedule: Schedule, rng: np.random.Generator) -> None:
    """Change the network in place to the parameters that had the lowest held-out loss.

    Where nobody is held out (few users), to the last ones.
    """
    parameters = {name: getattr(network, name) for name in network.names()}
    optimiser = AdamW(parameters, schedule.decay)
    lowest, best, worse = np.inf, dict[str, np.ndarray](), 0
    for step in range(1, schedule.steps + 1):
        if batch := lessons.next():
            gradients, rows = network.gradients(batch, schedule.dropout, rng)
            clip(gradients, LONGEST_GRADIENT)
            optimiser.step(gradients, {"inputs": rows}, schedule.rate_at(step))
        if lessons.held_out and step % max(1, schedule.steps // CHECKS) == 0:
            loss = network.loss(lessons.held_out)
            worse = 0 if loss < lowest else worse + 1
            if loss < lowest:
                lowest, best = loss, {name: array.copy() for name, array in parameters.items()}
            if worse == PATIENCE:
                break
    for name, array in best.items():
        parameters[name][:] = array
