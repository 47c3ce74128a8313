"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const vm = require("node:vm");

const SOURCE = readFileSync(join(__dirname, "../../assets/early/plotly.js"), "utf8");
const FIGURE = { data: [{ y: [1] }] };
const BLANK = { data: [] };

// Plotly as the page has it once the bundle is there, and what was asked of it.
async function loaded() {
  const asked = [];
  const told = (name) => async (element) => { asked.push([name, element.name]); return element; };
  const script = {};
  const watched = new Set();
  let come;
  class IntersectionObserver {
    constructor(seen) { come = (target) => watched.has(target) && seen([{ isIntersecting: true, target }]); }
    observe(each) { watched.add(each); }
    unobserve(each) { assert.ok(each, "an element"); watched.delete(each); }
  }
  const idle = [];
  const own = { IntersectionObserver, requestIdleCallback: (work) => idle.push(work), innerHeight: 900, document: { currentScript: { dataset: { bundle: "b.js" } }, createElement: () => script, head: { append() {} } }, Map, Object, Math, Promise, Event: class { constructor(type) { this.type = type; } }, Error };
  own.window = own;
  vm.runInNewContext(SOURCE, own);
  const waiting = own.Plotly;
  own.Plotly = { react: told("react"), purge: told("purge"), newPlot: told("newPlot"), Plots: { resize: told("resize") } };
  script.onload();
  await waiting;
  return { plotly: own.Plotly, asked, come, idle, watched };
}

function plot(name, size = { width: 300, height: 200 }) {
  const events = [];
  return { name, events, isConnected: true, parentElement: { id: name }, _fullLayout: { width: 300, height: 200 }, getBoundingClientRect: () => size, dispatchEvent: ({ type }) => events.push(type), on: (event) => events.push(event) };
}

const at = (top, name = "p") => ({ ...plot(name, { top, bottom: top + 300 }), data: [{ y: [0] }] });

test("a chart that is far is drawn again when it comes near, as it is by then", async () => {
  const { plotly, asked, come, watched } = await loaded();
  const near = at(1300, "near"), far = at(1400, "far"), above = at(-800, "above");
  for (const each of [near, far, above]) await plotly.react(each, FIGURE);
  assert.deepEqual(asked, [["react", "near"]]);
  await plotly.react(far, BLANK);
  come(far);
  come(far);
  assert.deepEqual(asked.slice(1), [["react", "far"]]);
  await plotly.drawAll();
  assert.deepEqual(asked.slice(2), [["react", "above"]]);
  assert.equal(watched.size, 0);
});

test("charts that are far are drawn one by one once there is nothing else to do, each once", async () => {
  const { plotly, asked, idle, watched } = await loaded();
  const all = ["one", "other", "gone"].map((name) => at(5000, name));
  for (const each of all) await plotly.react(each, FIGURE);
  await plotly.react(all[0], BLANK);
  plotly.purge(all[2]);
  assert.deepEqual([asked, idle.length], [[["purge", "gone"]], 1]);
  idle.shift()();
  assert.deepEqual([asked.slice(1), idle.length], [[["react", "other"]], 1]);
  idle.shift()();
  assert.deepEqual([asked.slice(2), idle.length, watched.size], [[["react", "one"]], 0, 0]);
});

test("nothing is left to do where all have come near meanwhile", async () => {
  const { plotly, asked, come, idle } = await loaded();
  const far = at(5000, "far");
  await plotly.react(far, FIGURE);
  come(far);
  idle.shift()();
  assert.deepEqual([asked, idle.length], [[["react", "far"]], 0]);
});

test("one that shows nothing is drawn wherever it is, and one that has gone nowhere", async () => {
  const { plotly, asked, watched } = await loaded();
  await plotly.react({ ...at(5000, "new"), data: undefined }, FIGURE);
  const gone = at(5000, "gone");
  await plotly.react(gone, FIGURE);
  plotly.purge(gone);
  await plotly.drawAll();
  assert.deepEqual([asked, watched.size], [[["react", "new"], ["purge", "gone"]], 0]);
});

test("a chart is not drawn again in the size that it has", async () => {
  const { plotly, asked } = await loaded();
  await plotly.Plots.resize(plot("same"));
  await plotly.Plots.resize(plot("wider", { width: 301, height: 200 }));
  assert.deepEqual(asked, [["resize", "wider"]]);
});

test("a chart that was drawn early is Dash's without being drawn again", async () => {
  const { plotly, asked } = await loaded();
  const early = plot("early");
  const graph = plot("g");
  await plotly.drawEarly("g", early, FIGURE);
  assert.equal(await plotly.react(graph, BLANK), graph);
  assert.deepEqual(early.events, []);
  await plotly.react(graph, { data: FIGURE.data });
  assert.deepEqual([asked, early.events], [[["newPlot", "early"]], ["taken"]]);
  graph.on("plotly_click");
  assert.deepEqual(early.events, ["taken", "plotly_click"]);
});

test("another figure than the early one is drawn in its place, as are later ones", async () => {
  const { plotly, asked } = await loaded();
  const early = plot("early");
  const graph = plot("g");
  await plotly.drawEarly("g", early, FIGURE);
  await plotly.react(graph, { data: [{ y: [2] }] });
  await plotly.react(graph, { data: [{ y: [3] }] });
  assert.deepEqual(asked.slice(1), [["react", "early"], ["react", "early"]]);
  assert.deepEqual(early.events, ["taken"]);
});

test("a chart whose page was shown before Dash asked for it is put into its place", async () => {
  const { plotly } = await loaded();
  const early = Object.assign(plot("early"), { isConnected: false });
  const put = [];
  const graph = Object.assign(plot("g"), { append: (element) => put.push(element) });
  await plotly.drawEarly("g", early, FIGURE);
  await plotly.react(graph, BLANK);
  assert.deepEqual(put, [early]);
});

test("other charts are drawn as ever", async () => {
  const { plotly, asked } = await loaded();
  await plotly.react(plot("g"), BLANK);
  assert.deepEqual(asked, [["react", "g"]]);
});
