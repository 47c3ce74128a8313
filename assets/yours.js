// The page Yours: the profile as three lists, each film with its stars or a way back.
(() => {
  const SECTIONS = [
    ["Saved for later", (film) => film.saved, "Films that you save stand here."],
    ["Rated", (film) => film.stars != null, "Films that you rate stand here."],
    ["Sent away", (film) => film.hidden, "Films that you say are not for you, or that you have not seen, stand here."],
  ];
  const ORDERS = {
    Latest: () => 0,
    Title: (a, b) => a.title.localeCompare(b.title),
    Year: (a, b) => (b.release_year ?? 0) - (a.release_year ?? 0),
    Rating: (a, b) => (b.stars ?? 0) - (a.stars ?? 0),
  };
  let order = "Latest", shown = "";

  function draw() {
    const place = document.getElementById("yours");
    if (!place) { shown = ""; return; }
    const { open } = window.reelscope.filmMarks;
    const { movies, elsewhere = [] } = open(), rows = window.reelscope.undecided.undecided(open());
    const text = JSON.stringify([order, movies, elsewhere, rows, window.reelscope.ratedScale.shown(5)]);
    if (text === shown && place.children.length) return;
    shown = text;
    const films = [...movies].reverse().sort(ORDERS[order]);
    const parts = SECTIONS.map(([title, mine, none]) => section(title, films.filter(mine), none));
    if (rows.length) parts.unshift(section("Which film is meant?", rows, "", question));
    if (elsewhere.length) parts.push(section("Of another dataset", elsewhere, "", waiting));
    place.replaceChildren(orders(), ...parts);
  }

  function orders() {
    const { made } = window.reelscope.filmMarks;
    const label = made("label", { className: "filter-label", textContent: "Order " });
    const select = made("select", { className: "form-select" });
    select.append(...Object.keys(ORDERS).map((name) => made("option", { value: name, textContent: name, selected: name === order })));
    select.addEventListener("change", () => { order = select.value; draw(); document.querySelector("#yours select").focus(); });
    label.append(select);
    return label;
  }

  function section(title, films, none, drawn = row) {
    const { made } = window.reelscope.filmMarks;
    const part = made("section", { className: "card-panel" });
    part.append(made("h2", { textContent: films.length ? `${title} · ${films.length}` : title }));
    if (!films.length) part.append(made("p", { className: "muted mb-0", textContent: none }));
    const list = made("ul", { className: "yours-films" });
    list.append(...films.map(drawn));
    part.append(list);
    return part;
  }

  const titleOf = (film) => film.title ?? `Film ${film.movie_id}`;
  const named = (film) => (film.release_year ? `${titleOf(film)} (${film.release_year})` : titleOf(film));

  function row(film) {
    const { mark, made, slider } = window.reelscope.filmMarks;
    const item = made("li", {}), href = window.reelscope.rules.film.replace("<movie>", film.movie_id);
    item.append(made("a", { href, textContent: named(film) }));
    if (film.stars != null) item.append(slider(film, film.stars));
    item.append(away(film, () => mark(film, "remove")));
    return item;
  }

  // A film that this dataset does not have, or not for certain: its number means another one here.
  function waiting(film) {
    const { READ, change, made, open, tell, undo } = window.reelscope.filmMarks;
    const before = open();
    const remove = () => {
      change({ ...before, elsewhere: before.elsewhere.filter((other) => other !== film) });
      tell(`${film.title} is removed.`, READ, undo(() => change(before)));
    };
    const item = made("li", {});
    const said = film.saved ? "saved" : film.dismissed ? "sent away" : window.reelscope.profile.shown(film);
    item.append(made("span", { className: "waiting-film", textContent: named(film) }), made("span", { className: "muted figures", textContent: said }), away(film, remove));
    return item;
  }

  // A film that may be one of several: which it is, or that it is none.
  function question(asked) {
    const { READ, change, made, open, tell, undo } = window.reelscope.filmMarks;
    const { decided } = window.reelscope.undecided, { most } = window.reelscope.rules.profile;
    const before = open();
    const decide = (movie, text) => {
      change(decided(before, asked, movie, most));
      tell(text, READ, undo(() => change(before)));
    };
    const given = asked.kind === "rated" ? window.reelscope.ratedScale.shown(asked.stars) : asked.kind === "saved" ? "saved" : "sent away";
    const select = made("select", { className: "form-select" });
    select.append(made("option", { value: "", textContent: "Choose" }), ...asked.films.map((film) => made("option", { value: film.movie_id, textContent: named(film) })));
    select.setAttribute("aria-label", `Which film is ${asked.said}?`);
    select.addEventListener("change", () => select.value && decide(Number(select.value), `${asked.said} is ${select.selectedOptions[0].textContent}.`));
    const none = made("button", { type: "button", className: "btn btn-quiet", textContent: "None of these" });
    none.setAttribute("aria-label", `None of these is ${asked.said}`);
    none.addEventListener("click", () => decide(null, `${asked.said} is left out.`));
    const item = made("li", {});
    item.append(made("span", { className: "waiting-film", textContent: asked.said }), made("span", { className: "muted figures", textContent: given }), select, none);
    return item;
  }

  function away(film, remove) {
    const button = window.reelscope.filmMarks.made("button", { type: "button", className: "btn btn-quiet", textContent: "Remove" });
    button.setAttribute("aria-label", `Remove ${titleOf(film)}`);
    button.addEventListener("click", remove);
    return button;
  }

  document.addEventListener("profile-shown", draw);
})();
