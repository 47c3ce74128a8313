// What a file of ratings brings into a profile. Its preview: dashboard/rating_files/preview.py.
(() => {
  const many = (number, one, more = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : more}`;

  // The films that count: those found, and of those perhaps found the ones that the visitor chose.
  // chosen: by place in preview.unsure, the movie_id.
  function taken(preview, chosen) {
    const sure = preview.matched.map(({ kind, stars, films }) => ({ kind, stars, film: films[0] }));
    const chose = preview.unsure.flatMap(({ kind, stars, films }, place) => {
      const film = films.find(({ movie_id }) => movie_id === chosen[place]);
      return film && !sure.some((other) => other.film.movie_id === film.movie_id) ? [{ kind, stars, film }] : [];
    });
    return [...sure, ...chose];
  }

  // The profile with them, and how many ratings are new and how many others they replace.
  function merged(profile, films, { fingerprint, most }) {
    const before = new Map(profile.movies.map((film) => [film.movie_id, film]));
    const after = new Map(before);
    let added = 0, replaced = 0;
    for (const { kind, stars, film } of films.filter((each) => each.kind === "rated")) {
      const was = before.get(film.movie_id)?.stars;
      if (was === stars || (!after.has(film.movie_id) && after.size >= most)) continue;
      if (was == null) added += 1; else replaced += 1;
      after.set(film.movie_id, { ...film, stars });
    }
    return { profile: { ...profile, fingerprint, movies: [...after.values()] }, added, replaced };
  }

  // One line on what the file is.
  const heading = ({ service, rows }) => `${service}: ${many(rows, "row")} read.`;

  const ofKind = (films, kind) => films.filter((film) => film.kind === kind).length;

  // What was found, in words. What is only seen or to be seen is no rating, and stays out of a profile of ratings.
  function found({ matched }) {
    const rated = ofKind(matched, "rated"), others = matched.length - rated;
    const more = others ? `, and ${many(others, "film")} without a rating, which can’t be added` : "";
    return `${many(rated, "rated film")}${more}.`;
  }

  // What happened, once it counts.
  function done({ added, replaced }) {
    return `${many(added, "film")} added${replaced ? `, ${replaced.toLocaleString("en")} changed` : ""}.`;
  }

  globalThis.reelscope = { ...globalThis.reelscope, imported: { done, found, heading, many, merged, taken } };
})();
