"""The command line, run as people run it."""

import json
import shutil

import pytest

from recommender.__main__ import main
from recommender.evaluate.protocols import PROTOCOLS
from recommender.models import MODELS
from recommender.serving import artifacts


@pytest.fixture
def own_home(database, monkeypatch, tmp_path):
    monkeypatch.setattr(artifacts, "home", lambda: tmp_path / "home")
    return tmp_path


@pytest.fixture
def folder(database, tmp_path, sample):
    """The first 60 users of the sample in MovieLens layout."""
    ratings, movies = sample
    directory = tmp_path / "small"
    directory.mkdir()
    names = {"user_id": "userId", "movie_id": "movieId"}
    first = ratings[ratings["user_id"] <= 60].rename(columns=names)
    first = first.assign(timestamp=range(10**9, 10**9 + 3600 * len(first), 3600))
    first.to_csv(directory / "ratings.csv", index=False)
    movies.rename(columns=names).fillna({"title": "?"})[["movieId", "title", "genres"]].to_csv(
        directory / "movies.csv", index=False
    )
    return directory


def test_recommend_prints_json_and_nothing_else(own_home, capsys):
    status = main(["recommend", "--rate", "318=5", "--rate", "296=4.5", "-n", "4", "--json"])
    films = json.loads(capsys.readouterr().out)
    assert status == 0
    assert len(films) == 4
    assert all(list(film) == ["movie_id", "title", "score"] for film in films)
    assert not {film["movie_id"] for film in films} & {318, 296}
    scores = [film["score"] for film in films]
    assert scores == sorted(scores, reverse=True)


def test_recommend_names_who_stands_in_for_an_untrained_default(own_home, capsys):
    assert main(["recommend", "--rate", "318=5", "-n", "4", "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == (
        "user-cosine stands in for blend; it is trained by: "
        "python -m recommender train --model blend\n"
    )
    main(["recommend", "--rate", "318=5", "-n", "4", "--json", "--model", "user-cosine"])
    assert said.out == capsys.readouterr().out


def test_recommend_with_the_model_asked_for(own_home, capsys):
    main(["recommend", "--rate", "318=5", "--model", "popularity", "-n", "1", "--json"])
    assert json.loads(capsys.readouterr().out)[0]["title"] == "Forrest Gump"


def test_recommend_as_text(own_home, capsys):
    assert main(["recommend", "--rate", "318=5", "--model", "popularity", "-n", "2"]) == 0
    assert "Forrest Gump (356)" in capsys.readouterr().out.splitlines()[0]


def test_train_says_what_it_trained(own_home, capsys):
    assert main(["train", "--model", "weighted-score"]) == 0
    assert capsys.readouterr().out.startswith("weighted-score: trained in ")
    assert main(["train", "--model", "weighted-score"]) == 0
    assert capsys.readouterr().out == "Nothing to train: all are up to date.\n"


def test_a_slow_model_that_is_not_trained_says_how(own_home, capsys, monkeypatch):
    monkeypatch.setattr(MODELS["popularity"], "quick", False)
    assert main(["recommend", "--rate", "318=5", "--model", "popularity"]) == 1
    assert capsys.readouterr().err == (
        "recommender: popularity is not trained yet; run: "
        "python -m recommender train --model popularity\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--rate", "318=7"], "'318=7' is off the scale; stars go from 0.5 to 5 by halves"),
        (["--rate", "318=2.7"], "'318=2.7' is off the scale"),
        (["--rate", "318=nan"], "'318=nan' is off the scale"),
        (["--rate", "Alien"], "'Alien' is not MOVIE_ID=STARS, such as 318=4.5"),
        (["--rate", "1e3=4"], "'1e3=4' is not MOVIE_ID=STARS"),
        ([], "the following arguments are required: --rate"),
        (["--rate", "318=5", "-n", "0"], "'0' is not a number of films, such as 10"),
        (["--rate", "318=5", "--model", "oracle"], "invalid choice: 'oracle'"),
    ],
)
def test_what_cannot_be_understood_is_one_line(arguments, message, capsys):
    with pytest.raises(SystemExit) as exit_:
        main(["recommend", *arguments])
    said = capsys.readouterr()
    assert exit_.value.code == 2
    assert said.out == ""
    assert message in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("rates", "message"),
    [
        (["318=5", "318=4"], "film 318 is rated twice; give one --rate 318=STARS"),
        (["318=5", "99999999999999999999=4"], "no film 99999999999999999999 in the loaded dataset"),
    ],
)
def test_what_cannot_be_done_is_one_line(own_home, rates, message, capsys):
    arguments = [part for rate in rates for part in ("--rate", rate)]
    assert main(["recommend", "--model", "popularity", *arguments]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err
    assert said.err.count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_evaluate_a_folder(folder, tmp_path, capsys, protocol):
    file = tmp_path / "results.json"
    models = ["--model", "bias", "--model", "svd", "--protocol", protocol]
    status = main(["evaluate", "--data", str(folder), *models, "--json", str(file)])
    report = json.loads(file.read_text())
    assert status == 0
    assert (report["dataset"], report["protocol"], report["seed"]) == ("small", protocol, 0)
    assert [result["model"] for result in report["results"]] == ["bias", "svd"]
    for result in report["results"]:
        assert result["fit_seconds"] >= 0
        assert result["measures"][PROTOCOLS[protocol].primary.name] > 0
    said = capsys.readouterr().out
    assert report["fingerprint"] in said.splitlines()[0]
    assert {line.split()[0] for line in said.splitlines()[2:]} == {"bias", "svd"}


@pytest.mark.slow
def test_evaluate_a_zip_as_its_folder(folder, tmp_path, capsys):
    shutil.make_archive(str(tmp_path / "small"), "zip", folder)
    reports = []
    for data in (folder, tmp_path / "small.zip"):
        arguments = ["--data", str(data), "--model", "popularity"]
        assert main(["evaluate", *arguments, "--json", str(tmp_path / "results.json")]) == 0
        reports.append(json.loads((tmp_path / "results.json").read_text()))
    ours, theirs = ((each["fingerprint"], each["dataset"]) for each in reports)
    assert ours == theirs


def test_evaluate_from_a_date_on(folder, tmp_path):
    file = tmp_path / "results.json"
    arguments = ["--data", str(folder), "--protocol", "time", "--model", "popularity"]
    assert main(["evaluate", *arguments, "--date", "2002-01-01", "--json", str(file)]) == 0
    assert "2002-01-01" in json.loads(file.read_text())["split"]


def test_evaluate_the_loaded_dataset(own_home, tmp_path):
    file = tmp_path / "results.json"
    assert main(["evaluate", "--model", "popularity", "--json", str(file)]) == 0
    assert json.loads(file.read_text())["dataset"] == "MovieLens sample"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--data", "nowhere"], "There is no file or folder nowhere."),
        (["--date", "2016-05-31"], "--date goes with --protocol time"),
        (["--json", "nowhere/results.json"], "nowhere is not a folder; --json writes into one"),
    ],
)
def test_evaluate_says_what_is_missing(arguments, message, capsys):
    assert main(["evaluate", *arguments]) == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("ratings", ["a,b\n1,2\n", "userId,movieId,rating,timestamp\n1,2,9,5\n"])
def test_a_file_that_is_no_ratings_is_one_line(folder, capsys, ratings):
    (folder / "ratings.csv").write_text(ratings)
    assert main(["evaluate", "--data", str(folder)]) == 1
    said = capsys.readouterr().err
    assert "ratings.csv" in said
    assert said.count("\n") == 1


def test_a_day_that_is_none_is_one_line(capsys):
    with pytest.raises(SystemExit) as exit_:
        main(["evaluate", "--protocol", "time", "--date", "31.5.2016"])
    assert exit_.value.code == 2
    assert "'31.5.2016' is not a day, such as 2016-05-31" in capsys.readouterr().err
