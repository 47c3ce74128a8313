import pandas as pd
import pytest

from dashboard.findings.of_models import best_model, over_popularity, worth_of_answers
from recommender.models import DEFAULT_MODEL, MODELS


def label(model: str) -> str:
    return MODELS[model].label


def line(model: str, measure: str, value: float, half: float, best: str | None = None) -> dict:
    return {
        "model": model,
        "label": label(model),
        "default": model == DEFAULT_MODEL,
        "measure": measure,
        "value": value,
        "low": value - half,
        "high": value + half,
        "best": best and label(best),
    }


def visits(best: str, value: float, **behind: tuple[float, float]) -> pd.DataFrame:
    """behind: by model (_ for -), how far it is behind the best, and half the interval of that."""
    rows = [line(best, "ndcg@10", value, 0.02)]
    for name, (less, half) in behind.items():
        model = name.replace("_", "-")
        rows.append(line(model, "ndcg@10", value - less, 0.02))
        rows.append(line(model, "against", -less, half, best))
    return pd.DataFrame(rows)


def test_the_best_model_is_told_with_what_is_next():
    rows = visits(DEFAULT_MODEL, 0.45, ease=(0.02, 0.009), popularity=(0.2, 0.03))
    assert best_model(rows).text == (
        f"{label(DEFAULT_MODEL)}, the default, makes the best lists, NDCG@10 0.450 ± 0.020, beyond"
        f" chance; next is {label('ease')}, 0.020 ± 0.009 behind."
    )
    assert best_model(rows.sample(frac=1, random_state=1)) == best_model(rows)


def test_models_within_chance_of_the_best_are_told():
    """0.02 ± 0.019 is beyond chance alone, but not as one of three comparisons."""
    alone = visits("ease", 0.45, nmf=(0.02, 0.019))
    assert "beyond chance; next is" in best_model(alone).text
    among = visits("ease", 0.45, nmf=(0.02, 0.019), svd=(0.2, 0.02), als=(0.2, 0.02))
    assert best_model(among).text.endswith(f"; {label('nmf')} is within chance of it.")
    assert best_model(among).text.startswith(f"{label('ease')} scores highest, NDCG@10 0.450")
    three = visits("ease", 0.45, nmf=(0.01, 0.02), svd=(0.01, 0.02), als=(0.01, 0.02))
    said = best_model(three).text
    assert said.endswith(f"; {label('nmf')} and 2 others are within chance of it.")


def test_models_of_another_run_are_not_among_those_compared():
    rows = visits("ease", 0.45, nmf=(0.02, 0.01), svd=(0.03, 0.01), als=(0.005, 0.01))
    rows.loc[(rows["model"] == "als") & (rows["measure"] == "against"), "best"] = label("knn")
    said = best_model(rows).text
    assert said.startswith(f"{label('ease')} makes the best lists of 3 compared, NDCG@10 0.450")
    assert f"next is {label('nmf')}, 0.020 ± 0.010 behind" in said


@pytest.mark.parametrize("models", [0, 1])
def test_what_was_compared_with_nothing_is_not_told(models):
    assert best_model(visits("ease", 0.45)[:models]) is None
    other = visits("ease", 0.45, nmf=(0.02, 0.01)).assign(best="another run's")
    assert best_model(other) is None


def test_the_default_is_told_from_what_is_popular_only_where_it_is_best():
    rows = visits(DEFAULT_MODEL, 0.45, popularity=(0.2, 0.03))
    assert "by 0.200 ± 0.030, beyond chance" in over_popularity(rows).text
    near = visits(DEFAULT_MODEL, 0.45, popularity=(0.02, 0.03))
    assert over_popularity(near).text.endswith("(0.020 ± 0.030) is within chance.")
    assert over_popularity(visits("ease", 0.45, popularity=(0.2, 0.03))) is None
    assert over_popularity(visits(DEFAULT_MODEL, 0.45, nmf=(0.2, 0.03))) is None


def test_what_answers_add_is_told_of_the_default_alone():
    rows = [
        line(DEFAULT_MODEL, "ndcg@10 gained after 10", 0.022, 0.012),
        line(DEFAULT_MODEL, "ndcg@10 gained after 30", -0.002, 0.012),
        line("nmf", "ndcg@10 gained after 10", 0.5, 0.012),
    ]
    assert worth_of_answers(pd.DataFrame(rows)).text == (
        "By questions asked, the default’s lists gain +0.022 ± 0.012 from 5 to 10 (beyond chance)"
        " and −0.002 ± 0.012 from 10 to 30 (within chance)."
    )
    assert worth_of_answers(pd.DataFrame(rows[2:])) is None
