"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const vm = require("node:vm");

const SOURCE = readFileSync(join(__dirname, "../../assets/early/built.js"), "utf8");

// As much of a document as elements are made with.
class Element {
  constructor(tag) { Object.assign(this, { tag, dataset: {}, attributes: {}, children: [], style: { setProperty(name, value) { this[name] = value; } } }); }
  setAttribute(name, value) { this.attributes[name] = String(value); }
  append(...children) { this.children.push(...children); }
}

function builder() {
  const own = { document: { createElement: (tag) => new Element(tag) }, Option: class { constructor(...given) { this.given = given; } }, Object, Array, JSON, Set, Map };
  own.globalThis = own;
  vm.runInNewContext(SOURCE, own);
  return own.reelscope.built;
}

const html = (type, props) => ({ type, namespace: "dash_html_components", props });
const dcc = (type, props) => ({ type, namespace: "dash_core_components", props });
const none = () => {};

test("an element has the attributes that React gives it, and no others", () => {
  const [made] = builder()(html("Label", { id: "l", className: "c", htmlFor: "f", "aria-label": "a", hidden: true, n_clicks: 0, title: null, children: "words" }), new Map(), none);
  assert.equal(made.tag, "label");
  assert.deepEqual(made.attributes, { class: "c", for: "early:f", "aria-label": "a", hidden: "" });
  assert.deepEqual([made.dataset.id, made.id, made.children], ["l", "early:l", ["words"]]);
});

test("an id of several keys is written as Dash does", () => {
  const seen = [];
  builder()(html("Div", { id: { type: "graph", chart: "one" } }), new Map(), (id) => seen.push(id));
  assert.deepEqual(seen, ['{"chart":"one","type":"graph"}']);
});

test("what came after the layout stands in its place", () => {
  const [made] = builder()([html("P", { id: "p", children: "before" })], new Map([["p", { children: ["after", 7] }]]), none);
  assert.deepEqual(made.children, ["after", "7"]);
});

test("what is not seen has no element, and neither has what is not known", () => {
  const parts = [dcc("Store", { id: "s" }), dcc("Location", {}), dcc("Anything", { children: "x" }), null, true];
  assert.equal(builder()(parts, new Map(), none).length, 0);
});

test("choices that are ticked are ticked", () => {
  const list = { type: "Checklist", namespace: "dash_bootstrap_components", props: { options: ["a", { label: "B", value: "b" }], value: ["b"] } };
  const [made] = builder()(list, new Map(), none);
  assert.deepEqual(made.children.map(({ children: [tick, label] }) => [tick.checked, label.children[0]]), [[false, "a"], [true, "B"]]);
});
