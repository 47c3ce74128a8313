// Dragging along a time axis chooses the months: rated= in the address. A finger scrolls the page instead.
(() => {
  const LEAST = 8; // pixels of a drag; less is a click
  let brush = null; // {plot, axis, left, from, to, band} while the mouse is down
  let dragged = false; // whether that ended a drag, which Plotly tells as a click on where it began

  // What is brushed, as months of the axis' own order: ["2005-03", "2007-11"].
  function months(axis, from, to) {
    const inside = [from, to].map((pixel) => Math.min(Math.max(pixel, 0), axis._length));
    return inside.sort((one, other) => one - other).map((pixel) => axis.p2d(pixel).slice(0, 7));
  }

  function begin(event) {
    dragged = false;
    const plot = event.target.closest?.(".brushes")?.querySelector(".js-plotly-plot");
    if (!plot || event.pointerType !== "mouse" || event.button || !event.target.closest(".nsewdrag")) return;
    const axis = plot._fullLayout.xaxis;
    const left = plot.getBoundingClientRect().left + axis._offset;
    brush = { plot, axis, left, from: event.clientX - left, to: event.clientX - left, band: null };
  }

  function move(event) {
    if (!brush) return;
    brush.to = event.clientX - brush.left;
    if (!brush.band && Math.abs(brush.to - brush.from) < LEAST) return;
    brush.band ??= brush.plot.appendChild(Object.assign(document.createElement("output"), { className: "brush" }));
    const { axis, from, to, band } = brush;
    const [start, end] = [Math.max(Math.min(from, to), 0), Math.min(Math.max(from, to), axis._length)];
    Object.assign(band.style, { left: `${axis._offset + start}px`, width: `${end - start}px` });
    band.textContent = months(axis, from, to).join(" to ");
  }

  function release(chosen) {
    const { axis, from, to, band } = brush;
    brush = null;
    if (!band) return;
    band.remove();
    dragged = true;
    if (chosen) window.reelscope.choose({ rated: months(axis, from, to).join("..") });
  }

  // Before Plotly, which keeps the events of a drag to itself
  addEventListener("pointerdown", begin, true);
  addEventListener("pointermove", move, true);
  addEventListener("pointerup", () => brush && release(true), true);
  addEventListener("keydown", (event) => { if (brush && event.key === "Escape") release(false); });

  globalThis.reelscope = { ...globalThis.reelscope, brush: { months, ended: () => dragged } };
})();
