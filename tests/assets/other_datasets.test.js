"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/imported.js");
require("../../assets/other_datasets.js");
const { foundHere, mended, setAside, told, waits } = globalThis.reelscope.otherDatasets;

const MOST = 10;
const HEAT = { movie_id: 6, title: "Heat", release_year: 1995, imdb_id: null };
const CASINO = { movie_id: 16, title: "Casino", release_year: 1995, imdb_id: null };
const BEFORE = { version: 1, fingerprint: "a", movies: [{ ...HEAT, stars: 4 }, { ...CASINO, saved: true }] };
const HERE = { ...HEAT, movie_id: 16 };
const matched = (row, film, said) => ({ row, how: "id", films: [film], stars: null, ...said });

test("films of another dataset wait, each with the dataset that its number is of", () => {
  const aside = setAside(BEFORE, "b", MOST);
  assert.deepEqual(aside.movies, []);
  assert.deepEqual(aside.elsewhere.map(({ title, fingerprint }) => [title, fingerprint]), [["Heat", "a"], ["Casino", "a"]]);
  assert.equal(waits(aside), true);
  assert.equal(setAside(BEFORE, "a", MOST), BEFORE);
  assert.equal(waits(BEFORE), false);
  const of_none = { version: 1, fingerprint: null, movies: BEFORE.movies };
  assert.deepEqual(setAside(of_none, "b", MOST), { ...of_none, fingerprint: "b" });
});

test("what is found counts by its number here, the rest waits on, and both are said", () => {
  const read = { matched: [matched(1, HERE, { kind: "rated", stars: 4 })], unsure: [] };
  const { profile, news } = foundHere(setAside(BEFORE, "b", MOST), read, MOST);
  assert.deepEqual(profile.movies, [{ ...HERE, stars: 4 }]);
  assert.deepEqual(profile.elsewhere, [{ ...CASINO, saved: true, fingerprint: "a", lost: true }]);
  assert.equal(news, true);
  assert.equal(waits(profile), false);
  assert.equal(told(read, 1), "Your ratings are of another dataset. Found here: 1 rated film (1 by their ids on IMDb or TMDB). 1 film is not found here for certain, and kept for the dataset that has it.");
  assert.equal(told({ matched: [] }, 2), "Your ratings are of another dataset. None of their films was found here. They are kept for the dataset that has them.");
});

test("what was rated since counts more than what was rated elsewhere", () => {
  const since = { ...setAside(BEFORE, "b", MOST), movies: [{ ...HERE, stars: 1 }] };
  const read = { matched: [matched(1, HERE, { kind: "rated", stars: 4 }), matched(2, { ...CASINO, movie_id: 6 }, { kind: "saved" })], unsure: [] };
  const { profile } = foundHere(since, read, MOST);
  assert.deepEqual(profile.movies.map(({ movie_id, stars, saved }) => [movie_id, stars ?? saved]), [[6, true], [16, 1]]);
});

test("a dataset that only grew is no news, and films missing from both are not told again", () => {
  const same = { matched: [matched(1, HEAT, { kind: "rated", stars: 4 }), matched(2, CASINO, { kind: "saved" })], unsure: [] };
  assert.equal(foundHere(setAside(BEFORE, "b", MOST), same, MOST).news, false);
  const lost = { ...BEFORE, movies: [], elsewhere: [{ ...HEAT, stars: 4, fingerprint: "z", lost: true }] };
  assert.equal(foundHere(setAside(lost, "b", MOST), { matched: [], unsure: [] }, MOST).news, false);
  assert.equal(foundHere(setAside(lost, "b", MOST), { matched: [matched(1, HERE, { kind: "rated", stars: 4 })], unsure: [] }, MOST).news, true);
});

test("a film that the visitor chose waits no longer", () => {
  const films = [{ ...HEAT, movie_id: 1, fingerprint: "a" }, { ...HEAT, fingerprint: "a" }, { ...CASINO, fingerprint: "a" }];
  const profile = { ...BEFORE, elsewhere: [{ ...films[1], lost: true }, { ...films[2], lost: true }] }; // the first was found
  const read = { matched: [], unsure: [{ row: 3 }, { row: 2 }] };
  assert.deepEqual(mended(profile, { films, read }, { 0: 16, 1: undefined }).elsewhere, [{ ...films[1], lost: true }]);
});
