-- Keys and statistics, once the tables are filled.

create index on user_vectors (user_id);
analyze user_vectors;
create index on user_releases (release_year);
create index on user_months (month);
create index on film_raters (movie_id);
analyze user_order;
analyze user_genres;
analyze user_releases;
analyze user_months;
analyze film_raters;
