// The taste map in the browser: names that do not overlap, moving and zooming, a film's page on a click.
(() => {
  const WHOLE = 1.06, MOST = 100, STEP = 1.8, PAUSE = 250; // the whole map's width; ms without a move
  const graph = () => document.querySelector(`[id='{"chart":"taste-map","type":"graph"}'] .js-plotly-plot`);
  let pause = null;

  // Names are in order of weight: one that would lie over another before it is hidden.
  function thin(plot) {
    const placed = [];
    for (const name of plot.querySelectorAll(".scatterlayer .textpoint text")) {
      name.style.visibility = "";
      const { left, right, top, bottom } = name.getBoundingClientRect();
      const free = placed.every((other) =>
        left > other.right + 4 || right < other.left - 4 || top > other.bottom || bottom < other.top);
      if (free) placed.push({ left, right, top, bottom });
      else name.style.visibility = "hidden";
    }
  }

  function watch() {
    const plot = graph();
    if (!plot?.on) return void (document.getElementById("map-search") && requestAnimationFrame(watch));
    if (!plot.thins) {
      plot.thins = true;
      plot.on("plotly_afterplot", () => thin(plot));
    }
    thin(plot);
  }

  const query = (change) => {
    const parts = new URLSearchParams(location.search);
    change(parts);
    return parts.toString().replaceAll("%2C", ",").replaceAll("+", "%20");
  };

  // Where the map was moved to, in the address, once it rests.
  function moved() {
    clearTimeout(pause);
    pause = setTimeout(() => {
      const plot = graph();
      if (!plot?.layout?.xaxis?.range) return;
      const [[left, right], [bottom, top]] = [plot.layout.xaxis.range, plot.layout.yaxis.range];
      const at = [(left + right) / 2, (bottom + top) / 2, WHOLE / (right - left)].map((n) => Number(n.toFixed(3)));
      const new_query = query((parts) => parts.set("at", at.join(",")));
      if (new_query !== query(() => {})) window.dash_clientside.set_props("view", { data: { query: new_query, by: "taste-map" } });
    }, PAUSE);
  }

  function zoom(by) {
    const plot = graph();
    if (!plot) return;
    const ranges = {};
    for (const axis of ["xaxis", "yaxis"]) {
      const [low, high] = plot.layout[axis].range;
      const half = by ? Math.max((high - low) / 2 / by, WHOLE / 2 / MOST) : WHOLE / 2;
      const middle = by ? (low + high) / 2 : 0.5;
      ranges[`${axis}.range`] = [middle - half, middle + half];
    }
    window.Plotly.relayout(plot, ranges);
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    tasteMap: {
      choose(colour, model) {
        const standing = new URLSearchParams(location.search);
        const same = (key, value, usual) => (standing.get(key) ?? usual) === value;
        const new_query = query((parts) => {
          if (!same("colour", colour, "genre")) parts.set("colour", colour);
          if (!same("model", model, "nmf")) { parts.set("model", model); parts.delete("at"); }
        });
        return new_query === query(() => {}) ? window.dash_clientside.no_update : { query: new_query, by: "map-choice" };
      },

      // The ratings that the Recommend page keeps in this browser.
      profile() {
        try { return JSON.parse(localStorage.getItem("profile")); } catch { return null; }
      },

      move(relayout) {
        const { no_update: nothing, callback_context: context } = window.dash_clientside;
        for (const { prop_id, value } of context.triggered) {
          if (prop_id.endsWith(".figure")) watch();
          else if (prop_id.endsWith(".relayoutData")) { if (Object.keys(relayout ?? {}).some((key) => key.includes("axis"))) moved(); }
          else if (value) zoom({ "map-in": STEP, "map-out": 1 / STEP }[prop_id.split(".")[0]]);
        }
        return nothing;
      },

      open(click) {
        const movie = click?.points?.[0]?.customdata?.[0];
        const { no_update: nothing } = window.dash_clientside;
        if (movie == null) return [nothing, nothing];
        const filters = query((parts) => ["search", "colour", "model", "at"].forEach((key) => parts.delete(key)));
        return [location.pathname.replace(/map\/?$/, `films/${movie}`), filters ? `?${filters}` : ""];
      },
    },
  });
})();
