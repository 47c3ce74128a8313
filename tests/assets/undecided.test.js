"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/imported.js");
require("../../assets/undecided.js");
const { decided, keptOpen, undecided, waiting } = globalThis.reelscope.undecided;

const MOST = 10;
const HEAT = { movie_id: 6, title: "Heat", release_year: 1995, imdb_id: null };
const OTHER = { movie_id: 7, title: "Heat", release_year: 1986, imdb_id: null };
const ROW = { row: 1, how: "title", said: "Heat", kind: "rated", stars: 4, films: [HEAT, OTHER] };
const SECOND = { ...ROW, said: "The Heat", kind: "saved", stars: null };
const PROFILE = { version: 1, fingerprint: "a", movies: [] };

test("what is not decided is kept, and once only", () => {
  const kept = keptOpen(keptOpen(PROFILE, [ROW, SECOND], [ROW, SECOND]), [ROW], [{ ...ROW, stars: 5 }]);
  assert.deepEqual(undecided(kept).map(({ said, stars }) => [said, stars]), [["The Heat", null], ["Heat", 5]]);
  assert.deepEqual(keptOpen(kept, [ROW, SECOND], []), PROFILE);
});

test("the film that is meant counts, and none but leaves the list", () => {
  const kept = keptOpen(PROFILE, [ROW, SECOND], [ROW, SECOND]);
  const chosen = decided(kept, undecided(kept)[0], 7, MOST);
  assert.deepEqual(chosen.movies, [{ ...OTHER, stars: 4 }]);
  assert.deepEqual(undecided(chosen).map(({ said }) => said), ["The Heat"]);
  const none = decided(chosen, undecided(chosen)[0], null, MOST);
  assert.deepEqual([none.movies, undecided(none)], [chosen.movies, []]);
});

test("a film of another dataset waits no more once it is decided", () => {
  const elsewhere = [{ ...HEAT, movie_id: 99, stars: 4, fingerprint: "b" }, { ...OTHER, movie_id: 98, stars: 1, fingerprint: "b" }];
  const kept = keptOpen({ ...PROFILE, elsewhere }, [], waiting([ROW], elsewhere));
  assert.deepEqual(decided(kept, undecided(kept)[0], 6, MOST).elsewhere, [elsewhere[1]]);
  assert.deepEqual(decided(kept, undecided(kept)[0], null, MOST).elsewhere, elsewhere);
});

test("nothing of another dataset is offered, nothing damaged, and nothing that was only seen", () => {
  const kept = keptOpen(PROFILE, [], [ROW, { ...ROW, said: "Seen", kind: "seen", stars: null }]);
  assert.equal(undecided(kept).length, 1);
  assert.deepEqual(undecided({ ...kept, fingerprint: "b" }), []);
  for (const rows of ["x", null, [null, 3, { said: 1 }, { ...ROW, films: [] }, { ...ROW, films: [null] }, { ...ROW, stars: "4" }, { ...ROW, kind: "x" }]]) {
    assert.deepEqual(undecided({ ...PROFILE, undecided: { fingerprint: "a", rows } }), [], JSON.stringify(rows));
  }
});
