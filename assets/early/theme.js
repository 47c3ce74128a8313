// Loaded in the head, so that the page is never painted in the wrong theme.
(() => {
  const KEY = "reelscope-theme";
  const root = document.documentElement;
  const [light, dark] = document.currentScript.dataset.themes.split(" ");
  const system = matchMedia("(prefers-color-scheme: dark)");

  // The theme that was chosen in this browser; null where none was, or storage is blocked.
  function chosen() {
    try {
      const kept = localStorage.getItem(KEY);
      return kept === light || kept === dark ? kept : null;
    } catch { return null; }
  }

  const current = () => root.dataset.bsTheme;
  const ofSystem = () => (system.matches ? dark : light);

  // The browser's own bar takes the colour of the theme that stands, whatever the system's is.
  function paint(theme) {
    root.dataset.bsTheme = theme;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.media = meta.dataset.theme === theme ? "all" : "not all";
  }

  function turn() {
    paint(current() === dark ? light : dark);
    try { localStorage.setItem(KEY, current()); } catch { /* not remembered */ }
  }

  // Tells `told` when the system's theme changes and is the page's, as none was chosen.
  function follow(told) {
    system.addEventListener("change", () => {
      if (chosen()) return;
      paint(ofSystem());
      told();
    });
  }

  paint(chosen() ?? ofSystem());
  globalThis.reelscope = { ...globalThis.reelscope, theme: { current, follow, turn } };
})();
