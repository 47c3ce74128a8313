"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");

require("../../assets/profile_link.js");
const { packed, unpacked } = globalThis.reelscope.profileLink;

const film = (movie_id, said) => ({ movie_id, title: `Léon ${movie_id}`, release_year: 1994, imdb_id: null, ...said });
const PROFILE = {
  version: 1,
  fingerprint: "f",
  movies: [film(1, { stars: 4.5 }), film(2, { hidden: true }), film(3, { hidden: true, dismissed: true }), film(4, { saved: true })],
};

test("a profile survives its link", async () => {
  const link = await packed(PROFILE);
  assert.match(link, /^#profile=[\w-]+$/);
  assert.deepEqual(await unpacked(link), PROFILE);
});

test("a hundred films make a short link", async () => {
  const movies = Array.from({ length: 100 }, (_, i) => film(i * 37, { stars: 1 + (i % 8) / 2 }));
  assert.ok((await packed({ ...PROFILE, movies })).length < 2000);
});

test("another fragment is none, a damaged one says so", async () => {
  assert.equal(await unpacked("#content"), null);
  const link = await packed(PROFILE);
  for (const damaged of ["#profile=", "#profile=***", link.slice(0, -9), "#profile=AAAA"]) {
    assert.equal(await unpacked(damaged), undefined, damaged);
  }
});

test("a link that unpacks to too much is refused", async () => {
  const title = "x".repeat(3_000_000);
  assert.equal(await unpacked(await packed({ ...PROFILE, movies: [film(1, { stars: 1, title })] })), undefined);
});
