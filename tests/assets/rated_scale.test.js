"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/rated_scale.js");
const { shown, places, spoken, use, yours } = globalThis.reelscope.ratedScale;

test("stars are stars until the server says otherwise", () => {
  assert.equal(use(null), false);
  assert.equal(shown(3.5), "3.5 ★");
  assert.equal(spoken(4), "4 stars");
  assert.deepEqual([yours(), places()], ["your stars", { min: 0.5, max: 5, step: 0.5 }]);
});

test("stars are numbers of the dataset's scale", () => {
  assert.equal(use({ best: 10, star: 2, worst: 0.5, places: 0, stars: false }), true);
  assert.deepEqual([0.5, 3.5, 5].map(shown), ["1 of 10", "7 of 10", "10 of 10"]);
  assert.equal(spoken(3.5), "7 of 10");
  assert.equal(yours(), "your rating");
  assert.equal(use({ best: 10, star: 2, worst: 0.5, places: 0, stars: false }), false);
  use({ best: 100, star: 200 / 9, worst: 0.5, places: 0, stars: false });
  assert.deepEqual([0.5, 3.5, 5].map(shown), ["0 of 100", "67 of 100", "100 of 100"]);
  use({ best: 5, star: 1, worst: 1, step: 1, places: 1, stars: true });
  assert.deepEqual([shown(1), places()], ["1 ★", { min: 1, max: 5, step: 1 }]);
  assert.equal(use(null), true);
});
