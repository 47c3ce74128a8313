// Films of a profile whose numbers are another dataset's: they wait in its `elsewhere`, each with the `fingerprint` of
// its dataset, until they are found in the one that the pages show. The profile says for which that was `sought`.
(() => {
  const { found, hows, many, merged, taken } = globalThis.reelscope.imported;

  // The profile for a dataset: films of another wait. One of no dataset yet is of this one.
  function setAside(profile, fingerprint, most) {
    if (profile.fingerprint === fingerprint) return profile;
    if (!profile.fingerprint) return { ...profile, fingerprint };
    const movies = profile.movies.map((film) => ({ ...film, fingerprint: profile.fingerprint }));
    return { ...profile, fingerprint, movies: [], elsewhere: [...(profile.elsewhere ?? []), ...movies].slice(-most), sought: null };
  }

  // Whether films wait that were not looked for here.
  const waits = ({ elsewhere, sought, fingerprint }) => Boolean(elsewhere?.length) && sought !== fingerprint;

  // The profile with those that the server found of `elsewhere`, and whether that is news: films are missing, or have
  // other numbers. What was rated since counts more. read: a preview (dashboard/rating_files/preview.py).
  function foundHere(profile, read, most) {
    const { fingerprint, elsewhere } = profile;
    const known = new Set(profile.movies.map(({ movie_id }) => movie_id));
    const rows = new Map(read.matched.map((each) => [each.row - 1, each.films[0].movie_id]));
    const here = merged({ ...profile, movies: [] }, taken(read, {}), { fingerprint, most }).profile.movies;
    const news = elsewhere.some((film, place) => (rows.has(place) ? rows.get(place) !== film.movie_id : !film.lost));
    const lost = elsewhere.filter((_, place) => !rows.has(place)).map((film) => ({ ...film, lost: true }));
    const movies = [...here.filter(({ movie_id }) => !known.has(movie_id)), ...profile.movies];
    return { profile: { ...profile, movies, elsewhere: lost, sought: fingerprint }, news };
  }

  // The profile once the visitor said which films are meant. sought: {films, read}: what was looked for, and found.
  // choices: by place in read.unsure, the movie_id.
  function mended(profile, { films, read }, choices) {
    const meant = read.unsure.filter((_, place) => choices[place] != null).map(({ row }) => films[row - 1]);
    const isMeant = (film) => meant.some(({ movie_id, fingerprint }) => movie_id === film.movie_id && fingerprint === film.fingerprint);
    return { ...profile, elsewhere: profile.elsewhere.filter((film) => !isMeant(film)) };
  }

  // What the visitor is told.
  function told({ matched }, lost) {
    const here = matched.length ? `Found here: ${found({ matched }).slice(0, -1)} (${hows(matched)}).` : "None of their films was found here.";
    const are = lost === 1 ? "is" : "are";
    const rest = lost && matched.length ? ` ${many(lost, "film")} ${are} not found here for certain, and kept for the dataset that has ${lost === 1 ? "it" : "them"}.` : "";
    return `Your ratings are of another dataset. ${here}${rest}${lost && !matched.length ? " They are kept for the dataset that has them." : ""}`;
  }

  globalThis.reelscope = { ...globalThis.reelscope, otherDatasets: { foundHere, mended, setAside, told, waits } };
})();
