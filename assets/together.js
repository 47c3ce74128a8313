// The page Together: who looks for a film, by a file, a link, or rating on this phone. The tab keeps it, no server does.
(() => {
  const { MOST, freeName, guestOf, guestOfPreview, sound } = window.reelscope.guests;
  const { many } = window.reelscope.imported;
  const KEY = "together", SHOWN = 8, ENOUGH = 3, LONGEST = 30;
  const rules = () => window.reelscope.rules;
  const at = (name) => document.getElementById(`together-${name}`);
  const made = (tag, about, ...children) => {
    const element = Object.assign(document.createElement(tag), about);
    element.append(...children.filter((child) => child != null));
    return element;
  };
  const button = (text, press, label) => {
    const element = made("button", { type: "button", className: "btn btn-quiet", textContent: text, onclick: press });
    if (label) element.setAttribute("aria-label", label);
    return element;
  };
  let state = null, asked = []; // see guests.sound; the films to rate on this phone

  function kept() {
    try { return sessionStorage.getItem(KEY); } catch { return null; }
  }
  function keep() {
    try { sessionStorage.setItem(KEY, JSON.stringify(state)); } catch { /* it lasts until the page is left */ }
  }

  // The visitor, if they have rated films, and their guests.
  function everybody() {
    const { movies } = window.reelscope.keptProfile.open(rules());
    const own = state.own && movies.some(({ stars }) => stars != null) ? [guestOf("You", movies)] : [];
    return [...own, ...state.guests].slice(0, MOST);
  }

  function say(text) { at("said").textContent = text; }

  // What changed: kept, shown, and told to the server's callback.
  function changed(text) {
    keep();
    draw();
    window.dash_clientside.set_props(rules().ids.GUESTS, { data: everybody() });
    if (text != null) say(text);
  }

  // The page as it was left; of what the tab keeps nothing may be of another dataset.
  function arrive() {
    const { gone, ...rest } = state;
    state = rest;
    keep();
    draw();
    if (gone?.length) say(`${gone.join(", ")} rated films of another dataset: add them again.`);
  }

  function draw() {
    const people = everybody();
    const rows = people.map((guest, place) => {
      const isYou = people.length > state.guests.length && place === 0;
      const away = button("Remove", () => remove(isYou, guest), `Remove ${guest.name}`);
      return made("li", {}, made("b", { textContent: guest.name }), made("span", { className: "muted figures", textContent: many(guest.ratings.length, "film rated", "films rated") }), away);
    });
    if (!state.own) rows.push(made("li", {}, button("Add yourself", () => { state.own = true; changed("You are in again."); })));
    at("people").replaceChildren(...rows);
    at("add").hidden = people.length >= MOST || Boolean(state.draft);
    drawDraft();
  }

  function remove(isYou, guest) {
    const before = { ...state };
    if (isYou) state.own = false; else state.guests = state.guests.filter((other) => other !== guest);
    changed("");
    const undo = button("Undo", () => { state = before; changed(`${guest.name} is back.`); at("name").focus(); });
    at("said").replaceChildren(`${guest.name} is removed. `, undo);
    undo.focus();
  }

  function add(guest, more = "") {
    if (!guest.ratings.length) return say(`No rating of ${guest.name} was found here.${more}`);
    state.guests = [...state.guests, guest];
    state.draft = null;
    at("name").value = "";
    changed(`${guest.name} is in, with ${many(guest.ratings.length, "film")}.${more}`);
    at("name").focus();
  }

  const newName = () => freeName(at("name").value, ["You", ...state.guests.map(({ name }) => name)], LONGEST);

  async function fromFile(file) {
    say(`Reading ${file.name} …`);
    const { read, error } = await window.reelscope.ratingFiles.preview(file);
    if (!at("said")) return; // the page was left
    if (error) return say(error);
    const left = read.unsure.length + read.unmatched.total;
    add(guestOfPreview(newName(), read), left ? ` ${many(left, "film")} ${left === 1 ? "was" : "were"} not found for certain.` : "");
  }

  async function fromLink() {
    const text = at("link").value.trim(), start = text.indexOf("#");
    const profile = start < 0 ? null : await window.reelscope.profileLink.unpacked(text.slice(start));
    if (!profile) return say(profile === null ? "That is no link to ratings: it has “#profile=” in it." : "The link is damaged: it holds no profile.");
    at("link").value = "";
    fromFile(window.reelscope.ratingFiles.asFile(profile, "The link"));
  }

  // Films to rate on this phone, for one person: {name, films: {movie_id: stars}, from: how many were passed over}.
  function begin() {
    state.draft ??= { name: newName(), films: {}, from: 0 };
    keep();
    draw();
    at("pass").focus();
  }

  function drawDraft() {
    const { draft } = state, none = !draft || !asked.length;
    at("search").hidden = none;
    if (none) return [at("asks"), at("rows")].forEach((place) => place.replaceChildren());
    const rated = () => Object.keys(draft.films).length;
    const done = made("button", { type: "button", className: "btn btn-accent" });
    const label = () => {
      done.textContent = rated() < ENOUGH ? `${rated()} of ${ENOUGH} rated` : `Done, ${many(rated(), "film")}`;
      done.disabled = rated() < ENOUGH;
    };
    done.addEventListener("click", () => add(guestOf(draft.name, Object.entries(draft.films).map(([movie, stars]) => ({ movie_id: Number(movie), stars })))));
    label();
    const added = draft.added ?? [], others = asked.slice(draft.from, draft.from + SHOWN).filter(({ movie_id }) => !added.some((film) => film.movie_id === movie_id));
    const rows = [...added, ...others].map((film) => slider(film, draft, label));
    const next = button("Show others", () => { draft.from = (draft.from + SHOWN) % asked.length; keep(); drawDraft(); at("pass").focus(); });
    const cancel = button("Cancel", () => { state.draft = null; keep(); draw(); at("name").focus(); });
    at("asks").replaceChildren(
      made("h3", { textContent: `${draft.name}, what did you think of these?` }),
      made("p", { className: "card-about", textContent: "Rate those that you have seen; leave the rest." }),
    );
    at("rows").replaceChildren(made("ul", { className: "yours-films" }, ...rows), made("div", { className: "rate-tools" }, done, next, cancel));
  }

  // A film that was searched comes first.
  function addFilm({ movie_id, title }) {
    const { draft } = state;
    if (!draft) return;
    draft.added = [{ movie_id, title }, ...(draft.added ?? []).filter((film) => film.movie_id !== movie_id)];
    keep();
    drawDraft();
    say(`${title} is the first to rate.`);
  }

  function slider({ movie_id, title, release_year }, draft, told) {
    const { places, shown: rated, spoken } = window.reelscope.ratedScale;
    const stars = draft.films[movie_id];
    const name = release_year ? `${title.replace(/ \(\d{4}\)$/, "")} (${release_year})` : title;
    const field = made("input", { type: "range", ...places(), value: stars ?? 3, className: "form-range" });
    field.setAttribute("aria-label", `Rating of ${name}`);
    if (stars != null) field.setAttribute("aria-valuetext", spoken(stars));
    const row = made("div", { className: stars == null ? "mark-stars unrated" : "mark-stars" });
    const shown = made("output", { textContent: stars == null ? "not rated" : rated(stars) });
    const give = () => {
      draft.films[movie_id] = Number(field.value);
      row.classList.remove("unrated");
      shown.textContent = rated(Number(field.value));
      field.setAttribute("aria-valuetext", spoken(Number(field.value)));
      keep();
      told();
    };
    field.addEventListener("input", give);
    field.addEventListener("pointerup", give); // pressed where it stands it does not change, but is meant
    row.append(field, shown);
    return made("li", {}, made("span", { className: "together-film", textContent: name }), row);
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    together: {
      open(fingerprint) {
        if (!fingerprint) return window.dash_clientside.no_update;
        if (state?.fingerprint !== fingerprint) state = sound(state ? JSON.stringify(state) : kept(), fingerprint);
        requestAnimationFrame(() => at("people") && arrive());
        if (state.draft && !asked.length) setTimeout(() => document.getElementById(rules().ids.GUEST_RATE)?.click());
        return everybody();
      },

      // film: of the option chosen (dashboard/recommend/film_search.py).
      add(film) {
        if (film) addFilm(film);
        return window.dash_clientside.no_update;
      },

      ask(films) {
        if (films?.length) {
          asked = films;
          begin();
        } else if (films) say("The models are being trained; try again in a moment.");
        return window.dash_clientside.no_update;
      },
    },
  });

  addEventListener("click", ({ target }) => {
    const pressed = target.closest?.("button")?.id;
    if (pressed === "together-file") window.reelscope.ratingFiles.askFile(fromFile);
    if (pressed === "together-add-link") fromLink();
  });
})();
