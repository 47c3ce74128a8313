// A profile as a link: packed into the fragment of an address, which no browser sends to the server.
// deflate-raw of [version, fingerprint, [movie_id, stars or mark, title, year, imdb_id] ...], in base64url.
(() => {
  const NAME = "#profile=";
  const MOST = 2_000_000; // bytes that a link may unpack to
  const MARKS = { h: ["hidden"], d: ["hidden", "dismissed"], s: ["saved"] };

  const markOf = (film) => (film.stars ?? (film.dismissed ? "d" : film.hidden ? "h" : "s"));
  const brief = (profile) => [profile.version, profile.fingerprint, ...profile.movies.map((film) => [film.movie_id, markOf(film), film.title ?? null, film.release_year ?? null, film.imdb_id ?? null])];

  function whole([version, fingerprint, ...films]) {
    const movies = films.map(([movie_id, said, title, release_year, imdb_id]) => ({
      movie_id, title, release_year, imdb_id,
      ...(typeof said === "number" ? { stars: said } : Object.fromEntries((MARKS[said] ?? []).map((mark) => [mark, true]))),
    }));
    return { version, fingerprint, movies };
  }

  // What a stream of bytes turns into; an error where it is more than `most`.
  async function through(bytes, transform, most = Infinity) {
    const reader = new Blob([bytes]).stream().pipeThrough(transform).getReader();
    const parts = [];
    let size = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > most) throw new RangeError("the link unpacks to too much");
      parts.push(part.value);
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  function toText(bytes) {
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  }
  const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

  // The fragment of a profile, with its #.
  async function packed(profile) {
    const bytes = new TextEncoder().encode(JSON.stringify(brief(profile)));
    return NAME + toText(await through(bytes, new CompressionStream("deflate-raw")));
  }

  // The profile of a fragment; null where it is of something else, undefined where it is damaged.
  async function unpacked(fragment) {
    if (!fragment.startsWith(NAME)) return null;
    try {
      const bytes = await through(toBytes(fragment.slice(NAME.length)), new DecompressionStream("deflate-raw"), MOST);
      return whole(JSON.parse(new TextDecoder().decode(bytes)));
    } catch { return undefined; }
  }

  globalThis.reelscope = { ...globalThis.reelscope, profileLink: { packed, unpacked } };
})();
