"""Films for several people, in an order made of what each of them would give.

Average, least misery and fairness are three of the strategies that Masthoff compares in "Group
Recommender Systems: Combining Individual Models" (Recommender Systems Handbook, 2011, ch. 21).
"""

import numpy as np

CHOICES = 5  # films of which the others are asked, when it is someone's turn


def by_average(stars: np.ndarray) -> np.ndarray:
    """Films by the mean of everybody's stars, best first; of equals, the one with less misery.

    stars: (people, films). Returns positions (films,).
    """
    return np.lexsort((-stars.min(axis=0), -stars.mean(axis=0)))


def by_least_misery(stars: np.ndarray) -> np.ndarray:
    """Films by the stars of whoever likes them least, best first; of equals, the better mean."""
    return np.lexsort((-stars.mean(axis=0), -stars.min(axis=0)))


def by_turns(stars: np.ndarray, scores: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """n films as if people chose in turn, and who chose each: first to last, then last to first.

    Whoever's turn it is names the five films left that suit them best (scores, larger is better);
    the one that the others like most (mean stars) is taken.
    stars, scores: (people, films). Returns positions and people, both (n or as many as there are,).
    """
    people, films = stars.shape
    left, taken = np.ones(films, bool), list[int]()
    turns = [_whose(turn, people) for turn in range(min(n, films))]
    for person in turns:
        wanted = np.flatnonzero(left)
        best = wanted[np.argsort(-scores[person, wanted], kind="stable")][:CHOICES]
        others = np.delete(stars, person, axis=0)[:, best]
        taken.append(int(best[np.argmax(others.mean(axis=0))]))
        left[taken[-1]] = False
    return np.array(taken, int), np.array(turns, int)


def _whose(turn: int, people: int) -> int:
    """1 2 3 3 2 1 1 2 3 …, counted from 0: nobody is always last."""
    around, place = divmod(turn, people)
    return people - 1 - place if around % 2 else place
