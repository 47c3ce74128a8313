"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/map_view.js");
const { free, pinched, place, zoomed } = globalThis.reelscope.mapView;
const LIMITS = { width: 1.06, zoom: 100 };

test("the whole map is its middle at zoom 1", () => {
  assert.equal(place([-0.03, 1.03], [-0.03, 1.03], 1.06), "0.5,0.5,1");
  assert.equal(place([0, 0.53], [0.2, 0.73], 1.06), "0.265,0.465,2");
});

test("zooming keeps the middle and ends at the closest", () => {
  assert.deepEqual(zoomed([0, 1], 2, LIMITS), [0.25, 0.75]);
  assert.deepEqual(zoomed([0.25, 0.75], 0.5, LIMITS), [0, 1]);
  const [low, high] = zoomed([0.4999, 0.5001], 2, LIMITS);
  assert.ok(Math.abs(high - low - 0.0106) < 1e-9);
});

test("no zoom is the whole map", () => {
  assert.deepEqual(zoomed([0.1, 0.2], 0, LIMITS), [0.5 - 0.53, 0.5 + 0.53]);
});

test("of boxes that overlap the first is free", () => {
  const box = (left, top) => ({ left, top, right: left + 50, bottom: top + 10 });
  assert.deepEqual(free([box(0, 0), box(40, 5), box(40, 20), box(45, 12), box(53, 0), box(55, 0)]), [true, false, true, false, false, true]);
});

test("what two fingers hold stays between them", () => {
  const near = (found, wanted) => found.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]) < 1e-9, `${found}`));
  near(pinched([0, 1], 0.5, 0.5, 2, LIMITS), [0.25, 0.75]);
  near(pinched([0, 1], 0.25, 0.25, 2, LIMITS), [0.125, 0.625]);
  near(pinched([0, 1], 0.25, 0.5, 1, LIMITS), [-0.25, 0.75]);
  const [low, high] = pinched([0, 1], 0.5, 0.5, 0.1, LIMITS);
  assert.ok(Math.abs(high - low - LIMITS.width) < 1e-9, "never wider than the whole");
});
