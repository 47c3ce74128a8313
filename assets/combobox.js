// The search that adds a film: a combobox with a list of options. The focus stays in the field.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
(() => {
  const ids = () => window.reelscope.rules?.ids ?? {};
  const field = () => document.getElementById(ids().ADD_SEARCH);
  const list = () => document.getElementById(ids().ADD_FOUND);
  const options = () => [...list().querySelectorAll("[role=option]")];
  const MOVES = { ArrowDown: 1, ArrowUp: -1 };

  let chosenId; // the option chosen last, which may come to stand elsewhere

  // What a screen reader is told of field and list, and which option is chosen; -1 is none.
  function show(chosen) {
    const all = options();
    chosenId = all[chosen]?.id;
    const said = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list().id, "aria-expanded": all.length > 0, "aria-activedescendant": chosenId ?? "" };
    for (const [name, value] of Object.entries(said)) field().setAttribute(name, value);
    all.forEach((option, place) => option.setAttribute("aria-selected", place === chosen));
    all[chosen]?.scrollIntoView({ block: "nearest" });
  }

  const chosenNow = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

  addEventListener("keydown", (event) => {
    if (!event.target.id || event.target !== field()) return;
    const all = options(), chosen = chosenNow();
    if (event.key in MOVES && all.length) {
      event.preventDefault();
      const from = chosen < 0 && event.key === "ArrowUp" ? 0 : chosen;
      show((from + MOVES[event.key] + all.length) % all.length);
    } else if (event.key === "Enter" && all.length) {
      event.preventDefault();
      all[Math.max(chosen, 0)].click();
    } else if (event.key === "Escape") window.dash_clientside.set_props(ids().ADD_SEARCH, { value: "" });
  });

  let pressed = null, choices = 0;

  function filmAt(element) {
    const option = element.closest("[role=option]");
    return option && { movie_id: Number(option.dataset.movie), title: option.textContent };
  }

  function add(film) {
    if (film) window.dash_clientside.set_props(ids().ADDED, { data: { ...film, choice: ++choices } });
  }

  // A press on an option leaves the focus in the field.
  addEventListener("mousedown", (event) => {
    pressed = list()?.contains(event.target) ? filmAt(event.target) : null;
    if (pressed !== null) event.preventDefault();
  });

  // The film that was pressed is meant: another list may stand there by now, and no click follows then.
  addEventListener("mouseup", (event) => {
    if (list()?.contains(event.target)) add(pressed);
    pressed = null;
  });

  // Without a press: by the keyboard or a screen reader.
  addEventListener("click", (event) => {
    if (event.detail === 0 && list()?.contains(event.target)) add(filmAt(event.target));
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    combobox: {
      // Once the options have changed. One chosen meanwhile stays so.
      async refresh() {
        await new Promise((done) => { setTimeout(done, 60); });
        if (list()) show(options().findIndex(({ id }) => id === chosenId));
        return window.dash_clientside.no_update;
      },
    },
  });
})();
