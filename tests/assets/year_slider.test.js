"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

globalThis.addEventListener = () => {};
globalThis.window = { dash_clientside: {} };
require("../../assets/year_slider.js");
const { chosen } = globalThis.reelscope.yearSlider;

test("an end that lies at the chart's own is open", () => {
  assert.deepEqual(chosen(1900, 2019, 1900, 2019).values, { first: null, last: null });
  assert.deepEqual(chosen(1990, 2019, 1900, 2019).values, { first: 1990, last: null });
});

test("sliders may pass each other", () => {
  const found = chosen(1999, 1990, 1900, 1999);
  assert.deepEqual(found.values, { first: 1990, last: null });
  assert.equal(found.said, "1990 to 1999");
  assert.deepEqual([found.left, found.right], [90, 0]);
});

test("one year is named once", () => {
  assert.equal(chosen(1994, 1994, 1900, 1999).said, "1994");
});
