"""What films and users are called in the files that were loaded, for those who know these."""

import pandas as pd
from sqlalchemy import Connection, text

USERS = ("user_id", "other_user_id")

FILM_IDS = "select movie_id as user_or_film, original_id from movies where original_id is not null"
USER_IDS = "select user_id as user_or_film, original_id from original_users"


def in_the_files(connection: Connection, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the ids of the files in place of movie_id and the users' ids.

    The same rows where the files had numbers of their own.
    """
    for column in rows.columns.intersection(["movie_id", *USERS]):
        named = USER_IDS if column in USERS else FILM_IDS
        if connection.scalar(text(f"select not exists ({named})")):
            continue
        wanted = [int(number) for number in rows[column].unique()]
        select = f"select * from ({named}) named where user_or_film = any(:wanted)"
        found = connection.execute(text(select), {"wanted": wanted})
        originals = {row.user_or_film: row.original_id for row in found}
        if originals:
            rows = rows.assign(**{column: rows[column].map(originals).astype("string")})
    return rows
