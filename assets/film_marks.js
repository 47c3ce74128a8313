// What a visitor says of a film wherever it is shown: save, seen it (with stars), not for me. The profile is this
// browser's; the last thing said can be taken back.
(() => {
  const rules = () => window.reelscope.rules;
  const open = () => window.reelscope.keptProfile.open(rules());
  const stateOf = (movie) => window.reelscope.profile.stateOf(open(), movie);
  const made = (tag, about) => Object.assign(document.createElement(tag), about);
  const READ = 20_000; // ms, of a sentence; what it undoes can be undone on the page Yours as well
  let before = null; // the profile before the last mark
  let leaving = null;

  // Put a profile in the place of this one, on every part of the page.
  function change(profile) {
    window.reelscope.keptProfile.keep(profile, rules());
    if (document.getElementById(rules().ids.ASKED_FILMS)) window.dash_clientside.set_props(rules().ids.PROFILE, { data: profile });
    paint();
  }

  function mark(film, act, stars) {
    const { marked, said } = window.reelscope.profile;
    before = open();
    change(marked(before, film, act, stars));
    tell(said(film, act, stateOf(film.movie_id)), READ, undo(() => change(before)));
  }

  // What was done, at the foot of the window, over what stands there. more: what may be pressed then; whatever is, the
  // words go. lasts: in ms, while nobody points at them.
  function tell(text, lasts, ...more) {
    const bar = document.getElementById("mark-said") ?? document.body.appendChild(made("div", { id: "mark-said", className: "mark-said" }));
    const close = made("button", { type: "button", className: "btn btn-quiet", textContent: "×" });
    close.setAttribute("aria-label", "Close");
    for (const each of [...more, close]) each.addEventListener("click", () => bar.replaceChildren());
    bar.replaceChildren(made("span", { role: "status", textContent: text }), ...more, close);
    clearTimeout(leaving);
    const leave = () => { if (bar.matches(":hover, :focus-within")) leaving = setTimeout(leave, lasts); else bar.replaceChildren(); };
    if (lasts < Infinity) leaving = setTimeout(leave, lasts);
  }

  function undo(back) {
    const button = made("button", { type: "button", className: "btn btn-quiet", textContent: "Undo" });
    button.addEventListener("click", back);
    return button;
  }

  // Stars for a film, from a slider of its own.
  function slider(film, stars) {
    const { shown: rated, places, yours } = window.reelscope.ratedScale;
    const field = made("input", { type: "range", ...places(), value: stars ?? 3, className: "form-range" });
    field.setAttribute("aria-label", `Y${yours().slice(1)} for ${film.title}`);
    const row = made("div", { className: stars == null ? "mark-stars unrated" : "mark-stars" });
    const shown = made("output", { textContent: stars == null ? yours() : rated(stars) });
    field.addEventListener("input", () => { row.classList.remove("unrated"); shown.textContent = rated(Number(field.value)); });
    const give = () => mark(film, "rate", Number(field.value));
    field.addEventListener("change", give);
    // Pressed where it already stands it does not change, but is meant; a finger's tap is no click here.
    if (stars == null) field.addEventListener("pointerup", () => setTimeout(() => stateOf(film.movie_id) !== "rated" && give(), 60));
    row.append(field, shown);
    return row;
  }

  // Every film on the page as the profile has it.
  function paint() {
    if (!rules() || !window.reelscope.keptProfile.known()) return; // until then its numbers may be another dataset's
    const films = new Map(open().movies.map((film) => [film.movie_id, film]));
    document.querySelectorAll("[data-marks]").forEach((block) => {
      const kept = films.get(JSON.parse(block.dataset.marks).movie_id);
      const pressed = { save: Boolean(kept?.saved), seen: kept?.stars != null, dismiss: Boolean(kept?.dismissed) };
      block.querySelectorAll("[data-mark]").forEach((button) => {
        const now = String(pressed[button.dataset.mark]);
        if (button.getAttribute("aria-pressed") !== now) button.setAttribute("aria-pressed", now);
      });
    });
    document.dispatchEvent(new CustomEvent("profile-shown"));
  }

  addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-mark]");
    if (!button || !rules()) return;
    const block = button.closest("[data-marks]"), film = JSON.parse(block.dataset.marks), act = button.dataset.mark;
    if (act !== "seen") return mark(film, act);
    const there = block.querySelector(".mark-stars");
    if (there) return there.remove();
    block.append(slider(film, open().movies.find((other) => other.movie_id === film.movie_id)?.stars));
    block.querySelector("input").focus();
  });

  let waiting = false;
  new MutationObserver((changes) => {
    if (waiting || !changes.some(({ addedNodes }) => addedNodes.length)) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (document.querySelector("[data-marks], #yours")) paint();
    });
  }).observe(document.documentElement, { childList: true, subtree: true });

  window.reelscope = { ...window.reelscope, filmMarks: { change, made, mark, open, paint, slider, tell, undo, READ } };
})();
