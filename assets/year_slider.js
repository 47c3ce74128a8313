// The sliders of release years: what they choose goes into the two fields, which make the filter, and the other way.
(() => {
  const PAUSE = 350; // ms without a move, after which it is chosen
  const ENDS = ["first", "last"];
  let pause = null;

  const slider = (end) => document.getElementById(`years-${end}`);
  const field = (end) => document.getElementById(`${slider(end).closest(".years-picker").dataset.fields}-${end}`);
  const tell = (id, props) => window.dash_clientside.set_props(id, props);

  // Years as they are read, the fields' values for them, and how much of the chart lies on each side, in percent.
  function chosen(one, other, least, most) {
    const [first, last] = [Math.min(one, other), Math.max(one, other)];
    const whole = most - least + 1;
    return {
      values: { first: first > least ? first : null, last: last < most ? last : null },
      said: first === last ? `${first}` : `${first} to ${last}`,
      left: (100 * (first - least)) / whole,
      right: (100 * (most - last)) / whole,
    };
  }

  const between = (ends) => chosen(...ends.map(Number), Number(slider("first").min), Number(slider("first").max));

  function show({ said, left, right }) {
    document.getElementById("years-said").textContent = said;
    Object.assign(document.querySelector(".years-part").style, { left: `${left}%`, right: `${right}%` });
  }

  function choose() {
    const { values } = between(ENDS.map((end) => slider(end).value));
    for (const end of ENDS) if (String(values[end] ?? "") !== field(end).value) tell(field(end).id, { value: values[end] });
  }

  // The sliders to where the fields are, an open end to the chart's own: once they reach that far.
  function follow(least, most, ...years) {
    if (!most || !slider("first")) return;
    if (ENDS.some((end) => Number(slider(end).max) !== most)) return void requestAnimationFrame(() => follow(least, most, ...years));
    const ends = [years[0] || least, years[1] || most];
    ENDS.forEach((end, i) => tell(`years-${end}`, { value: ends[i] }));
    show(between(ends));
  }

  addEventListener("input", ({ target }) => {
    if (!target.closest?.(".years-picker")) return;
    clearTimeout(pause);
    pause = setTimeout(choose, PAUSE);
    show(between(ENDS.map((end) => slider(end).value)));
  });
  addEventListener("toggle", ({ target }) => {
    if (!target.open || !target.matches?.(".years-picker")) return;
    tell("years-asked", { data: { query: location.search.slice(1) } });
  }, true);

  window.dash_clientside = Object.assign({}, window.dash_clientside, { years: { follow } });
  globalThis.reelscope = { ...globalThis.reelscope, yearSlider: { chosen } };
})();
