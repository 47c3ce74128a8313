// Loaded in the head: fetches the part of Plotly that our charts need while Dash starts. Where
// window.Plotly is a promise, dcc.Graph waits for it instead of fetching all of Plotly.
(() => {
  const script = document.createElement("script");
  script.src = document.currentScript.dataset.bundle;
  window.Plotly = new Promise((resolve, reject) => {
    script.onload = resolve; // the bundle has put itself in the promise's place
    script.onerror = () => reject(new Error(`${script.src} could not be loaded`));
  });
  document.head.append(script);
})();
