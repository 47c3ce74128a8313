"""Numbers of things in words."""


def counted(number: int, noun: str) -> str:
    """Such as "1 film" or "2,000 films"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def ratings_in_words(ratings: int, films: int, users: int) -> str:
    """Such as "100,004 ratings of 9,066 films by 671 users"."""
    return f"{counted(ratings, 'rating')} of {counted(films, 'film')} by {counted(users, 'user')}"
