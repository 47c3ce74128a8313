"""Text as search compares it: without case and accents."""

import unicodedata


def folded(text: str) -> str:
    """ "Amélie  (2001)" and "amelie (2001)" fold to the same text."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())
