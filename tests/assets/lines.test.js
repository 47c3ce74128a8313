"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/lines.js");
const { wrapped } = globalThis.reelscope.lines;
const length = (text) => text.length;

test("a line holds the words that fit", () => {
  assert.deepEqual(wrapped("the average  fell from 3.6\nto 3.4", 12, length), ["the average", "fell from", "3.6 to 3.4"]);
});

test("a word that is too long stands alone, and nothing is no line", () => {
  assert.deepEqual(wrapped("a supercalifragilistic b", 5, length), ["a", "supercalifragilistic", "b"]);
  assert.deepEqual(wrapped(" ", 5, length), []);
});
