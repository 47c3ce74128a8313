"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/address.js");
require("../../assets/wishes.js");
const { part, read, texts, values, written } = globalThis.reelscope.wishes;

const ERA = { key: "era", usual: "any", known: ["any", "old"] };
const SPLIT = { key: "split", usual: 2000, least: 1900, most: 2100, step: 1 };
const SURPRISE = { key: "surprise", usual: 0, least: -1, most: 1, step: 0.2 };
const KINDS = { key: "kinds", usual: [] }, WITHOUT = { key: "without-kinds", usual: [] };
const COMPARE = { key: "compare", usual: false };
const ALL = [ERA, SPLIT, SURPRISE, KINDS, WITHOUT, COMPARE];

test("an address says what is wanted, and is written from it", () => {
  const chosen = ["old", 1980, "0.6", ["Horror", "Sci-Fi"], ["War"], true];
  const query = new URLSearchParams(texts(ALL, chosen)).toString();
  assert.deepEqual(values(ALL, query), ["old", 1980, 0.6, ["Horror", "Sci-Fi"], ["War"], true]);
});

test("what is usual is not written", () => {
  assert.deepEqual(texts(ALL, ["any", 2000, 0, [], [], false]), { era: null, split: null, surprise: null, kinds: null, "without-kinds": null, compare: null });
  assert.equal(written(SPLIT, null), null);
  assert.equal(written(SPLIT, ""), null);
});

test("a value that means nothing is the usual one", () => {
  for (const [wish, text] of [[ERA, "young"], [SPLIT, "12"], [SPLIT, "x"], [SPLIT, ""], [SURPRISE, "9"], [SURPRISE, "NaN"], [COMPARE, "2"]]) {
    assert.deepEqual(read(wish, text), wish.usual, `${wish.key}=${text}`);
  }
  assert.equal(read(SPLIT, "1990.4"), 1990);
  assert.equal(read(SURPRISE, "0.31"), 0.4);
});

test("the part of an address that wishes are", () => {
  assert.equal(part(ALL, "genres=Drama&era=old&without=Sci-Fi&dataset=a&kinds=Horror&without-kinds=War"), "era=old&kinds=Horror&without-kinds=War");
  assert.equal(part(ALL, ""), "");
});
