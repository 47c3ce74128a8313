// Loaded in the head: fetches the part of Plotly that our charts need while the page is read. Where window.Plotly is a
// promise, dcc.Graph waits for it instead of fetching all of Plotly. Of charts that show something, those near what is
// seen are drawn again first; the others once the browser has nothing else to do, one by one, or when they come near.
(() => {
  const NEAR = 0.5; // of the window's height, above and below it
  const PAUSE = 100; // ms
  const LATEST = 1000; // ms after which one that is far is drawn, however busy the browser is
  const script = document.createElement("script");
  const { bundle } = document.currentScript.dataset;
  const early = new Map(); // charts that were drawn before Dash had started, by the id of the graph: [plot, figure]

  // Safari has no idle times.
  const whenIdle = (work) => (window.requestIdleCallback ? window.requestIdleCallback(work, { timeout: LATEST }) : setTimeout(work, PAUSE));

  const isBlank = ({ data }) => !data?.length;
  const sizeOf = ({ width, height }) => [Math.round(width), Math.round(height)].join();

  // dcc.Graph's element stands for the plot that was drawn in its stead and is moved into it when the page is shown.
  function standFor(graph, plot) {
    graph.stands = plot;
    graph.on = (...listener) => plot.on(...listener);
    graph.removeAllListeners = (...names) => plot.removeAllListeners(...names);
    for (const name of ["data", "layout", "_fullData", "_fullLayout"]) Object.defineProperty(graph, name, { get: () => plot[name], configurable: true });
  }

  function isNear(plot) {
    const { top, bottom } = plot.getBoundingClientRect();
    return bottom > -NEAR * innerHeight && top < (1 + NEAR) * innerHeight;
  }

  // Plotly as dcc.Graph uses it, which draws a chart again once it was drawn, as if its size might be another.
  function lean(plotly) {
    const { react, purge, newPlot, Plots: { resize } } = plotly;
    const drawn = (graph) => graph.stands ?? graph;
    const far = new Map(); // plots that are to be drawn again, and their figures
    const coming = new IntersectionObserver((seen) => {
      for (const { isIntersecting, target } of seen) if (isIntersecting) drawFar(target);
    }, { rootMargin: `${100 * NEAR}% 0px` });

    let idle = null; // the request for a time without work

    function forget(plot) {
      coming.unobserve(plot);
      far.delete(plot);
    }
    function waitForIdle() {
      if (far.size) idle ??= whenIdle(() => {
        idle = null;
        drawFar(far.keys().next().value);
        waitForIdle();
      });
    }
    function drawFar(plot) {
      const figure = far.get(plot);
      forget(plot);
      return figure && react(plot, figure);
    }
    function redraw(plot, figure) {
      forget(plot);
      if (isBlank(plot) || isNear(plot)) return react(plot, figure);
      far.set(plot, figure);
      coming.observe(plot);
      waitForIdle();
      return Promise.resolve(plot);
    }
    function draw(graph, figure) {
      const found = early.get(graph.parentElement?.id);
      if (!found) return redraw(drawn(graph), figure);
      const [plot, { data }] = found;
      if (!graph.stands) standFor(graph, plot);
      if (!plot.isConnected) graph.append(plot); // Dash is late: its page is shown already
      if (isBlank(figure)) return Promise.resolve(graph);
      early.delete(graph.parentElement.id);
      const done = figure.data === data ? Promise.resolve(graph) : react(plot, figure);
      return done.then(() => plot.dispatchEvent(new Event("taken")) && graph);
    }
    function fit(graph) {
      const plot = drawn(graph);
      const same = plot._fullLayout && sizeOf(plot.getBoundingClientRect()) === sizeOf(plot._fullLayout);
      return same ? Promise.resolve(graph) : resize(plot);
    }
    // A chart for the graph with `id`, in `place`, before Dash asks for it.
    function drawEarly(id, place, figure) {
      early.set(id, [place, figure]);
      return newPlot(place, figure);
    }
    function leave(graph) {
      forget(drawn(graph));
      return purge(drawn(graph));
    }
    // What is far, too: to be printed.
    const drawAll = () => Promise.all([...far.keys()].map(drawFar));
    Object.assign(plotly, { react: draw, purge: leave, drawAll, drawEarly });
    plotly.Plots.resize = fit;
  }

  script.src = bundle;
  window.Plotly = new Promise((resolve, reject) => {
    script.onload = () => { lean(window.Plotly); resolve(); }; // the bundle has put itself in the promise's place
    script.onerror = () => reject(new Error(`${script.src} could not be loaded`));
  });
  document.head.append(script);
})();
