"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/profile.js");
const { cardClass, isHidden, rated, shown, spoken, touched } = globalThis.reelscope.profile;

const SLIDER = { min: "0.5", max: "5", step: "0.5" };
const HEAT = { movie_id: 6, title: "Heat", release_year: 1995, imdb_id: null };
const EMPTY = { version: 1, fingerprint: "f", movies: [] };
const having = (film) => ({ ...EMPTY, movies: [{ movie_id: 1, stars: 2 }, { ...HEAT, ...film }] });
const after = (film, act, value = 1) => touched(having(film), act, HEAT, value, SLIDER)?.movies.find((one) => one.movie_id === 6);

test("a slider rates a film, and says what the profile keeps of it", () => {
  const profile = touched(EMPTY, "slide", HEAT, "4.5", SLIDER);
  assert.deepEqual(profile, { ...EMPTY, movies: [{ ...HEAT, stars: 4.5 }] });
  assert.deepEqual(EMPTY.movies, []);
});

test("buttons move by half a star, from the middle of what is not rated, within the slider's ends", () => {
  assert.equal(touched(EMPTY, "more", HEAT, 1, SLIDER).movies[0].stars, 3);
  assert.equal(touched(EMPTY, "less", HEAT, 1, SLIDER).movies[0].stars, 3);
  assert.equal(after({ stars: 3 }, "more").stars, 3.5);
  assert.equal(after({ stars: 3 }, "less").stars, 2.5);
  assert.equal(after({ stars: 5 }, "more"), undefined);
  assert.equal(after({ stars: 0.5 }, "less"), undefined);
});

test("clearing and hiding", () => {
  assert.deepEqual(touched(having({ stars: 3 }), "clear", HEAT, 1, SLIDER).movies, [{ movie_id: 1, stars: 2 }]);
  assert.deepEqual(after({ stars: 3 }, "hide"), { ...HEAT, hidden: true });
  assert.equal(touched(having({ hidden: true }), "hide", HEAT, 2, SLIDER).movies.length, 1);
  assert.deepEqual(after({ hidden: true }, "more"), { ...HEAT, stars: 3 });
});

test("what is no touch or changes nothing is null", () => {
  assert.equal(touched(EMPTY, "clear", HEAT, 1, SLIDER), null);
  assert.equal(touched(EMPTY, "more", HEAT, 0, SLIDER), null);
  assert.equal(touched(EMPTY, "slide", HEAT, null, SLIDER), null);
  assert.equal(touched(having({ stars: 4 }), "slide", HEAT, "4", SLIDER), null);
});

test("what a card says", () => {
  assert.deepEqual([undefined, { stars: 4.5 }, { hidden: true }].map(shown), ["not rated", "4.5 ★", "not seen"]);
  assert.deepEqual([undefined, { stars: 4.5 }, { hidden: true }].map(spoken), ["not rated", "4.5 stars", "not seen"]);
  assert.deepEqual([undefined, { stars: 4.5 }, { hidden: true }].map(cardClass), ["rate-row unrated", "rate-row", "rate-row unrated hidden-film"]);
});

test("what a profile holds", () => {
  const profile = { ...EMPTY, movies: [{ movie_id: 1, stars: 2 }, { movie_id: 2, hidden: true }] };
  assert.equal(rated(profile), 1);
  assert.ok(isHidden(profile, 2));
  assert.ok(!isHidden(profile, 1) && !isHidden(profile, 3));
});
