"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { beforeEach, test } = require("node:test");

const SOURCE = readFileSync(join(__dirname, "../../assets/told_once.js"), "utf8");
let store, told;

// A store as Redux makes it, with a listener of Dash's own, which is there before the store is listed.
function made() {
  const listeners = [];
  return {
    state: 0,
    dispatch(change) { this.state = change(this.state); for (const each of listeners) each(); return "done"; },
    subscribe(listener) { listeners.push(listener); return () => listeners.splice(listeners.indexOf(listener), 1); },
  };
}

const add = (number) => (state) => state + number;

beforeEach(() => {
  const page = {};
  new Function("window", SOURCE)(page);
  told = { dash: [], page: [] };
  store = made();
  store.dispatch = store.dispatch.bind(store);
  store.subscribe(() => told.dash.push(store.state));
  page.dash_stores.push(store);
  assert.deepEqual([...page.dash_stores], [store]);
  delete globalThis.event;
});

test("the page hears once of changes in one go, Dash of each", async () => {
  store.subscribe(() => told.page.push(store.state));
  assert.equal(store.dispatch(add(1)), "done");
  store.dispatch(add(2));
  assert.deepEqual(told, { dash: [1, 3], page: [] });
  await null;
  store.dispatch(add(4));
  await null;
  assert.deepEqual(told.page, [3, 7]);
});

test("what is done in a field is heard before its event ends, once for changes within others", async () => {
  globalThis.event = { target: { nodeType: 1 } };
  store.subscribe(() => told.page.push(store.state));
  store.dispatch((state) => { store.dispatch(add(1)); return state + 2; });
  assert.equal(told.page.length, 1);
  await null;
  assert.equal(told.page.length, 1);
});

test("an event of the window is none of a field", async () => {
  globalThis.event = { target: {} };
  store.subscribe(() => told.page.push(store.state));
  store.dispatch(add(1));
  assert.deepEqual(told.page, []);
  await null;
  assert.deepEqual(told.page, [1]);
});

test("who has left hears nothing, not even of what was before", async () => {
  const leave = store.subscribe(() => told.page.push(store.state));
  store.dispatch(add(1));
  leave();
  await null;
  store.dispatch(add(1));
  await null;
  assert.deepEqual(told.page, []);
});
