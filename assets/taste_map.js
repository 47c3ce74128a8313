// The taste map in the browser: names that do not overlap, moving and zooming, a film's page on a click.
(() => {
  const { MOVING, changed, chosen, filledIn, without } = window.reelscope.address;
  const { domId, inputOf } = window.reelscope.componentIds;
  const { free, place, zoomed } = window.reelscope.mapView;
  const STEP = 1.8, PAUSE = 250, FLIGHT = 400; // a press on Zoom in; ms without a move; ms of a zoom
  const ACTS = ["move", "draw", "in", "out", "whole"]; // the inputs of `move`
  const ZOOMS = { in: STEP, out: 1 / STEP, whole: 0 };
  let pause = null, drawn = null, limits = null; // the graph's id; {width, zoom}

  const query = () => location.search.slice(1);
  const card = () => document.getElementById(domId(drawn));
  const graph = () => card()?.querySelector(".js-plotly-plot");

  // Names are in order of weight: one that would lie over another before it, or be cut, is hidden.
  function thin(plot) {
    const names = [...plot.querySelectorAll(".scatterlayer .textpoint text")];
    const edge = plot.querySelector(".nsewdrag").getBoundingClientRect();
    const boxes = names.map((name) => name.getBoundingClientRect());
    const whole = boxes.map((box) => box.left >= edge.left && box.right <= edge.right && box.top >= edge.top && box.bottom <= edge.bottom);
    const seen = free(boxes.filter((_, i) => whole[i])).values();
    names.forEach((name, i) => { name.style.visibility = whole[i] && seen.next().value ? "" : "hidden"; });
  }

  function watch() {
    const plot = graph();
    if (!plot?.on) return void (card() && requestAnimationFrame(watch));
    if (!plot.thins) {
      plot.thins = true;
      plot.on("plotly_afterplot", () => thin(plot));
      window.reelscope.mapGestures.watch(plot, limits);
    }
    thin(plot);
  }

  // Where the map was moved to, in the address, once it rests.
  function moved() {
    clearTimeout(pause);
    pause = setTimeout(() => {
      const layout = graph()?.layout;
      if (!layout?.xaxis?.range) return;
      const now = changed(query(), { at: place(layout.xaxis.range, layout.yaxis.range, limits.width) });
      if (now !== changed(query(), {})) window.dash_clientside.set_props(window.reelscope.rules.ids.VIEW, { data: { query: now, by: MOVING } });
    }, PAUSE);
  }

  function zoom(by) {
    const plot = graph();
    if (!plot) return;
    const [x, y] = ["xaxis", "yaxis"].map((axis) => zoomed(plot.layout[axis].range, by, limits));
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) return void window.Plotly.relayout(plot, { "xaxis.range": x, "yaxis.range": y });
    const layout = { xaxis: { range: x }, yaxis: { range: y } };
    window.Plotly.animate(plot, { layout }, { transition: { duration: FLIGHT, easing: "cubic-in-out" }, frame: { duration: FLIGHT, redraw: false } })
      .then(() => { thin(plot); moved(); });
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    tasteMap: {
      // The chosen colour and model to the view. usual: what the address leaves out.
      choose(colour, model, usual) {
        const now = chosen(query(), { colour, model }, usual, { model: ["at"] });
        return now === null ? window.dash_clientside.no_update : { query: now, by: "map-choice" };
      },

      // The ratings that this browser keeps.
      profile(dataset) {
        return dataset ? window.reelscope.keptProfile.open(window.reelscope.rules) : window.dash_clientside.no_update;
      },

      // The last two arguments: the graph's id, and {width, zoom} of the whole map and at most.
      move(relayout, ...values) {
        const { no_update: nothing, callback_context: { inputs_list: inputs, triggered } } = window.dash_clientside;
        [drawn, limits] = values.slice(ACTS.length - 1);
        for (const change of triggered) {
          const act = ACTS[inputOf(change, inputs)];
          if (act === "draw") watch();
          else if (act === "move") { if (Object.keys(relayout ?? {}).some((key) => key.includes("axis"))) moved(); }
          else if (change.value) zoom(ZOOMS[act]);
        }
        return nothing;
      },

      // To the page of the film that was clicked; its address keeps the filters.
      open(click) {
        const movie = click?.points?.[0]?.customdata?.[0];
        const { no_update: nothing } = window.dash_clientside;
        if (movie == null) return [nothing, nothing];
        const { film, own } = window.reelscope.rules;
        const filters = without(changed(query(), {}), own);
        return [filledIn(film, movie), filters ? `?${filters}` : ""];
      },
    },
  });
})();
