// What the browser keeps with an entry of its history, over reloads: where the page stood, which films it asked about.
// Each page of the app is drawn after its address is there, so the browser's own restoring comes too early.
(() => {
  const PATIENCE = 10_000; // ms that a page may take to be as long as it was
  const SAVED = 150; // ms after the last move

  const kept = (name) => history.state?.[name];
  const keep = (name, value) => history.replaceState({ ...history.state, [name]: value }, "");

  history.scrollRestoration = "manual";
  let wanted = null, patience = null, saving = null;

  const save = () => { if (wanted === null) keep("y", Math.round(scrollY)); };

  function leave() {
    clearTimeout(patience);
    wanted = null;
  }

  // The page goes back to where it stood, and stays there while it grows, until the visitor moves.
  function back() {
    clearTimeout(saving);
    leave();
    wanted = kept("y") || null;
    if (wanted !== null) patience = setTimeout(leave, PATIENCE);
    hold();
  }

  function hold() {
    if (wanted !== null) scrollTo({ top: wanted, behavior: "instant" });
  }

  addEventListener("scroll", () => {
    clearTimeout(saving);
    if (wanted === null) saving = setTimeout(save, SAVED);
  }, { passive: true });
  for (const moves of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(moves, leave, { capture: true, passive: true });
  addEventListener("click", (event) => {
    if (event.target.closest?.("a")) { clearTimeout(saving); save(); } // before the next entry begins
  }, { capture: true });
  addEventListener("popstate", back);
  new ResizeObserver(hold).observe(document.documentElement); // the body may not be there yet
  back();

  globalThis.reelscope = { ...globalThis.reelscope, historyEntry: { holds: () => wanted !== null, keep, kept } };
})();
