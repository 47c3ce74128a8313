// The page scrolls over the map as anywhere: its wheel zooms with Ctrl or after a click, two fingers move it.
(() => {
  const { pinched } = window.reelscope.mapView;
  const TOLD = 1800; // ms that the hint stands
  let telling = null;

  function tell() {
    const hint = document.getElementById("map-hint");
    hint?.classList.add("told");
    clearTimeout(telling);
    telling = setTimeout(() => hint?.classList.remove("told"), TOLD);
  }

  // A wheel that means the page does not reach Plotly. A pinch on a touchpad comes as a wheel with Ctrl.
  function wheels(plot) {
    let entered = false;
    plot.addEventListener("pointerdown", ({ pointerType }) => { entered = pointerType === "mouse"; });
    plot.addEventListener("pointerleave", () => { entered = false; });
    plot.addEventListener("wheel", (event) => {
      if (entered || event.ctrlKey || event.metaKey) return;
      event.stopPropagation();
      tell();
    }, { capture: true, passive: true });
  }

  // Where two fingers are on the plot, as shares of its edges from the low ends, and how far apart in pixels.
  function hold(plot, [a, b]) {
    const box = plot.querySelector(".nsewdrag").getBoundingClientRect();
    const middle = { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 };
    return { x: (middle.x - box.left) / box.width, y: (box.bottom - middle.y) / box.height, apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) };
  }

  function fingers(plot, limits) {
    let from = null, ranges = null, waiting = false;
    const options = { capture: true, passive: false };
    plot.addEventListener("touchstart", (event) => {
      event.stopPropagation(); // one finger scrolls the page
      if (event.touches.length !== 2) return;
      event.preventDefault();
      [from, ranges] = [hold(plot, event.touches), ["xaxis", "yaxis"].map((axis) => [...plot.layout[axis].range])];
    }, options);
    plot.addEventListener("touchmove", (event) => {
      if (!from || event.touches.length !== 2) return void (event.touches.length === 1 && tell());
      event.preventDefault();
      if (waiting) return;
      waiting = true;
      const to = hold(plot, event.touches);
      requestAnimationFrame(() => {
        waiting = false;
        if (from) move(plot, ranges, from, to, limits);
      });
    }, options);
    plot.addEventListener("touchend", () => { from = null; });
  }

  function move(plot, [x, y], from, to, limits) {
    const by = to.apart / Math.max(from.apart, 1);
    window.Plotly.relayout(plot, { "xaxis.range": pinched(x, from.x, to.x, by, limits), "yaxis.range": pinched(y, from.y, to.y, by, limits) });
  }

  // limits: {width, zoom}, of the whole map and at most.
  function watch(plot, limits) {
    wheels(plot);
    fingers(plot, limits);
  }

  globalThis.reelscope = { ...globalThis.reelscope, mapGestures: { watch } };
})();
