// Dragging along a time axis chooses the months, rated= in the address; a box on a chart that has them, the films in
// it, within=. A finger scrolls the page instead.
(() => {
  const LEAST = 8; // pixels of a drag; less is a click
  let brush = null; // {plot, boxed, across, down, band} while the mouse is down; an axis, and pixels from its start
  let dragged = false; // whether that ended a drag, which Plotly tells as a click on where it began

  // What is brushed of an axis, in its own order.
  function ends({ axis, from, to }) {
    const inside = [from, to].map((pixel) => Math.min(Math.max(pixel, 0), axis._length));
    return inside.sort((one, other) => one - other).map((pixel) => axis.p2d(pixel));
  }

  // As months: ["2005-03", "2007-11"].
  function months(axis, from, to) {
    return ends({ axis, from, to }).map((date) => date.slice(0, 7));
  }

  // As numbers, ascending: ["2.315", "3.5"]. An axis may run downwards.
  function numbers(axis, from, to) {
    return ends({ axis, from, to }).sort((one, other) => one - other).map((number) => String(Number(number.toFixed(3))));
  }

  // As within= has it; what the other axis measures, the figure says.
  function within(low, high, least, most) {
    const plot = document.querySelector(".boxes .js-plotly-plot");
    return `${plot?.layout?.meta ?? "agreement"},${low}..${high},${least}..${most}`;
  }

  const of = (read, { axis, from, to }) => read(axis, from, to);
  const chosen = ({ boxed, across, down }) => (boxed
    ? { within: within(...of(numbers, across), ...of(numbers, down)) }
    : { rated: of(months, across).join("..") });
  const short = (pair) => pair.map((end) => Number(end).toFixed(2)).join(" to ");
  const words = ({ boxed, across, down }) => (boxed
    ? `${short(of(numbers, across))} · ${short(of(numbers, down))}`
    : of(months, across).join(" to "));

  function begin(event) {
    dragged = false;
    const place = event.target.closest?.(".brushes"), plot = place?.querySelector(".js-plotly-plot");
    if (!plot || event.pointerType !== "mouse" || event.button || !event.target.closest(".nsewdrag")) return;
    const box = plot.getBoundingClientRect();
    const along = (axis, edge, pixel) => ({ axis, edge: edge + axis._offset, from: pixel - edge - axis._offset, to: pixel - edge - axis._offset });
    const { xaxis, yaxis } = plot._fullLayout;
    brush = { plot, boxed: place.classList.contains("boxes"), band: null, across: along(xaxis, box.left, event.clientX), down: along(yaxis, box.top, event.clientY) };
  }

  const moved = ({ from, to }) => Math.abs(to - from);
  const stretch = ({ axis, from, to }) => {
    const [start, end] = [Math.max(Math.min(from, to), 0), Math.min(Math.max(from, to), axis._length)];
    return [`${axis._offset + start}px`, `${end - start}px`];
  };

  function move(event) {
    if (!brush) return;
    const { plot, boxed, across, down } = brush;
    across.to = event.clientX - across.edge;
    down.to = event.clientY - down.edge;
    if (!brush.band && (boxed ? Math.min(moved(across), moved(down)) : moved(across)) < LEAST) return;
    brush.band ??= plot.appendChild(Object.assign(document.createElement("output"), { className: "brush" }));
    const [left, width] = stretch(across), [top, height] = stretch(down);
    Object.assign(brush.band.style, { left, width }, boxed ? { top, height } : {});
    brush.band.textContent = words(brush);
  }

  function release(wanted) {
    const ended = brush;
    brush = null;
    if (!ended.band) return;
    ended.band.remove();
    dragged = true;
    if (wanted) window.reelscope.choose(chosen(ended));
  }

  // Before Plotly, which keeps the events of a drag to itself
  addEventListener("pointerdown", begin, true);
  addEventListener("pointermove", move, true);
  addEventListener("pointerup", () => brush && release(true), true);
  addEventListener("keydown", (event) => { if (brush && event.key === "Escape") release(false); });

  globalThis.reelscope = { ...globalThis.reelscope, brush: { months, numbers, within, ended: () => dragged } };
})();
