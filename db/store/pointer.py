"""Which dataset is current, for each layout of the tables.

While a new version takes an old one's place, both serve: each the dataset of its own layout. The
first versions know one pointer only, the row of reelscope.current. It goes on pointing at the
dataset of their layout until they have had time to end.
"""

from sqlalchemy import Connection, text

DAYS = 1  # for which a dataset of another layout stays after this layout's first

# The id of the current dataset: where there is none of this layout, that of another.
# Read by way of JSON, as a catalogue that an earlier version made has no such columns.
CURRENT = """(
    select p.id from reelscope.datasets p left join reelscope.current r on r.dataset = p.id
    where r.dataset is not null or to_jsonb(p) ->> 'shown_since' is not null
    order by coalesce(to_jsonb(p) ->> 'layout' = :layout, false) desc, r.dataset is null
    limit 1
)"""

POINT = """
    update reelscope.datasets set shown_since = coalesce(
        (select min(shown_since) from reelscope.datasets where layout = :layout), now()
    ) where id = :number;
    update reelscope.datasets set shown_since = null where layout = :layout and id <> :number;
    insert into reelscope.current (dataset) values (:number)
    on conflict (only_row) do update set dataset = excluded.dataset
    where (select layout from reelscope.datasets d where d.id = current.dataset)
        is not distinct from :layout;
"""
RETIRE = f"""
    update reelscope.datasets set shown_since = null where layout is distinct from :layout
        and exists (
            select from reelscope.datasets
            where layout = :layout and shown_since < now() - interval '{DAYS} days'
        );
    update reelscope.current set dataset = own.id from reelscope.datasets own
    where own.layout = :layout and own.shown_since < now() - interval '{DAYS} days';
"""
POINTED_AT = """
    select dataset from reelscope.current
    union all select id from reelscope.datasets where kept or shown_since is not null
"""


def point(connection: Connection, number: int, layout: str) -> None:
    """Make a dataset the current one of its layout."""
    connection.execute(text(POINT), {"number": number, "layout": layout})


def retire_others(connection: Connection, layout: str) -> None:
    """Let go of the datasets of other layouts that have stayed long enough."""
    connection.execute(text(RETIRE), {"layout": layout})
