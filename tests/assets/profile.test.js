"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/profile.js");
require("../../assets/rated_scale.js");
const { asked, barWords, cardClass, isHidden, marked, rated, restored, said, shown, sound, spoken, stateOf, touched, unread } = globalThis.reelscope.profile;

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

const RULES = { version: 1, most: 3, stars: [0.5, 4.5] };
const read = (kept) => sound(JSON.stringify(kept), RULES);
const HALF = { movie_id: 2, stars: 4.5 };
const UNSEEN = { movie_id: 3, hidden: true };

test("a profile comes back from storage as it went", () => {
  const profile = { ...EMPTY, movies: [HALF, UNSEEN] };
  assert.deepEqual(read(profile), { profile, lost: 0 });
  assert.deepEqual(sound(null, RULES), { profile: { ...EMPTY, fingerprint: null }, lost: 0 });
});

test("what is no profile is lost as a whole", () => {
  for (const text of ["", "{", "3", "[]", '"no"', '{"version": 2, "movies": []}', '{"version": 1, "movies": {}}']) {
    assert.deepEqual(sound(text, RULES), { profile: { ...EMPTY, fingerprint: null }, lost: Infinity }, text);
  }
});

test("films that are none, or too many, are lost alone", () => {
  const wrong = [null, 3, "x", {}, { movie_id: 1 }, { movie_id: "1", stars: 4.5 }, { movie_id: 1, stars: 7 }, { movie_id: -1, stars: 4.5 }, { movie_id: 2 ** 31, hidden: true }];
  assert.deepEqual(read({ ...EMPTY, movies: [...wrong, HALF] }), { profile: { ...EMPTY, movies: [HALF] }, lost: wrong.length });
  assert.equal(read({ ...EMPTY, movies: [HALF, HALF, HALF, UNSEEN] }).lost, 1);
});

test("what is said of them", () => {
  assert.match(unread(1), /^1 film that .* is left out/);
  assert.match(unread(2), /^2 films that .* are left out/);
  assert.match(unread(Infinity), /start without any/);
});

test("the question before all is forgotten says what would be", () => {
  const of = (...movies) => asked({ ...EMPTY, movies });
  assert.equal(of({ movie_id: 1, stars: 2 }), "Forget 1 rating?");
  assert.equal(of({ movie_id: 1, stars: 2 }, { movie_id: 2, stars: 2 }, { movie_id: 3, hidden: true }), "Forget 2 ratings and 1 sent away?");
});

test("what is restored keeps what was rated since", () => {
  const before = { ...EMPTY, movies: [{ movie_id: 1, stars: 2 }, HALF] };
  const since = { ...EMPTY, movies: [{ movie_id: 2, stars: 0.5 }] };
  assert.deepEqual(restored(before, since), { ...EMPTY, movies: [{ movie_id: 1, stars: 2 }, { movie_id: 2, stars: 0.5 }] });
});

test("a film is rated, saved or sent away, one of them at a time, and none again by the same mark", () => {
  const mark = (profile, act, stars) => marked(profile, HEAT, act, stars);
  const states = (profile) => stateOf(profile, 6);
  const saved = mark(EMPTY, "save");
  assert.deepEqual(saved.movies, [{ ...HEAT, saved: true }]);
  assert.equal(states(saved), "saved");
  assert.deepEqual(mark(saved, "save").movies, []);
  const away = mark(saved, "dismiss");
  assert.deepEqual(away.movies, [{ ...HEAT, hidden: true, dismissed: true }]);
  assert.equal(states(away), "sent away");
  assert.equal(states(mark(away, "dismiss")), "nothing");
  const given = mark(away, "rate", 4);
  assert.deepEqual(given.movies, [{ ...HEAT, stars: 4 }]);
  assert.equal(states(mark(given, "remove")), "nothing");
  assert.deepEqual(EMPTY.movies, []);
});

test("what was done is said by what the film is now", () => {
  assert.equal(said(HEAT, "save", "saved"), "Heat is saved, on the page Yours.");
  assert.equal(said(HEAT, "save", "nothing"), "Heat is no longer saved.");
  assert.equal(said(HEAT, "dismiss", "sent away"), "Heat will not be recommended.");
  assert.equal(said(HEAT, "rate", "rated"), "Heat is among your ratings.");
});

test("a saved film that is then rated is saved no more, and stored ones are read again", () => {
  assert.deepEqual(after({ saved: true }, "more"), { ...HEAT, stars: 3 });
  const text = JSON.stringify({ version: 1, movies: [{ ...HEAT, saved: true }] });
  assert.equal(sound(text, { version: 1, most: 9, stars: [1] }).lost, 0);
});

test("the bar says how many are rated, and how many that takes", () => {
  assert.equal(barWords(0, 3), "0 of 3 rated");
  assert.equal(barWords(2, 3), "2 of 3 rated");
  assert.equal(barWords(3, 3), "3 rated");
});
