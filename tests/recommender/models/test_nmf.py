import numpy as np
import pytest
from sklearn.decomposition import NMF

from recommender.evaluate.splits import visitor_folds
from recommender.models.nmf import NMFRecommender
from recommender.models.ranking import best

PROFILE = {318: 5.0, 296: 4.5, 356: 2.0, 593: 4.0, 260: 3.5, 480: 1.0}


def test_folds_in_like_scikit_learns_transform(matrix, models):
    model = models["nmf"]
    reference = NMF(20, max_iter=2000, tol=1e-10)
    reference.components_ = model.factors_.astype(np.float64)
    reference.n_components_ = 20
    row = np.zeros((1, matrix.n_movies))
    row[0, matrix.columns(list(PROFILE))] = list(PROFILE.values())
    expected = (reference.transform(row) @ model.factors_)[0]
    assert model.score(PROFILE) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("fill", ["mean", "median", "overall-median"])
def test_filled_folds_in_a_user_of_the_matrix_as_it_was_trained(checkerboard, fill):
    """A visitor who rates like user 0 of a well-fitted matrix gets that user's ratings back."""
    model = NMFRecommender(n_factors=10, fill=fill).fit(checkerboard)
    row = checkerboard.csr[[0]].tocoo()
    films = checkerboard.movie_ids[row.coords[1]].tolist()
    scores = model.score(dict(zip(films, row.data.tolist(), strict=True)))
    assert scores[row.coords[1]] == pytest.approx(row.data, abs=0.7)


def test_what_stands_in_unrated_cells(checkerboard):
    fills = {
        fill: NMFRecommender(fill=fill, max_iter=2).fit(checkerboard).filled_
        for fill in ("zero", "mean", "median", "overall-median")
    }
    column = checkerboard.csc[:, [3]].data
    assert [fills[fill][3] for fill in fills] == pytest.approx(
        [0, column.mean(), np.median(column), np.median(checkerboard.csr.data)]
    )


def test_an_unknown_fill_is_refused(checkerboard):
    with pytest.raises(ValueError, match="'nought'"):
        NMFRecommender(fill="nought").fit(checkerboard)


def test_filling_a_matrix_too_large_for_memory_is_refused(checkerboard, monkeypatch):
    monkeypatch.setattr("recommender.models.nmf.DENSE_BYTES", 1000)
    with pytest.raises(ValueError, match="only fill='zero' trains here"):
        NMFRecommender(fill="mean").fit(checkerboard)


def test_close_to_what_was_liked(models):
    """Star Wars V is close to IV and VI, which are liked, and not to a disliked VI."""
    liked = models["nmf"].explain({260: 5.0, 1210: 5.0, 597: 1.0}, 1196)
    assert {movie_id for movie_id, _ in liked[:2]} == {260, 1210}
    assert dict(liked)[597] == 0


def test_a_median_in_unrated_cells_ruins_the_lists(matrix):
    """What DESIGN warns of, as a test: filled with the median it finds less of what people like."""
    training, visitors = next(visitor_folds(matrix.take_users(np.arange(300))))

    def found(fill):
        model = NMFRecommender(fill=fill, max_iter=20).fit(training)
        hits = 0
        for visitor in visitors:
            listed = best(
                model.score(visitor.given), training.counts, 10, training.without(visitor.given)
            )
            hits += np.isin(training.movie_ids[listed], visitor.relevant).sum()
        return hits

    assert found("zero") > 2 * found("median")
