"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/address.js");
const { MOVING, TYPING, changed, chosen, filledIn, isCurrent, pageAt, replaces, said, searched, without } =
  globalThis.reelscope.address;

const PAGES = [
  { path: "/a/", filters: true },
  { path: "/a/models", filters: false },
  { path: "/a/films", filters: true },
  { path: "/a/films/<movie>", filters: true },
];

test("a path is of the page whose template it fits", () => {
  assert.equal(pageAt(PAGES, "/a/").page, PAGES[0]);
  assert.equal(pageAt(PAGES, "/a/models").page, PAGES[1]);
  assert.equal(pageAt(PAGES, "/a/models/").page, PAGES[1]);
  assert.equal(pageAt(PAGES, "/a/films").page, PAGES[2]);
  assert.deepEqual(pageAt(PAGES, "/a/films/318"), { page: PAGES[3], variables: { movie: "318" } });
  assert.deepEqual(pageAt(PAGES, "/a/films").variables, {});
});

test("a path of no page has none", () => {
  for (const path of ["/", "/films", "/a/nope", "/a/films/318/more", "/a/films//", "/b/films", "/a/modelsx"]) {
    assert.equal(pageAt(PAGES, path), null, path);
  }
});

test("a link is current on its page and on those below it, the first page's on its own alone", () => {
  assert.ok(isCurrent("/films", "/films"));
  assert.ok(isCurrent("/films", "/films/318"));
  assert.ok(!isCurrent("/films", "/filmsx"));
  assert.ok(!isCurrent("/", "/films"));
  assert.ok(!isCurrent("/a/", "/a/films"));
});

test("the path of a film's page", () => {
  assert.equal(filledIn("/a/films/<movie>", 318), "/a/films/318");
});

test("keys are left out of a query string, by their whole name", () => {
  assert.equal(without("movie=1&genres=Comedy,Drama&moviex=2&at=0,0,1", ["movie", "at"]), "genres=Comedy,Drama&moviex=2");
  assert.equal(without("", ["movie"]), "");
});

test("keys are set and removed, written as the server writes them", () => {
  assert.equal(changed("genres=Comedy,Drama&at=0,0,1", { at: null }), "genres=Comedy,Drama");
  assert.equal(changed("genres=Comedy", { search: "the matrix & co" }), "genres=Comedy&search=the%20matrix%20%26%20co");
  assert.equal(changed("", {}), "");
});

test("a typed search starts on the first page, at the whole map", () => {
  assert.equal(searched("genres=Comedy&page=3&at=0,0,1", " heat "), "genres=Comedy&search=heat");
  assert.equal(searched("search=heat&page=2", ""), "");
});

test("a search that the address holds came from there", () => {
  assert.equal(searched("search=heat&page=3", "heat "), null);
  assert.equal(searched("", null), null);
});

const USUAL = { colour: "genre", model: "nmf" };

test("a choice that the address means already changes nothing", () => {
  assert.equal(chosen("at=0,0,1", { colour: "genre", model: "nmf" }, USUAL, { model: ["at"] }), null);
  assert.equal(chosen("colour=rating", { colour: "rating", model: "nmf" }, USUAL), null);
});

test("a choice is written, and clears what it makes meaningless", () => {
  const cleared = { model: ["at"] };
  assert.equal(chosen("at=0,0,1", { colour: "rating", model: "nmf" }, USUAL, cleared), "at=0,0,1&colour=rating");
  assert.equal(chosen("at=0,0,1", { colour: "genre", model: "svd" }, USUAL, cleared), "model=svd");
  assert.equal(chosen("model=svd", { colour: "genre", model: "nmf" }, USUAL, cleared), "model=nmf");
});

test("what the path says is not said again", () => {
  assert.equal(said("genres=Comedy&movie=318", { movie: "318" }), "genres=Comedy");
  assert.equal(said("movie=318&genres=Comedy", { movie: "296" }), "movie=318&genres=Comedy");
  assert.equal(said("movie=3180", { movie: "318" }), "movie=3180");
});

test("typing on and moving the map are one step back, every other choice is its own", () => {
  const typed = { by: TYPING, at: 1000 };
  assert.ok(replaces({ by: TYPING, at: 2499 }, typed));
  assert.ok(!replaces({ by: TYPING, at: 2501 }, typed));
  assert.ok(!replaces({ by: TYPING, at: 1001 }, { by: "filter-min", at: 1000 }));
  assert.ok(!replaces({ by: "filter-min", at: 1001 }, { by: "filter-min", at: 1000 }));
  assert.ok(replaces({ by: MOVING, at: 9000 }, typed));
});
