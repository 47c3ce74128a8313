// Charts are drawn as wide as the paper while a page is printed, and as wide as the window again; those out of view, too.
(() => {
  const PAPER = 660; // CSS pixels of A4 and letter within their margins

  const each = (change) => {
    for (const plot of document.querySelectorAll(".js-plotly-plot")) if (plot.layout) window.Plotly.relayout(plot, change(plot));
  };

  addEventListener("beforeprint", () => {
    window.Plotly.drawAll?.();
    each((plot) => ({ width: Math.min(PAPER, plot.clientWidth), height: plot.clientHeight }));
  });
  addEventListener("afterprint", () => each(() => ({ width: null, height: null, autosize: true })));
})();
