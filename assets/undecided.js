// Films of a file, or of another dataset, that may be one of several here: they wait in the profile until the visitor
// says which is meant, or none. {fingerprint, rows}: of the dataset that the films' numbers are of; each row as a
// preview has it (dashboard/rating_files/preview.py), with `waits` where it is of the profile's `elsewhere`.
(() => {
  const { merged } = globalThis.reelscope.imported;
  const MOST = 200, SHOWN = 20; // rows that are kept, the latest; films that one may be
  const KINDS = ["rated", "saved", "hidden", "dismissed"]; // what is only seen has no place in a profile

  const isFilm = (film) => Number.isInteger(film?.movie_id) && typeof film.title === "string";
  const isRow = (row) => typeof row?.said === "string" && KINDS.includes(row.kind) && (row.kind !== "rated" || typeof row.stars === "number")
    && Array.isArray(row.films) && row.films.length > 0 && row.films.every(isFilm);

  // The rows that can be decided in the dataset that the profile is of; what storage damaged is none.
  function undecided({ fingerprint, undecided: kept }) {
    return fingerprint && kept?.fingerprint === fingerprint && Array.isArray(kept.rows) ? kept.rows.filter(isRow) : [];
  }

  // The profile with other rows in the place of the `offered` ones. rows: those of them that are still open.
  function keptOpen(profile, offered, rows) {
    const said = new Set(offered.map((row) => row.said));
    const open = rows.filter(isRow).map(({ said: text, kind, stars, films, waits }) => ({ said: text, kind, stars, films: films.slice(0, SHOWN), ...(waits ? { waits } : {}) }));
    const all = [...undecided(profile).filter((row) => !said.has(row.said)), ...open].slice(-MOST);
    const rest = { ...profile };
    delete rest.undecided;
    return all.length ? { ...rest, undecided: { fingerprint: profile.fingerprint, rows: all } } : rest;
  }

  // Rows that a search for films of another dataset left open, each with the film that waits for it.
  const waiting = (rows, elsewhere) => rows.map((row) => ({ ...row, waits: elsewhere[row.row - 1] }));

  // The profile once the visitor decided a row. movie_id: of the film that is meant; null for none.
  function decided(profile, row, movie_id, most) {
    const film = row.films.find((each) => each.movie_id === movie_id), { waits } = row;
    const left = keptOpen(profile, [row], []);
    if (!film) return left;
    const { profile: after } = merged(left, [{ ...row, film }], { fingerprint: profile.fingerprint, most });
    const isIt = (other) => other.movie_id === waits?.movie_id && other.fingerprint === waits?.fingerprint;
    return waits && after.elsewhere ? { ...after, elsewhere: after.elsewhere.filter((other) => !isIt(other)) } : after;
  }

  globalThis.reelscope = { ...globalThis.reelscope, undecided: { decided, keptOpen, undecided, waiting } };
})();
