-- The tables of this room, in the dataset's own schema. The comment on a packed column is its
-- format: formats.py reads it, and with every statement here it is part of a dataset's layout.

-- All ratings again, user by user; a user may have several rows. See user_vectors.py.
create table user_vectors (
    user_id integer not null,
    ratings integer not null,
    films   bytea not null                      -- a record a rating
);
comment on column user_vectors.films is 'movie_id >i4, month >i2, half_stars >i2';
alter table user_vectors alter films set storage external;

-- Each user's ratings counted, for the question who has most under filters: packed arrays over all
-- users, who have one place in all of them; see user_counts.py. Counts have 4 bytes: nobody can rate more
-- films than there are movie_ids.
create table user_order (
    user_ids bytea not null,                    -- a number a user, as the others
    ratings  bytea not null
);
comment on column user_order.user_ids is '>i4';
comment on column user_order.ratings is '>i4';
create table user_genres (
    genre   smallint not null,
    ratings bytea not null
);
comment on column user_genres.ratings is '>i4';
create table user_releases (
    release_year smallint not null,
    ratings      bytea not null                 -- of films released until then
);
comment on column user_releases.ratings is '>i4';
create table user_months (
    month   smallint not null,
    ratings bytea not null                      -- a record a user who rated then
);
comment on column user_months.ratings is 'place >i4, ratings >i4';

-- Who rated each film, when and how; several rows a film.
create table film_raters (
    movie_id integer not null,
    raters   bytea not null                     -- a record a rating, by the user's place
);
comment on column film_raters.raters is 'place >i4, month >i2, half_stars i1';
alter table user_order alter user_ids set storage external, alter ratings set storage external;
alter table user_genres alter ratings set storage external;
alter table user_releases alter ratings set storage external;
alter table user_months alter ratings set storage external;
alter table film_raters alter raters set storage external;
