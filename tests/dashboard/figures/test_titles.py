import pytest

from dashboard.figures.titles import film_name, plain_title, short_title


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Shawshank Redemption, The", "The Shawshank Redemption"),
        ("Seven (a.k.a. Se7en)", "Seven (a.k.a. Se7en)"),
        ("Postman, The (Postino, Il)", "The Postman (Postino, Il)"),
        ("American President, An", "An American President"),
        ("Avventura, L'", "L'Avventura"),
        ("Good, the Bad and the Ugly, The", "The Good, the Bad and the Ugly"),
        ("Crouching Tiger, Hidden Dragon", "Crouching Tiger, Hidden Dragon"),
        ("Me, Myself & Irene", "Me, Myself & Irene"),
        ("The", "The"),
        ("", ""),
    ],
)
def test_the_article_comes_first(title, read):
    assert plain_title(title) == read


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Spirited Away (Sen to Chihiro no kamikakushi) (2001)", "Spirited Away"),
        ("Léon: The Professional (a.k.a. The Professional) (Léon)", "Léon: The Professional"),
        ("Boot, Das (Boat, The) (1981)", "Das Boot"),
        ("(500) Days of Summer (2009)", "(500) Days of Summer"),
        ("(1984)", "(1984)"),
        (
            "Birdman: Or (The Unexpected Virtue of Ignorance) (2014)",
            "Birdman: Or (The Unexpected Virtue of Ignorance)",
        ),
        ("Heat", "Heat"),
    ],
)
def test_within_a_sentence_a_title_is_the_one_that_is_read_here(title, said):
    assert short_title(title) == said


def test_a_name_has_its_year_and_a_limit():
    assert film_name("Heat", 1995) == "Heat (1995)"
    assert film_name("Heat", None) == "Heat"
    assert film_name("Heat (1995)", 1995) == "Heat (1995)"
    assert film_name("Birds, The (1963)", 1963) == "The Birds (1963)"
    assert film_name("2001 (1968)", 1968) == "2001 (1968)"
    assert film_name("(1984)", None) == "(1984)"
    assert film_name("x" * 100, None, 10) == "x" * 9 + "…"
