// Rating films: every touch changes the profile, which the browser keeps; nothing is sent until "Recommend".
(() => {
  const STEP = 0.5, LEAST = 0.5, MOST = 5, MIDDLE = 3;
  const said = (film) => (film?.hidden ? "not seen" : film ? `${film.stars} ★` : "not rated");
  const spoken = (film) => (film?.hidden ? "not seen" : film ? `${film.stars} stars` : "not rated");

  function row(movie) {
    return document.querySelector(`.rate-row[id*='"movie":${movie},']`);
  }

  // The profile after a touch; null where nothing changes.
  function touch({ prop_id, value }, profile) {
    if (!prop_id.startsWith("{") || value == null || value === 0) return null;
    const { type, movie } = JSON.parse(prop_id.slice(0, prop_id.lastIndexOf(".")));
    const before = profile.movies.find((film) => film.movie_id === movie);
    const { stars, hidden, ...film } = before ?? JSON.parse(row(movie).dataset.film);
    let after = null;
    if (type === "rate-hide") after = hidden ? null : { ...film, hidden: true };
    else if (type !== "rate-clear") after = { ...film, stars: changed(stars, type, value) };
    if (after?.stars === stars && Boolean(after?.hidden) === Boolean(hidden)) return null;
    const others = profile.movies.filter((film) => film.movie_id !== movie);
    return { ...profile, movies: after ? [...others, after] : others };
  }

  // The film that a touch on "Haven't seen" hid; null where it took that back.
  function hiddenNow({ prop_id }, profile) {
    const { movie } = JSON.parse(prop_id.slice(0, prop_id.lastIndexOf(".")));
    const hidden = profile.movies.some((film) => film.movie_id === movie && film.hidden);
    if (hidden) focusPlace(movie);
    return hidden ? movie : null;
  }

  // The card that takes the place of one not seen gets the focus that was there.
  function focusPlace(movie) {
    const standing = row(movie), list = standing?.closest("#asked-films");
    if (!list) return;
    const place = [...list.children].indexOf(standing);
    const watch = new MutationObserver(() => {
      const button = list.children[place]?.querySelector(".rate-hide");
      if (row(movie)?.closest("#asked-films") || !button) return;
      watch.disconnect();
      button.focus({ preventScroll: true });
    });
    watch.observe(list, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 5000);
  }

  function changed(stars, type, value) {
    if (type === "rate-slider") return Number(value);
    if (stars == null) return MIDDLE;
    return type === "rate-minus" ? Math.max(LEAST, stars - STEP) : Math.min(MOST, stars + STEP);
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    rating: {
      // A touch on a card to the profile, and the profile to every card.
      update(sliders, minus, plus, clear, hide, profile, ids) {
        const { no_update: nothing, callback_context: context } = window.dash_clientside;
        const touched = context.triggered.length === 1 ? touch(context.triggered[0], profile) : null;
        const films = new Map((touched ?? profile).movies.map((film) => [film.movie_id, film]));
        const mine = ids.map((id) => films.get(id.movie));
        const rated = [...films.values()].filter((film) => film.stars != null).length;
        ids.forEach((id, i) => row(id.movie)?.querySelector("input")?.setAttribute("aria-valuetext", spoken(mine[i])));
        return [
          touched ?? nothing,
          mine.map((film) => film?.stars ?? null),
          mine.map(said),
          mine.map((film) => String(Boolean(film?.hidden))),
          mine.map((film) => "rate-row" + (film?.stars == null ? " unrated" : "") + (film?.hidden ? " hidden-film" : "")),
          rated ? `${rated} rated` : "none rated yet",
          rated === 0,
          touched && context.triggered[0].prop_id.includes('"rate-hide"') ? hiddenNow(context.triggered[0], touched) : nothing,
        ];
      },

      download(clicks, profile) {
        if (clicks) {
          const link = document.createElement("a");
          link.href = URL.createObjectURL(new Blob([JSON.stringify(profile, null, 2)], { type: "application/json" }));
          link.download = "reelscope-ratings.json";
          link.click();
          setTimeout(() => URL.revokeObjectURL(link.href), 1000);
        }
        return window.dash_clientside.no_update;
      },
    },
  });

  addEventListener("click", (event) => {
    if (event.target.closest?.("#profile-load")) chooseFile();
  });

  // A field of its own each time, so that the same file can be chosen again.
  function chooseFile() {
    const field = Object.assign(document.createElement("input"), { type: "file", accept: ".json,application/json" });
    field.addEventListener("change", () => {
      const reader = new FileReader();
      reader.onload = () => window.dash_clientside.set_props("profile-upload", { data: reader.result });
      reader.readAsDataURL(field.files[0]);
    });
    field.click();
  }

  // A slider pressed where it already stands does not change, but the visitor means that rating.
  addEventListener("pointerup", (event) => {
    const slider = event.target.closest?.(".rate-row.unrated input[type=range]");
    if (slider) setTimeout(() => {
      if (slider.closest(".unrated")) window.dash_clientside.set_props(JSON.parse(slider.id), { value: Number(slider.value) });
    }, 60);
  });
})();
