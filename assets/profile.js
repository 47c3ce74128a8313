// A visitor's profile, {version, fingerprint, movies: [{movie_id, …, stars or hidden}]}, and what touches make of it.
(() => {
  // What each of the inputs of rating.update does, in their order.
  const ACTS = ["slide", "less", "more", "clear", "hide"];

  // The profile after a touch; null where nothing changes.
  // film: what a profile says of it beside its stars. slider: {min, max, step} as text or numbers.
  function touched(profile, act, film, value, slider) {
    if (value == null || value === 0) return null;
    const before = profile.movies.find((other) => other.movie_id === film.movie_id);
    const { stars, hidden, ...about } = before ?? film;
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

  const isHidden = (profile, movie) => profile.movies.some((film) => film.movie_id === movie && Boolean(film.hidden));
  const rated = (profile) => profile.movies.filter((film) => film.stars != null).length;

  // What a card says of its film, to the eye and to the ear. film: undefined where it is not in the profile.
  const shown = (film) => (film?.hidden ? "not seen" : film ? `${film.stars} ★` : "not rated");
  const spoken = (film) => (film?.hidden ? "not seen" : film ? `${film.stars} stars` : "not rated");
  const cardClass = (film) =>
    "rate-row" + (film?.stars == null ? " unrated" : "") + (film?.hidden ? " hidden-film" : "");

  globalThis.reelscope = { ...globalThis.reelscope, profile: { ACTS, cardClass, isHidden, rated, shown, spoken, touched } };
})();
