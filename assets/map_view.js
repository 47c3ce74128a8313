// The part of the map that is shown, in the map's own measure: 0 to 1 and a margin.
(() => {
  // What the address says of a part: its middle, and how often it fits the whole. ranges: [low, high].
  function place(x, y, width) {
    const numbers = [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2, width / (x[1] - x[0])];
    return numbers.map((number) => Number(number.toFixed(3))).join(",");
  }

  // A range zoomed about its middle; all of it for 0. limits: {width, zoom}, of the whole and at most.
  function zoomed([low, high], by, { width, zoom }) {
    const half = by ? Math.max((high - low) / 2 / by, width / 2 / zoom) : width / 2;
    const middle = by ? (low + high) / 2 : 0.5;
    return [middle - half, middle + half];
  }

  // A range after two fingers moved. from, to: their middle, as a share of the edge from its low end; by: how much wider apart they are.
  function pinched([low, high], from, to, by, { width, zoom }) {
    const held = low + from * (high - low);
    const span = Math.min(Math.max((high - low) / by, width / zoom), width);
    return [held - to * span, held + (1 - to) * span];
  }

  // Which of the boxes lie over none that comes before them and is free. Each: {left, right, top, bottom}.
  function free(boxes, gap = 4) {
    const placed = [];
    return boxes.map((box) => {
      const alone = placed.every((other) =>
        box.left > other.right + gap || box.right < other.left - gap || box.top > other.bottom + gap / 2 || box.bottom < other.top - gap / 2);
      if (alone) placed.push(box);
      return alone;
    });
  }

  globalThis.reelscope = { ...globalThis.reelscope, mapView: { free, pinched, place, zoomed } };
})();
