"""Twelve visitors: what they rate, and how to tell that a film is to their taste."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.tastes.film_titles import FilmTitles
from recommender.data.rating_matrix import RatingMatrix

OnTaste = Callable[[RatingMatrix, FilmTitles], np.ndarray]
"""Which films are, boolean (n_movies,)."""

KNOWN = 200  # most rated films, in which an arthouse visitor needs no help


@dataclass(frozen=True)
class Taste:
    """films: title and year of what is rated. how: the test of taste, in words. stars: for all."""

    name: str
    films: tuple[tuple[str, int], ...]
    how: str
    on_taste: OnTaste
    stars: float = 5.0


def genres(*names: str) -> OnTaste:
    """Films of all these genres."""

    def on_taste(matrix: RatingMatrix, titles: FilmTitles) -> np.ndarray:
        columns = [matrix.genre_names.index(name) for name in names if name in matrix.genre_names]
        if len(columns) < len(names):
            return np.zeros(matrix.n_movies, dtype=bool)
        return np.all(matrix.genre_flags[:, columns], axis=1)

    return on_taste


def until(year: int) -> OnTaste:
    """Films released by then."""
    return lambda matrix, titles: matrix.release_years <= year


def tagged(matrix: RatingMatrix, name: str) -> np.ndarray:
    """Films that anyone gave this tag."""
    if name not in matrix.tags.names:
        return np.zeros(matrix.n_movies, dtype=bool)
    codes = matrix.tags.codes == matrix.tags.names.index(name)
    return np.isin(matrix.movie_ids, matrix.tags.movie_ids[codes])


def anime(matrix: RatingMatrix, titles: FilmTitles) -> np.ndarray:
    """No dataset says where a film is from: animation that is tagged so or that the list names."""
    return genres("Animation")(matrix, titles) & (tagged(matrix, "anime") | titles.named(ANIME))


def arthouse(matrix: RatingMatrix, titles: FilmTitles) -> np.ndarray:
    """Drama, of no genre of the multiplex, that is not among the 200 most rated."""
    found = genres("Drama")(matrix, titles)
    found[matrix.by_popularity[:KNOWN]] = False
    for name in ("Action", "Adventure", "Children", "Sci-Fi", "Horror", "Thriller"):
        found &= ~genres(name)(matrix, titles)
    return found


def no_action(matrix: RatingMatrix, titles: FilmTitles) -> np.ndarray:
    """What those who hate such films may still be shown."""
    return ~(genres("Action")(matrix, titles) | genres("Adventure")(matrix, titles))


ANIME = (
    *("Spirited Away", "Princess Mononoke", "Howl's Moving Castle", "Akira", "My Neighbor Totoro"),
    *("Ghost in the Shell", "Laputa", "Castle in the Sky", "Nausicaä", "Cowboy Bebop"),
    *("Kiki's Delivery Service", "Grave of the Fireflies", "Porco Rosso", "Metropolis", "Ponyo"),
    *("Ninja Scroll", "The Girl Who Leapt Through Time", "Vampire Hunter D", "Paprika"),
    *("Pokémon", "The Cat Returns", "Perfect Blue", "Millennium Actress", "Lupin", "Evangelion"),
    *("Tokyo Godfathers", "Whisper of the Heart", "Neon Genesis Evangelion", "Only Yesterday"),
    *("The Secret World of Arrietty", "Wolf Children", "Summer Wars", "The Wind Rises"),
    *("Your Name", "Wings of Honneamise", "Steamboy", "Fullmetal Alchemist", "Dragon Ball"),
    *("Angel's Egg", "Voices of a Distant Star", "The Garden of Words", "5 Centimeters per Second"),
    *("The Tale of Princess Kaguya", "Pom Poko", "Ocean Waves", "Tales from Earthsea", "Redline"),
    *("From Up on Poppy Hill", "When Marnie Was There", "My Neighbors the Yamadas", "Digimon"),
)

TASTES = (
    Taste(
        "documentaries",
        (
            *(("Bowling for Columbine", 2002), ("Super Size Me", 2004), ("Hoop Dreams", 1994)),
            *(("Roger & Me", 1989), ("Crumb", 1994), ("The Thin Blue Line", 1988)),
            *(("When We Were Kings", 1996), ("Fahrenheit 9/11", 2004)),
        ),
        "genre Documentary",
        genres("Documentary"),
    ),
    Taste(
        "anime",
        (
            *(("Spirited Away", 2001), ("Princess Mononoke", 1997), ("Akira", 1988)),
            *(("My Neighbor Totoro", 1988), ("Ghost in the Shell", 1995), ("Ninja Scroll", 1995)),
            *(("Howl's Moving Castle", 2004), ("Grave of the Fireflies", 1988)),
        ),
        "genre Animation, and tagged anime or in a list of 50 titles",
        anime,
    ),
    Taste(
        "silent films",
        (
            *(("Metropolis", 1927), ("Nosferatu", 1922), ("City Lights", 1931)),
            *(("Modern Times", 1936), ("The General", 1926), ("The Gold Rush", 1925)),
            *(("Battleship Potemkin", 1925), ("The Cabinet of Dr. Caligari", 1920)),
        ),
        "released by 1936",
        until(1936),
    ),
    Taste(
        "westerns",
        (
            *(("Unforgiven", 1992), ("Butch Cassidy and the Sundance Kid", 1969)),
            *(("The Good, the Bad and the Ugly", 1966), ("Tombstone", 1993), ("High Noon", 1952)),
            *(("Once Upon a Time in the West", 1968), ("The Searchers", 1956)),
            ("A Fistful of Dollars", 1964),
        ),
        "genre Western",
        genres("Western"),
    ),
    Taste(
        "musicals",
        (
            *(("The Wizard of Oz", 1939), ("Mary Poppins", 1964), ("Grease", 1978)),
            *(("The Sound of Music", 1965), ("Singin' in the Rain", 1952), ("Cabaret", 1972)),
            *(("West Side Story", 1961), ("My Fair Lady", 1964)),
        ),
        "genre Musical",
        genres("Musical"),
    ),
    Taste(
        "noir",
        (
            *(("Chinatown", 1974), ("The Maltese Falcon", 1941), ("The Third Man", 1949)),
            *(("Sunset Blvd.", 1950), ("Touch of Evil", 1958), ("The Big Sleep", 1946)),
            *(("Double Indemnity", 1944), ("Notorious", 1946)),
        ),
        "genre Film-Noir",
        genres("Film-Noir"),
    ),
    Taste(
        "children's",
        (
            *(("Aladdin", 1992), ("Beauty and the Beast", 1991), ("Babe", 1995)),
            *(("The Little Mermaid", 1989), ("Pinocchio", 1940), ("Dumbo", 1941)),
            *(("Cinderella", 1950), ("The Jungle Book", 1967)),
        ),
        "genre Children",
        genres("Children"),
    ),
    Taste(
        "horror",
        (
            *(("The Shining", 1980), ("Halloween", 1978), ("A Nightmare on Elm Street", 1984)),
            *(("The Exorcist", 1973), ("Scream", 1996), ("The Evil Dead", 1981)),
            *(("Carrie", 1976), ("The Thing", 1982)),
        ),
        "genre Horror",
        genres("Horror"),
    ),
    Taste(
        "arthouse",
        (
            *(("The Seventh Seal", 1957), ("8 1/2", 1963), ("Rashomon", 1950)),
            *(("Wings of Desire", 1987), ("Three Colors: Red", 1994), ("Breaking the Waves", 1996)),
            *(("The Bicycle Thief", 1948), ("Persona", 1966), ("The 400 Blows", 1959)),
        ),
        "genre Drama, of no multiplex genre, outside the 200 most rated",
        arthouse,
    ),
    Taste(
        "romcoms",
        (
            *(("Sleepless in Seattle", 1993), ("When Harry Met Sally...", 1989)),
            *(("Pretty Woman", 1990), ("Notting Hill", 1999), ("You've Got Mail", 1998)),
            *(("Four Weddings and a Funeral", 1994), ("My Best Friend's Wedding", 1997)),
            ("While You Were Sleeping", 1995),
        ),
        "genres Comedy and Romance",
        genres("Comedy", "Romance"),
    ),
    Taste(
        "classics",
        (
            *(("Casablanca", 1942), ("Citizen Kane", 1941), ("Rear Window", 1954)),
            *(("12 Angry Men", 1957), ("North by Northwest", 1959), ("Some Like It Hot", 1959)),
            *(("It's a Wonderful Life", 1946), ("All About Eve", 1950)),
        ),
        "released by 1967",
        until(1967),
    ),
    Taste(
        "one-star haters",
        (
            *(("Independence Day", 1996), ("Armageddon", 1998), ("Batman", 1989)),
            *(("Twister", 1996), ("Waterworld", 1995), ("True Lies", 1994)),
            *(("Speed", 1994), ("Jurassic Park", 1993)),
        ),
        "neither Action nor Adventure",
        no_action,
        stars=1.0,
    ),
)
