"""Who rates like whom: packed ratings of every user, and bounds on how many they have.

Six tables that nothing else reads. This is the room's door: who is outside imports nothing but what
is named here.

    PackedRatings   fills the tables while an import copies ratings
    change_packed   brings them up to ratings that were added or changed
    make_pieces     makes room for what several PackedRatings write, a piece of the users each
    join_pieces     makes the tables whole from that
    cosines         answers from them
    ratings_of      reads what users gave
    few_given       adds it up by user, where few ratings answer a question
    PACKED          their names

The tables are made by tables.sql, and keys.sql when they are filled, with all others of a dataset.
"""

from db.similarity.changes import change_packed
from db.similarity.few_ratings import few_given
from db.similarity.packed_ratings import PACKED, PackedRatings
from db.similarity.pieces import join_pieces, make_pieces
from db.similarity.user_cosines import DEFAULT_USERS, cosines
from db.similarity.user_ratings import ratings_of

__all__ = [
    "DEFAULT_USERS",
    "PACKED",
    "PackedRatings",
    "change_packed",
    "cosines",
    "few_given",
    "join_pieces",
    "make_pieces",
    "ratings_of",
]
