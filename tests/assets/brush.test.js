"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

globalThis.addEventListener = () => {};
require("../../assets/brush.js");
const { months, numbers } = globalThis.reelscope.brush;

// An axis of 100 pixels, each a month from January 2000 on.
const axis = { _length: 100, p2d: (pixel) => new Date(Date.UTC(2000, pixel, 15)).toISOString().replace("T", " ") };

test("a drag either way is from the earlier month to the later", () => {
  assert.deepEqual(months(axis, 2, 26), ["2000-03", "2002-03"]);
  assert.deepEqual(months(axis, 26, 2), ["2000-03", "2002-03"]);
});

test("beyond the axis there are no months", () => {
  assert.deepEqual(months(axis, -50, 1000), ["2000-01", "2008-05"]);
});

test("a box is from the lower number to the higher, whichever way its axis runs", () => {
  const up = { _length: 100, p2d: (pixel) => 1 + pixel / 30 }, down = { _length: 100, p2d: (pixel) => 1 - pixel / 30 };
  assert.deepEqual(numbers(up, 45, 10), ["1.333", "2.5"]);
  assert.deepEqual(numbers(down, 10, 45), ["-0.5", "0.667"]);
});
