"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const vm = require("node:vm");

const SOURCE = readFileSync(join(__dirname, "../../assets/early/answers.js"), "utf8");
const UPDATE = "/_dash-update-component";

// A page whose HTML brought `brought`; `server` is its fetch.
// tops: pixels from the top of the window, by chart.
function page(brought, server, tops = {}) {
  const window = { fetch: server };
  const document = {
    currentScript: { dataset: { together: "/_answers" } },
    getElementById(id) {
      if (id === "first-answers") return { textContent: JSON.stringify(brought) };
      const top = tops[JSON.parse(id).chart];
      return { getBoundingClientRect: () => ({ top, bottom: top + 300 }) };
    },
  };
  const location = { href: "http://here/", pathname: "/" };
  window.reelscope = { theme: { current: () => "dim" } };
  const own = { globalThis: window, window, document, location, URL, Headers, TextDecoderStream, JSON, Map, Object, Promise, setTimeout, innerHeight: 900, requestAnimationFrame: setTimeout };
  vm.runInNewContext(SOURCE, own);
  const ask = (post, inputs = []) => {
    const body = JSON.stringify(typeof post === "string" ? { output: post, inputs } : { inputs, ...post });
    return window.fetch(UPDATE, { method: "POST", headers: {}, body });
  };
  return Object.assign(ask, { location, window });
}

const input = (id, value) => ({ id, property: "data", value });
const json = (value) => new Response(JSON.stringify(value));

test("callbacks of one moment are one request, each with its own answer", async () => {
  const asked = [];
  const ask = page({}, async (url, { body }) => {
    asked.push(url);
    const { posts } = JSON.parse(body);
    return new Response(posts.map((post, i) => JSON.stringify([i ? 503 : 200, i ? "2" : "", JSON.parse(post).output])).join("\n") + "\n");
  });
  const [one, other] = await Promise.all([ask("one"), ask("other")]);
  assert.deepEqual(asked, ["/_answers"]);
  assert.equal(await one.json(), "one");
  assert.ok(one.ok);
  assert.equal(other.status, 503);
  assert.equal(other.headers.get("Retry-After"), "2");
});

test("words come first, then charts in view, then the others", async () => {
  const tops = { seen: 10, below: 5000 };
  const drawn = (chart) => ({ output: chart, outputs: [{ id: { type: "graph", chart }, property: "figure" }] });
  const order = [];
  const ask = page({}, async (url, { body }) => {
    const { posts } = JSON.parse(body);
    order.push(...posts.map((post) => JSON.parse(post).output));
    return new Response(posts.map(() => '[200,"",1]\n').join(""));
  }, tops);
  await Promise.all([drawn("below"), drawn("seen"), { output: "words", outputs: { id: "words" } }].map((post) => ask(post)));
  assert.deepEqual(order, ["words", "seen", "below"]);
});

test("one alone is asked as ever", async () => {
  const asked = [];
  await page({}, async (url) => { asked.push(url); return json(1); })("one");
  assert.deepEqual(asked, [UPDATE]);
});

test("who gets no answer asks alone", async () => {
  const ask = page({}, async (url, { body }) => {
    if (url === "/_answers") return new Response(`[200,"","first"]\n[200,"","cut sh`);
    return json(JSON.parse(body).output);
  });
  const answers = await Promise.all(["a", "b", "c"].map((output) => ask(output)));
  assert.deepEqual(await Promise.all(answers.map((each) => each.json())), ["first", "b", "c"]);
});

test("what the HTML brought is not asked for, once and for the same inputs alone", async () => {
  const brought = { posts: [{ output: "view.data", inputs: { "url.data": { path: "/" } }, answer: { brought: 1 } }] };
  const server = async () => json({ asked: 1 });
  const ask = page(brought, server);
  assert.deepEqual(await (await ask("view.data", [input("url", { path: "/" })])).json(), { brought: 1 });
  assert.deepEqual(await (await ask("view.data", [input("url", { path: "/" })])).json(), { asked: 1 });
  const other = await page(brought, server)("view.data", [input("url", { path: "/genres" })]);
  assert.deepEqual(await other.json(), { asked: 1 });
});

test("what the page will ask is asked at once, in the visitor's theme, and not again", async () => {
  const post = { output: "summary", inputs: [{ id: "view", value: { query: "", by: "url" } }, { id: "theme", value: null }] };
  const asked = [];
  const server = async (url, { body }) => {
    asked.push(JSON.parse(body).posts?.map((each) => JSON.parse(each).inputs[1].value) ?? url);
    return new Response('[200,"",{"ahead":1}]\n');
  };
  const ask = page({ wanted: [post], theme: "theme", posts: [] }, server);
  const dashs = [{ value: { by: "url", query: "" }, id: "view" }, { id: "theme", value: "dim" }];
  assert.deepEqual(await (await ask("summary", dashs)).json(), { ahead: 1 });
  assert.deepEqual(asked, [["dim"]]);
  await ask("summary", dashs);
  assert.deepEqual(asked, [["dim"], UPDATE]);
});

test("where nothing came ahead, it is asked as ever", async () => {
  const post = { output: "summary", inputs: [] };
  const ask = page({ wanted: [post], posts: [] }, async (url) => {
    if (url === "/_answers") throw new Error("away");
    return json("alone");
  });
  assert.equal(await (await ask("summary", [])).json(), "alone");
});

test("what was to be asked and is not is forgotten once the page is shown", async () => {
  const post = { output: "summary", inputs: [] };
  const ask = page({ wanted: [post], posts: [] }, async (url) => (url === "/_answers" ? new Response('[200,"",1]\n') : json(2)));
  ask.window.reelscope.first.forget();
  assert.equal(await (await ask("summary", [])).json(), 2);
});

// A server that makes the view of a post's "search" and knows whom it asked.
function viewing(asked) {
  const made = ({ output, inputs }) => (output === "view.data" ? { response: inputs[0].value ? { view: { data: { query: inputs[0].value } } } : {} } : `${output} of ${inputs[0].value?.query}`);
  return async (url, { body }) => {
    const { posts = [body], following = [] } = JSON.parse(body);
    const view = made(JSON.parse(posts[0])).response?.view?.data;
    const under = view ? following.map((post) => ({ ...JSON.parse(post), inputs: [input("view", view)] })) : [];
    const all = [...posts.map((post) => JSON.parse(post)), ...under];
    asked.push(all.map(({ output }) => output).join());
    return url === UPDATE ? json(made(all[0])) : new Response(all.map((post) => JSON.stringify([200, "", made(post)]) + "\n").join(""));
  };
}

const ofView = (output, query) => ({ output, outputs: { id: output }, inputs: [input("view", query && { query })] });
const makesView = (search) => ({ output: "view.data", outputs: [{ id: "view" }], inputs: [input("url", search)] });
const said = async (answers) => Promise.all((await Promise.all(answers)).map((answer) => answer.json()));

test("what was asked under the last view is asked along with the next", async () => {
  const asked = [];
  const ask = page({ view: "view" }, viewing(asked));
  await Promise.all([ask(ofView("one", "a")), ask(ofView("other", "a"))]);
  for (const query of ["b", "c"]) {
    await ask(makesView(query));
    assert.deepEqual(await said([ask(ofView("one", query)), ask(ofView("other", query))]), [`one of ${query}`, `other of ${query}`]);
  }
  assert.deepEqual(asked, ["one,other", "view.data,one,other", "view.data,one,other"]);
});

test("where no other view is made, nothing follows, but does the next time", async () => {
  const asked = [];
  const ask = page({ view: "view" }, viewing(asked));
  await ask(ofView("one", "a"));
  await ask(makesView(null));
  await ask(makesView("b"));
  assert.deepEqual(await said([ask(ofView("one", "b"))]), ["one of b"]);
  assert.deepEqual(asked, ["one", "view.data", "view.data,one"]);
});

test("what the page no more asks, and what another page asks, does not follow", async () => {
  const asked = [];
  const ask = page({ view: "view" }, viewing(asked));
  await Promise.all([ask(ofView("one", "a")), ask(ofView("gone", "a"))]);
  await ask(makesView("b"));
  await ask(ofView("one", "b"));
  await ask(makesView("c"));
  ask.location.pathname = "/genres";
  await ask(makesView("d"));
  assert.deepEqual(asked, ["one,gone", "view.data,one,gone", "view.data,one", "view.data"]);
});
