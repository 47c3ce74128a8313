// The people who look for a film together: {name, ratings: [[movie_id, stars], …], dismissed: [movie_id, …]}.
(() => {
  const MOST = 6;

  const guestOf = (name, movies) => ({
    name,
    ratings: movies.filter(({ stars }) => stars != null).map(({ movie_id, stars }) => [movie_id, stars]),
    dismissed: movies.filter(({ dismissed }) => dismissed).map(({ movie_id }) => movie_id),
  });

  // Of what a file or a link was found to hold for certain: see assets/imported.js.
  function guestOfPreview(name, { matched }) {
    const films = matched.map(({ kind, stars, films: [film] }) => ({ movie_id: film.movie_id, stars: kind === "rated" ? stars : null, dismissed: kind === "dismissed" }));
    return guestOf(name, films);
  }

  // A name that nobody has yet; "Guest 2" where none was given. taken: the names that there are.
  function freeName(wanted, taken, longest) {
    const asked = wanted.trim().slice(0, longest);
    const number = (start, from) => {
      let place = from;
      while (taken.includes(`${start} ${place}`)) place += 1;
      return `${start} ${place}`;
    };
    if (!asked) return number("Guest", 1);
    return taken.includes(asked) ? number(asked.slice(0, longest - 3), 2) : asked;
  }

  // What the page keeps for the tab, {guests, own, draft, fingerprint}; of a damaged text nothing. own: whether the
  // visitor is one. fingerprint: of the dataset; guests of another are `gone`, as their numbers mean other films here.
  function sound(text, fingerprint) {
    try {
      const { guests, own, draft, fingerprint: before } = JSON.parse(text);
      if (before !== fingerprint) return { guests: [], own: own !== false, draft: null, fingerprint, gone: guests.map(({ name }) => name) };
      const whole = guests.filter((guest) => typeof guest.name === "string" && Array.isArray(guest.ratings) && Array.isArray(guest.dismissed));
      return { guests: whole.slice(0, MOST), own: own !== false, draft: draft ?? null, fingerprint };
    } catch { return { guests: [], own: true, draft: null, fingerprint }; }
  }

  globalThis.reelscope = { ...globalThis.reelscope, guests: { MOST, freeName, guestOf, guestOfPreview, sound } };
})();
