-- The base tables of one dataset, in the dataset's own schema. Keys are added when they are filled.

create table genres (
    genre smallint primary key check (genre between 0 and 61),  -- the bit in genre_mask
    name  text not null unique
);

create table movies (
    movie_id     integer primary key,
    title        text not null,
    release_year smallint,                      -- null: unknown
    genre_mask   bigint not null,               -- one bit per genre
    genres       text collate "C" not null,     -- "A|B"; "" for none
    imdb_id      text,                          -- digits, as IMDb writes them after "tt"
    tmdb_id      integer,
    original_id  text,                          -- the id in the files; null: movie_id is it
    search_text  text collate "C" not null      -- title and year, without case and accents
);

-- Column order keeps a row at 40 bytes.
create table ratings (
    user_id    integer not null,
    movie_id   integer not null,
    rated_at   integer not null,                -- seconds since 1970, UTC
    month      smallint not null,               -- months since January 1970, UTC
    half_stars smallint not null check (half_stars between 1 and 10)
);

-- What users were called in the files; empty where user_id is it.
create table original_users (
    user_id     integer primary key,
    original_id text not null
);

create table tags (
    user_id   integer not null,
    movie_id  integer not null,
    tagged_at integer not null,                 -- seconds since 1970, UTC
    tag       text not null
);

-- The films that carry a tag, whoever gave it; tags in lower case.
create table tag_films (
    tag       text collate "C" not null,
    films     integer not null,                 -- how many
    movie_ids integer[] not null
);

-- The rollup that most others are made from, filled with the base tables; see rollups.sql.
create table movie_months (
    movie_id     integer not null,
    month        smallint not null,             -- months since January 1970, UTC
    ratings      integer not null,
    half_stars   integer not null,
    squares      integer not null,
    h1           integer not null,
    h2           integer not null,
    h3           integer not null,
    h4           integer not null,
    h5           integer not null,
    h6           integer not null,
    h7           integer not null,
    h8           integer not null,
    h9           integer not null,
    h10          integer not null,
    release_year smallint,
    genre_mask   bigint not null
);

-- The same for any period at once: a film's sums over months that follow each other are the
-- difference of two of these. Filled from movie_months; see rollups.sql.
create table movie_cumulative (
    movie_id     integer not null,
    release_year smallint,
    genre_mask   bigint not null,
    months       smallint[] not null,           -- those in which the film was rated, in order
    ratings      integer[] not null,            -- up to and with each of the months, as the others
    half_stars   integer[] not null,
    squares      integer[] not null,
    low          integer[] not null,            -- h1 + h2 + h3 + h4: at most 2 stars
    high         integer[] not null             -- h8 + h9 + h10: at least 4 stars
) with (toast_tuple_target = 8160);             -- all inside the row: 346 months are 7,700 bytes
-- Statistics of arrays take long, and no condition asks about them.
alter table movie_cumulative
    alter months set storage external, alter months set statistics 0,
    alter ratings set storage external, alter ratings set statistics 0,
    alter half_stars set storage external, alter half_stars set statistics 0,
    alter squares set storage external, alter squares set statistics 0,
    alter low set storage external, alter low set statistics 0,
    alter high set storage external, alter high set statistics 0;
