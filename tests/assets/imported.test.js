"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/imported.js");
const { done, found, heading, hows, merged, taken } = globalThis.reelscope.imported;

const HEAT = { movie_id: 6, title: "Heat", release_year: 1995, imdb_id: null };
const SABRINA = { movie_id: 7, title: "Sabrina", release_year: 1995, imdb_id: null };
const OTHER = { movie_id: 8, title: "Sabrina", release_year: 1954, imdb_id: null };
const rated = (stars, ...films) => ({ kind: "rated", stars, films });
const PREVIEW = {
  service: "IMDb",
  rows: 3,
  matched: [rated(4.5, HEAT), { kind: "seen", stars: null, films: [OTHER] }],
  unsure: [rated(2, SABRINA, OTHER)],
};

test("of what is not sure only what was chosen counts, and no film twice", () => {
  assert.deepEqual(taken(PREVIEW, {}).map(({ film }) => film.movie_id), [6, 8]);
  assert.deepEqual(taken(PREVIEW, { 0: 7 }).map(({ film }) => film.movie_id), [6, 8, 7]);
  assert.deepEqual(taken(PREVIEW, { 0: 8 }).map(({ film }) => film.movie_id), [6, 8]);
  assert.deepEqual(taken(PREVIEW, { 0: 99 }).map(({ film }) => film.movie_id), [6, 8]);
});

test("ratings of the file replace those that were there, and the others stay", () => {
  const before = { version: 1, fingerprint: "a", movies: [{ ...HEAT, stars: 1 }, { ...OTHER, hidden: true }] };
  const films = taken(PREVIEW, { 0: 7 });
  const { profile, added, replaced } = merged(before, films, { fingerprint: "b", most: 10 });
  assert.deepEqual(profile, { version: 1, fingerprint: "b", movies: [{ ...HEAT, stars: 4.5 }, { ...OTHER, hidden: true }, { ...SABRINA, stars: 2 }] });
  assert.deepEqual([added, replaced], [1, 1]);
  assert.equal(before.movies[0].stars, 1);
  assert.deepEqual(merged(profile, films, { fingerprint: "b", most: 10 }).profile, profile);
});

test("what is to be seen is saved, unless the profile knows the film", () => {
  const preview = { matched: [HEAT, OTHER].map((film) => ({ kind: "saved", stars: null, films: [film] })), unsure: [] };
  const before = { version: 1, fingerprint: "a", movies: [{ ...HEAT, stars: 1 }] };
  const { profile, saved } = merged(before, taken(preview, {}), { fingerprint: "b", most: 10 });
  assert.deepEqual(profile.movies, [{ ...HEAT, stars: 1 }, { ...OTHER, saved: true }]);
  assert.equal(saved, 1);
  assert.equal(found(preview), "0 rated films; 2 to see, which will be saved.");
});

test("a profile holds no more than it may", () => {
  const empty = { version: 1, fingerprint: null, movies: [] };
  const { profile, added } = merged(empty, taken(PREVIEW, { 0: 7 }), { fingerprint: "b", most: 1 });
  assert.deepEqual(profile.movies, [{ ...HEAT, stars: 4.5 }]);
  assert.equal(added, 1);
});

test("what is said", () => {
  assert.equal(heading(PREVIEW), "IMDb: 3 rows read.");
  assert.equal(found(PREVIEW), "1 rated film; 1 seen without a rating, which can’t be added.");
  assert.equal(found({ matched: [rated(1, HEAT), rated(2, SABRINA)] }), "2 rated films.");
  assert.equal(done({ added: 1, replaced: 0, saved: 0 }), "1 film added.");
  assert.equal(done({ added: 2, replaced: 3, saved: 1 }), "2 films added, 3 changed, 1 saved.");
});

test("films not to come again are brought along, unless they are rated here", () => {
  const aside = [{ kind: "hidden", stars: null, film: SABRINA }, { kind: "dismissed", stars: null, film: HEAT }];
  const { profile, aside: count } = merged({ version: 1, movies: [{ ...HEAT, stars: 3 }] }, aside, { fingerprint: "f", most: 9 });
  assert.deepEqual(profile.movies, [{ ...HEAT, stars: 3 }, { ...SABRINA, hidden: true }]);
  assert.equal(count, 1);
});

test("it is said by what films were found", () => {
  assert.equal(hows([{ how: "id" }, { how: "title" }, { how: "id" }]), "2 by their ids on IMDb or TMDB, 1 by title and year");
  assert.equal(hows([]), "");
});
