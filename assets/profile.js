// A visitor's profile, {version, fingerprint, movies: [{movie_id, …, stars or hidden}]}, and what touches make of it.
(() => {
  // What each of the inputs of rating.update does, in their order.
  const ACTS = ["slide", "less", "more", "clear", "hide"];

  const SAID = ["stars", "hidden", "saved", "dismissed"]; // of a film, beside what it is

  // The profile after a touch; null where nothing changes.
  // film: what a profile says of it beside its stars. slider: {min, max, step} as text or numbers.
  function touched(profile, act, film, value, slider) {
    if (value == null || value === 0) return null;
    const before = profile.movies.find((other) => other.movie_id === film.movie_id);
    const { stars, hidden } = before ?? film;
    const about = Object.fromEntries(Object.entries(before ?? film).filter(([name]) => !SAID.includes(name)));
    let after = null;
    if (act === "hide") after = hidden ? null : { ...about, hidden: true };
    else if (act !== "clear") after = { ...about, stars: moved(stars, act, value, slider) };
    if (after?.stars === stars && Boolean(after?.hidden) === Boolean(hidden)) return null;
    const others = profile.movies.filter((other) => other !== before);
    return { ...profile, movies: after ? [...others, after] : others };
  }

  // The stars after a slider or a button moved; the first press of a button starts in the middle.
  function moved(stars, act, value, slider) {
    const [least, most, step] = [slider.min, slider.max, slider.step].map(Number);
    if (act === "slide") return Number(value);
    if (stars == null) return least + step * Math.round((most - least) / 2 / step);
    return act === "less" ? Math.max(least, stars - step) : Math.min(most, stars + step);
  }

  // The profile after a mark on a film: it is rated, saved, sent away, or none of them.
  function marked(profile, film, act, stars) {
    const before = profile.movies.find((other) => other.movie_id === film.movie_id) ?? {};
    const { movie_id, title, release_year, imdb_id } = { ...film, ...before };
    const others = profile.movies.filter((other) => other.movie_id !== film.movie_id);
    const kinds = {
      save: before.saved ? null : { saved: true },
      dismiss: before.dismissed ? null : { hidden: true, dismissed: true },
      rate: { stars },
      remove: null,
    };
    const kind = kinds[act];
    return { ...profile, movies: kind ? [...others, { movie_id, title, release_year, imdb_id, ...kind }] : others };
  }

  // What a profile holds of a film: "rated", "saved", "sent away" or "nothing".
  function stateOf(profile, movie) {
    const film = profile.movies.find((other) => other.movie_id === movie);
    return film?.stars != null ? "rated" : film?.saved ? "saved" : film?.hidden ? "sent away" : "nothing";
  }

  // What was done, in words. state: of the film now.
  function said({ title }, act, state) {
    if (act === "rate") return `${title} is among your ratings.`;
    if (act === "save") return state === "saved" ? `${title} is saved, on the page Yours.` : `${title} is no longer saved.`;
    if (act === "dismiss") return state === "sent away" ? `${title} will not be recommended.` : `${title} may be recommended again.`;
    return `${title} is removed.`;
  }

  const isFilm = (film, stars) =>
    Number.isInteger(film?.movie_id) && film.movie_id >= 0 && film.movie_id < 2 ** 31 &&
    (film.hidden === true || film.saved === true || stars.includes(film.stars));

  // The profile that a text from the browser's storage holds, and how much of it was lost: films, or all.
  // rules: {version, most, stars}: the version that is read, how many films at most, which stars are possible.
  function sound(text, { version, most, stars }) {
    const empty = { version, fingerprint: null, movies: [] };
    if (text === null) return { profile: empty, lost: 0 };
    const kept = parsed(text);
    if (kept === null) return { profile: empty, lost: 0 };
    if (kept?.version !== version || !Array.isArray(kept.movies)) return { profile: empty, lost: Infinity };
    const movies = kept.movies.filter((film) => isFilm(film, stars)).slice(0, most);
    const { elsewhere, ...profile } = kept;
    const waiting = Array.isArray(elsewhere) ? { elsewhere: elsewhere.filter((film) => isFilm(film, stars)).slice(0, most) } : {};
    return { profile: { ...profile, movies, ...waiting }, lost: kept.movies.length - movies.length };
  }

  function parsed(text) {
    try { return JSON.parse(text); } catch { return undefined; }
  }

  // What the visitor is told of films that were lost.
  const unread = (lost) =>
    Number.isFinite(lost)
      ? `${lost} ${lost === 1 ? "film" : "films"} that this browser kept can’t be read, and ${lost === 1 ? "is" : "are"} left out.`
      : "What this browser kept of your ratings can’t be read, so you start without any.";

  // What the bar of a phone says. enough: from how many ratings on lists come by themselves.
  const barWords = (count, enough) => (count < enough ? `${count} of ${enough} rated` : `${count} rated`);

  const isHidden = (profile, movie) => profile.movies.some((film) => film.movie_id === movie && Boolean(film.hidden));
  const rated = (profile) => profile.movies.filter((film) => film.stars != null).length;

  // The question before all is forgotten.
  function asked(profile) {
    const films = rated(profile), saved = profile.movies.filter((film) => film.saved).length;
    const others = profile.movies.length - films - saved;
    const elsewhere = profile.elsewhere?.length;
    const words = [films && `${films} rating${films === 1 ? "" : "s"}`, saved && `${saved} saved`, others && `${others} sent away`, elsewhere && `${elsewhere} of another dataset`].filter(Boolean);
    return `Forget ${[words.slice(0, -1).join(", "), words.at(-1)].filter(Boolean).join(" and ")}?`;
  }

  // What was forgotten, with what was rated since.
  function restored(forgotten, since) {
    const again = new Set(since.movies.map((film) => film.movie_id));
    return { ...forgotten, movies: [...forgotten.movies.filter((film) => !again.has(film.movie_id)), ...since.movies] };
  }

  // What a card says of its film, to the eye and to the ear. film: undefined where it is not in the profile.
  const shown = (film) => (film?.hidden ? "not seen" : film?.stars != null ? globalThis.reelscope.ratedScale.shown(film.stars) : "not rated");
  const spoken = (film) => (film?.hidden ? "not seen" : film?.stars != null ? globalThis.reelscope.ratedScale.spoken(film.stars) : "not rated");
  const cardClass = (film) =>
    "rate-row" + (film?.stars == null ? " unrated" : "") + (film?.hidden ? " hidden-film" : "");

  globalThis.reelscope = { ...globalThis.reelscope, profile: { ACTS, asked, barWords, cardClass, isHidden, marked, rated, restored, said, shown, sound, spoken, stateOf, touched, unread } };
})();
