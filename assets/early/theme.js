// Loaded in the head, so that the page is never painted in the wrong theme.
(() => {
  let saved = null;
  try { saved = localStorage.getItem("reelscope-theme"); } catch { /* storage is blocked: follow the system */ }
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.bsTheme = saved === "dark" || saved === "light" ? saved : system;
})();
