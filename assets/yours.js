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
    const text = JSON.stringify([order, open().movies, window.reelscope.ratedScale.shown(5)]);
    if (text === shown && place.children.length) return;
    shown = text;
    const films = [...open().movies].reverse().sort(ORDERS[order]);
    place.replaceChildren(orders(), ...SECTIONS.map(([title, mine, none]) => section(title, films.filter(mine), none)));
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

  function section(title, films, none) {
    const { made } = window.reelscope.filmMarks;
    const part = made("section", { className: "card-panel" });
    part.append(made("h2", { textContent: films.length ? `${title} · ${films.length}` : title }));
    if (!films.length) part.append(made("p", { className: "muted mb-0", textContent: none }));
    const list = made("ul", { className: "yours-films" });
    list.append(...films.map(row));
    part.append(list);
    return part;
  }

  function row(film) {
    const { made, mark, slider } = window.reelscope.filmMarks;
    const item = made("li", {}), href = window.reelscope.rules.film.replace("<movie>", film.movie_id);
    const name = film.title ?? `Film ${film.movie_id}`;
    item.append(made("a", { href, textContent: film.release_year ? `${name} (${film.release_year})` : name }));
    if (film.stars != null) item.append(slider(film, film.stars));
    const away = made("button", { type: "button", className: "btn btn-quiet", textContent: "Remove" });
    away.setAttribute("aria-label", `Remove ${name}`);
    away.addEventListener("click", () => mark(film, "remove"));
    item.append(away);
    return item;
  }

  document.addEventListener("profile-shown", draw);
})();
