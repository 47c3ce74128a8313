// Rating films: every touch changes the profile, which the browser keeps; nothing is sent until "Recommend".
(() => {
  const { domId, idOf, inputOf } = window.reelscope.componentIds;
  const { ACTS, barWords, cardClass, isHidden, rated, shown, spoken, touched } = window.reelscope.profile;
  const ids = () => window.reelscope.rules.ids;

  const PAUSE = 700; // milliseconds
  let settling = null, settled = null;

  let shownFilms = new Set(); // on all shelves: what is new beside them is marked

  const filmOf = (item) => item.querySelector("a").pathname;
  const sliderOf = (row) => row.querySelector("input[type=range]");

  // The card that takes the place of one not seen gets the focus that was there. row: () => where the card is.
  function focusPlace(row) {
    const list = row()?.closest(`#${ids().ASKED_FILMS}`);
    if (!list) return;
    const place = [...list.children].indexOf(row());
    const watch = new MutationObserver(() => {
      const button = list.children[place]?.querySelector(".rate-hide");
      if (list.contains(row()) || !button) return;
      watch.disconnect();
      button.focus({ preventScroll: true });
    });
    watch.observe(list, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 5000);
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    rating: {
      // A touch on a card to the profile, and the profile to every card. The last argument: the cards' ids.
      update(...values) {
        const { no_update: nothing, callback_context: { inputs_list: inputs, triggered } } = window.dash_clientside;
        const [opened, , cards] = values.slice(ACTS.length);
        const profile = opened ?? { movies: [] };
        const row = (movie) => document.getElementById(domId({ ...cards[0], movie }));
        const act = triggered.length === 1 ? ACTS[inputOf(triggered[0], inputs)] : undefined;
        const movie = act && idOf(triggered[0]).movie;
        const after = act ? touched(profile, act, JSON.parse(row(movie).dataset.film), triggered[0].value, sliderOf(row(movie))) : null;
        const films = new Map((after ?? profile).movies.map((film) => [film.movie_id, film]));
        const mine = cards.map((card) => films.get(card.movie));
        cards.forEach((card, i) => row(card.movie) && sliderOf(row(card.movie)).setAttribute("aria-valuetext", spoken(mine[i])));
        const count = rated(after ?? profile);
        const hides = after && act === "hide";
        if (hides && isHidden(after, movie)) focusPlace(() => row(movie));
        setTimeout(window.reelscope.oneAtATime.follow, 60); // once Dash has drawn it
        return [
          after ?? nothing,
          mine.map((film) => film?.stars ?? null),
          mine.map(shown),
          mine.map((film) => String(Boolean(film?.hidden))),
          mine.map(cardClass),
          count ? `${count} rated` : "none rated yet",
          count === 0,
          barWords(count, window.reelscope.rules.profile.enough),
          count === 0,
          hides ? (isHidden(after, movie) ? movie : null) : nothing,
        ];
      },

      // Once the visitor pauses, the recommendations follow, where there are some or now are enough ratings for it.
      // times: how often they did on this page; null at its start, when they are asked for anyway.
      settle(profile, clicks, rules, times) {
        const { no_update: nothing, callback_context: { triggered } } = window.dash_clientside;
        clearTimeout(settling);
        if (!profile) return nothing; // it is not opened yet
        const now = { text: JSON.stringify(profile.movies.filter((film) => !film.saved)), enough: rated(profile) >= rules.profile.enough };
        if (times == null) {
          settled = now;
          return 0;
        }
        const pressed = triggered.some(({ prop_id }) => prop_id.endsWith(".n_clicks"));
        if (pressed || now.text === settled.text || !(clicks || now.enough || settled.enough)) return nothing;
        settling = setTimeout(() => {
          if (!document.getElementById(ids().ASKED_FILMS)) return;
          settled = now;
          window.dash_clientside.set_props(ids().PROFILE_SETTLED, { data: times + 1 });
        }, PAUSE);
        return nothing;
      },

      // What a screen reader hears of new recommendations.
      async announce() {
        await new Promise((done) => { setTimeout(done, 100); });
        const films = [...document.querySelectorAll(".shelf li")];
        const before = shownFilms;
        shownFilms = new Set(films.map(filmOf));
        const fresh = before.size ? films.filter((film) => !before.has(filmOf(film))) : [];
        films.forEach((film) => { film.toggleAttribute("data-new", fresh.includes(film)); });
        const news = fresh.length ? `, ${fresh.length} of them new` : "";
        return films.length ? `${films.length} films found${news}, best first: ${films[0].querySelector("a").textContent}.` : "";
      },

      // The search is empty again once one of the films found was added.
      added: (film) => (film ? "" : window.dash_clientside.no_update),

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
    const pressed = event.target.closest?.("button")?.id;
    if (!pressed || !window.reelscope.rules) return;
    if (pressed === ids().SEE_TEN) seeTen();
  });

  // To the list; it is asked for where there are too few ratings for it to come by itself.
  function seeTen() {
    const results = document.getElementById(ids().RESULTS);
    if (!results.querySelector(".shelf")) document.getElementById(ids().RECOMMEND).click();
    results.focus({ preventScroll: true });
    results.scrollIntoView({ block: "start" });
  }

  // A slider pressed where it already stands does not change, but the visitor means that rating.
  addEventListener("pointerup", (event) => {
    const slider = event.target.closest?.(".rate-row.unrated input[type=range]");
    if (slider) setTimeout(() => {
      if (slider.closest(".unrated")) window.dash_clientside.set_props(JSON.parse(slider.id), { value: Number(slider.value) });
    }, 60);
  });
})();
