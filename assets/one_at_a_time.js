// On a phone one film at a time is rated, with the next below: an answered one makes room once the visitor pauses.
// style.css shows the first two that are not done. What a finger already aims at is not let through meanwhile.
(() => {
  const PAUSE = 1100; // ms after the last touch of a card
  const SHIELD = 450; // ms in which a finger on its way meets no other film than it aimed at
  const NARROW = matchMedia("(max-width: 48rem)");

  const filmOf = (row) => JSON.parse(row.dataset.film).movie_id;
  const answered = (row) => !row.classList.contains("unrated") || row.classList.contains("hidden-film");
  const list = () => document.getElementById(window.reelscope.rules?.ids.ASKED_FILMS);
  let waiting = null, pressed = false;

  const rows = () => [...(list()?.querySelectorAll(".rate-row") ?? [])];

  // A card that Dash uses again for another film is not done.
  const isDone = (row) => row.dataset.done === String(filmOf(row));

  function advance() {
    if (!list()) return;
    if (pressed) { later(); return; }
    const ready = rows().filter((row) => answered(row) && !isDone(row));
    const focused = ready.some((row) => row.contains(document.activeElement));
    if (!ready.length) return;
    list().dataset.moving = "";
    ready.forEach((row) => { row.dataset.done = filmOf(row); });
    setTimeout(() => { delete list()?.dataset.moving; }, SHIELD);
    if (focused && NARROW.matches) rows().find((row) => !isDone(row))?.querySelector("input").focus({ preventScroll: true });
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(advance, PAUSE);
  }

  // After a touch on a card, and when other cards come.
  function follow() {
    rows().forEach((row) => { if (row.dataset.done && !(isDone(row) && answered(row))) delete row.dataset.done; });
    later();
  }

  addEventListener("pointerdown", () => { pressed = true; }, { capture: true, passive: true });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { pressed = false; }, { capture: true, passive: true });

  window.reelscope = { ...window.reelscope, oneAtATime: { follow } };
})();
