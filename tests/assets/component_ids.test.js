"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/component_ids.js");
const { domId, idOf, inputOf } = globalThis.reelscope.componentIds;

test("the id attribute of a dictionary has its keys in order", () => {
  assert.equal(domId({ type: "graph", chart: "taste-map" }), '{"chart":"taste-map","type":"graph"}');
  assert.equal(domId("view"), "view");
});

test("a trigger names one of the inputs, alone or among all that match", () => {
  const inputs = [
    [{ id: { type: "rate-slider", movie: 1 }, property: "value" }, { id: { type: "rate-slider", movie: 2 }, property: "value" }],
    [],
    { id: "profile", property: "data" },
  ];
  assert.equal(inputOf({ prop_id: '{"movie":2,"type":"rate-slider"}.value' }, inputs), 0);
  assert.equal(inputOf({ prop_id: "profile.data" }, inputs), 2);
  assert.equal(inputOf({ prop_id: "profile.modified_timestamp" }, inputs), -1);
  assert.equal(inputOf({ prop_id: "." }, inputs), -1);
});

test("a trigger's id is a dictionary where it was made of one", () => {
  assert.deepEqual(idOf({ prop_id: '{"movie":2,"type":"add"}.n_clicks' }), { movie: 2, type: "add" });
  assert.deepEqual(idOf({ prop_id: '{"movie":"a.b","type":"add"}.n_clicks' }), { movie: "a.b", type: "add" });
  assert.equal(idOf({ prop_id: "others.n_clicks" }), "others");
});
