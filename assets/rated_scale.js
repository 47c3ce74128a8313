// Stars as what a visitor reads: stars, or numbers of the scale that the dataset's files have (dashboard/rated_words.py).
// Profiles keep stars, so that they mean the same on datasets of any scale.
(() => {
  const STARS = { best: 5, star: 1, worst: 0.5, step: 0.5, places: 1, stars: true };
  let scale = STARS;

  // known: what the server says of the dataset's scale; null for stars by half.
  function use(known) {
    const before = JSON.stringify(scale);
    scale = known ?? STARS;
    return JSON.stringify(scale) !== before;
  }

  const number = (stars) => String(Number((scale.best - (5 - stars) * scale.star).toFixed(scale.places)));
  const shown = (stars) => (scale.stars ? `${number(stars)} ★` : `${number(stars)} of ${scale.best}`);
  const spoken = (stars) => (scale.stars ? `${number(stars)} stars` : shown(stars));
  const places = () => ({ min: scale.worst, max: 5, step: scale.step }); // that a slider has
  const yours = () => (scale.stars ? "your stars" : "your rating");

  globalThis.reelscope = { ...globalThis.reelscope, ratedScale: { number, shown, places, spoken, use, yours } };

  if (globalThis.window === undefined) return;
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    ratedScale: {
      // What is drawn already is drawn again.
      use(known) {
        if (use(known)) window.reelscope.filmMarks.paint();
        return scale.best;
      },
    },
  });
})();
