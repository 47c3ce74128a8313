// What a file of ratings brings into a profile. Its preview: dashboard/rating_files/preview.py.
(() => {
  const many = (number, one, more = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : more}`;

  const MARKS = { saved: { saved: true }, hidden: { hidden: true }, dismissed: { hidden: true, dismissed: true } };
  const HOWS = {
    number: "by their numbers in this dataset", id: "by their ids on IMDb or TMDB", title: "by title and year", "year off by one": "by title, the year off by one",
    "most rated": "by title, as the best known of it", beginning: "by the beginning of the title",
  };

  // By what the films were found, in words.
  function hows(matched) {
    const told = Object.entries(HOWS).map(([how, words]) => [matched.filter((row) => row.how === how).length, words]);
    return told.filter(([number]) => number).map(([number, words]) => `${number.toLocaleString("en")} ${words}`).join(", ");
  }

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

  // The profile with them, and how many ratings are new, others replaced, films saved, and set aside.
  function merged(profile, films, { fingerprint, most }) {
    const before = new Map(profile.movies.map((film) => [film.movie_id, film]));
    const after = new Map(before);
    let added = 0, replaced = 0, saved = 0, aside = 0;
    for (const { stars, film } of films.filter((each) => each.kind === "rated")) {
      const was = before.get(film.movie_id)?.stars;
      if (was === stars || (!after.has(film.movie_id) && after.size >= most)) continue;
      if (was == null) added += 1; else replaced += 1;
      after.set(film.movie_id, { ...film, stars });
    }
    for (const { kind, film } of films) {
      if (!MARKS[kind] || after.has(film.movie_id) || after.size >= most) continue;
      if (kind === "saved") saved += 1; else aside += 1;
      after.set(film.movie_id, { ...film, ...MARKS[kind] });
    }
    return { profile: { ...profile, fingerprint, movies: [...after.values()] }, added, replaced, saved, aside };
  }

  // One line on what the file is.
  const heading = ({ service, rows }) => `${service}: ${many(rows, "row")} read.`;

  const ofKind = (films, kind) => films.filter((film) => film.kind === kind).length;

  // What was found, in words. A profile has no place for what is only seen.
  function found({ matched }) {
    const [saved, seen] = ["saved", "seen"].map((kind) => ofKind(matched, kind));
    const aside = ofKind(matched, "hidden") + ofKind(matched, "dismissed");
    const words = [many(ofKind(matched, "rated"), "rated film")];
    if (saved) words.push(`${saved.toLocaleString("en")} to see, which will be saved`);
    if (aside) words.push(`${aside.toLocaleString("en")} not to come again`);
    if (seen) words.push(`${seen.toLocaleString("en")} seen without a rating, which can’t be added`);
    return `${words.join("; ")}.`;
  }

  // What happened, once it counts.
  function done({ added, replaced, saved, aside }) {
    const words = [`${many(added, "film")} added`];
    if (replaced) words.push(`${replaced.toLocaleString("en")} changed`);
    if (saved) words.push(`${saved.toLocaleString("en")} saved`);
    if (aside) words.push(`${aside.toLocaleString("en")} not to come again`);
    return `${words.join(", ")}.`;
  }

  globalThis.reelscope = { ...globalThis.reelscope, imported: { done, found, heading, hows, many, merged, taken } };
})();
