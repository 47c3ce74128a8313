"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { beforeEach, test } = require("node:test");

const SOURCE = readFileSync(join(__dirname, "../../assets/told_once.js"), "utf8");
let store, told;

// A store as Redux makes it.
function made() {
  const listeners = [];
  let state = { layout: 0, layoutHashes: { "props,children,3": {} }, loading: 0, callbacks: 0 };
  return {
    getState: () => state,
    dispatch: (change) => { state = { ...state, ...(typeof change === "function" ? change(state) : { layoutHashes: {} }) }; for (const each of [...listeners]) each(); return "done"; },
    subscribe: (listener) => { listeners.push(listener); return () => listeners.splice(listeners.indexOf(listener), 1); },
  };
}

const set = (changes) => () => changes;
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

beforeEach(() => {
  const page = {};
  new Function("window", SOURCE)(page);
  told = { dash: [], page: [] };
  store = made();
  store.subscribe(() => told.dash.push(store.getState().layout)); // Dash's own is there before
  page.dash_stores.push(store);
  assert.deepEqual([...page.dash_stores], [store]);
  store.subscribe(() => told.page.push(store.getState().layout));
  delete globalThis.event;
});

test("the page hears once of changes in one go, Dash of each", async () => {
  assert.equal(store.dispatch(set({ layout: 1 })), "done");
  store.dispatch(set({ layout: 2 }));
  assert.deepEqual(told, { dash: [1, 2], page: [] });
  await null;
  store.dispatch(set({ layout: 3 }));
  await null;
  assert.deepEqual(told.page, [2, 3]);
});

test("what the page does not show it does not hear of", async () => {
  store.dispatch(set({ callbacks: 1 }));
  store.dispatch(set({}));
  await pause(80);
  assert.deepEqual(told, { dash: [0, 0], page: [] });
});

test("a part that is drawn anew and was never changed changes nothing", async () => {
  const reset = (...itempath) => store.dispatch({ type: "RESET_COMPONENT_STATE", payload: { itempath } });
  reset("props", "children", 4);
  await null;
  assert.deepEqual(told, { dash: [], page: [] });
  reset("props", "children");
  await null;
  assert.deepEqual(told, { dash: [0], page: [0] });
});

test("what is waited for is told with what changes next, or a little later", async () => {
  store.dispatch(set({ loading: 1 }));
  await null;
  assert.deepEqual(told.page, []);
  store.dispatch(set({ layout: 1 }));
  await pause(80);
  assert.deepEqual(told.page, [1]);
  store.dispatch(set({ loading: 0 }));
  store.dispatch(set({ loading: 1 }));
  await pause(80);
  assert.deepEqual(told.page, [1, 1]);
});

test("what is done in a field is heard before its event ends, once for changes within others", async () => {
  globalThis.event = { target: { nodeType: 1 } };
  store.dispatch(() => { store.dispatch(set({ layout: 1 })); return { layout: 2 }; });
  assert.deepEqual(told.page, [2]);
  await null;
  assert.deepEqual(told.page, [2]);
});

test("an event of the window is none of a field", async () => {
  globalThis.event = { target: {} };
  store.dispatch(set({ layout: 1 }));
  assert.deepEqual(told.page, []);
  await null;
  assert.deepEqual(told.page, [1]);
});

test("who has left hears nothing, not even of what was before", async () => {
  const more = [];
  const leave = store.subscribe(() => more.push(store.getState().layout));
  store.dispatch(set({ layout: 1 }));
  leave();
  await null;
  assert.deepEqual([more, told.page], [[], [1]]);
});
