"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/guests.js");
const { freeName, guestOf, guestOfPreview, sound } = globalThis.reelscope.guests;

test("a profile is its ratings and what was sent away; not seen is neither", () => {
  const movies = [{ movie_id: 1, stars: 4 }, { movie_id: 2, hidden: true }, { movie_id: 3, hidden: true, dismissed: true }, { movie_id: 4, saved: true }];
  assert.deepEqual(guestOf("Ann", movies), { name: "Ann", ratings: [[1, 4]], dismissed: [3] });
});

test("of a file counts what was found for certain", () => {
  const matched = [{ kind: "rated", stars: 3.5, films: [{ movie_id: 6 }] }, { kind: "seen", stars: null, films: [{ movie_id: 7 }] }, { kind: "dismissed", stars: null, films: [{ movie_id: 8 }] }];
  assert.deepEqual(guestOfPreview("Bob", { matched, unsure: [{}] }), { name: "Bob", ratings: [[6, 3.5]], dismissed: [8] });
});

test("everybody has a name of their own", () => {
  assert.equal(freeName("  Ann ", ["You"], 30), "Ann");
  assert.equal(freeName("Ann", ["Ann", "Ann 2"], 30), "Ann 3");
  assert.equal(freeName("", ["Guest 1"], 30), "Guest 2");
  assert.equal(freeName("abcdef", [], 4), "abcd");
});

test("what the tab kept is read, and of a damaged text nothing", () => {
  const ann = { name: "Ann", ratings: [], dismissed: [] };
  const none = { guests: [], own: true, draft: null, fingerprint: "a" };
  assert.deepEqual(sound(JSON.stringify({ guests: [ann, { name: 3 }], own: false, fingerprint: "a" }), "a"), { ...none, guests: [ann], own: false });
  assert.deepEqual(sound("{", "a"), none);
  assert.deepEqual(sound(null, "a"), none);
});

test("guests of another dataset are gone, and their names are told", () => {
  const text = JSON.stringify({ guests: [{ name: "Ann", ratings: [[6, 4]], dismissed: [] }], own: true, draft: { films: { 6: 4 } }, fingerprint: "b" });
  assert.deepEqual(sound(text, "a"), { guests: [], own: true, draft: null, fingerprint: "a", gone: ["Ann"] });
});
