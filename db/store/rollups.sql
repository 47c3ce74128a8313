-- What the charts read: ratings added up by film, by set of genres, by genre and by user.
--
-- The measures that every rollup of ratings adds up (db/ingest/dataset_tables.py writes the sums in):
--     ratings      how many
--     half_stars   their sum
--     squares      the sum of their squares
--     h1 .. h10    how many of each value, in half stars
-- {ratings}, {half_stars} and {squares} are the types of such sums: db/ingest/wide_sums.py says when 64 bits.
-- A rollup comes by month and by year: a period reads whole years from one, its edges from the
-- other (by film, it reads movie_cumulative). Months count from January 1970. Tables keep release_year and genre_mask, so that a filter
-- never needs a join.

alter table ratings add primary key (user_id, movie_id);
analyze ratings;

create index on movies (search_text);
create index on movies (genres);
analyze movies;

create index on tags (movie_id);
analyze tags;
alter table tag_films add primary key (tag);
create index on tag_films (films desc, tag);
analyze tag_films;

-- By film. Filled while ratings are copied (db/ingest/movie_months.py), ordered by month: the edges of a
-- period are short runs.
create index on movie_months (month);
-- With all that sums of some films by month, or by genre and year, need: the rows themselves lie apart.
create index on movie_months (movie_id, month) include (ratings, half_stars, squares, genre_mask);
analyze movie_months;

insert into movie_cumulative
select
    movie_id,
    release_year,
    genre_mask,
    array_agg(month order by month),
    array_agg(ratings order by month),
    array_agg(half_stars order by month),
    array_agg(squares order by month),
    array_agg(low order by month),
    array_agg(high order by month)
from (
    select
        movie_id,
        release_year,
        genre_mask,
        month,
        (sum(ratings) over months)::{ratings} as ratings,
        (sum(half_stars) over months)::{half_stars} as half_stars,
        (sum(squares) over months)::{squares} as squares,
        (sum(h1 + h2 + h3 + h4) over months)::{ratings} as low,
        (sum(h8 + h9 + h10) over months)::{ratings} as high
    from movie_months
    window months as (partition by movie_id order by month rows unbounded preceding)
) m
group by movie_id, release_year, genre_mask
order by genre_mask, release_year;
create index on movie_cumulative (genre_mask, release_year);
analyze movie_cumulative;

create table movie_totals as
select
    movie_id,
    release_year,
    genre_mask,
    min(month) as first_month,
    max(month) as last_month,
    {measures}
from movie_months
group by movie_id, release_year, genre_mask
order by ratings desc, movie_id;
alter table movie_totals add primary key (movie_id);
create index on movie_totals (ratings desc, movie_id);
analyze movie_totals;

-- By set of genres (the mask) and release year.
create table mask_months as
select genre_mask, release_year, month, {measures}
from movie_months
group by genre_mask, release_year, month
order by month, release_year, genre_mask;
create index on mask_months (month);
analyze mask_months;

create table mask_years as
select genre_mask, release_year, 1970 + month / 12 as year, {measures}
from mask_months
group by genre_mask, release_year, 1970 + month / 12
order by year, release_year, genre_mask;
create index on mask_years (year);
analyze mask_years;

-- By set of genres alone, for questions that name no release year: a tenth of the rows.
create table set_months as
select genre_mask, month, {measures}
from mask_months
group by genre_mask, month
order by month, genre_mask;
create index on set_months (month);
analyze set_months;

create table set_years as
select genre_mask, 1970 + month / 12 as year, {measures}
from set_months
group by genre_mask, 1970 + month / 12
order by year, genre_mask;
create index on set_years (year);
analyze set_years;

-- Which genres a mask holds.
create table genre_sets as
select genre_mask, genre
from (select distinct genre_mask from movies) m
join genres on genre_mask & (1::bigint << genre) <> 0;
create index on genre_sets (genre_mask);
analyze genre_sets;

-- By genre and release year; genre null is every film once.
create table genre_months as
select genre, release_year, month, {measures}
from (
    select genre, m.* from mask_months m join genre_sets using (genre_mask)
    union all
    select null, m.* from mask_months m
) m
group by genre, release_year, month
order by genre, release_year, month;
create index on genre_months (genre, release_year, month);
analyze genre_months;

create table genre_years as
select genre, release_year, 1970 + month / 12 as year, {measures}
from genre_months
group by genre, release_year, 1970 + month / 12
order by genre, release_year, year;
create index on genre_years (genre, release_year, year);
analyze genre_years;

-- By user.
create table user_totals as
select user_id, count(*)::integer as ratings, sum(half_stars)::integer as half_stars
from ratings
group by user_id
order by ratings desc, user_id;
alter table user_totals add primary key (user_id);
create index on user_totals (ratings);
analyze user_totals;

-- Every rating of 1 in {users_one_in} users, with what filters ask about. Multiplying by Knuth's
-- constant modulo 2^32 scatters the users' ids evenly.
-- A lateral subquery, so that the few are looked up by the primary key.
create table user_ratings as
select m.genre_mask, r.user_id, r.movie_id, m.release_year, r.month, r.half_stars
from user_totals u
cross join lateral (select * from ratings where user_id = u.user_id offset 0) r
join movies m using (movie_id)
where (u.user_id::bigint * 2654435761 & 4294967295) * {users_one_in} < 4294967296
order by r.user_id;
analyze user_ratings;
