// Loaded at the body's end: the page is seen, and its first charts drawn, before Dash starts, which draws its own behind
// it, takes over the charts and what was pressed (presses.js), and is shown in one go.
(() => {
  const { built, first, kept } = globalThis.reelscope;
  const PATIENCE = 10_000; // ms that Dash may take from its page to the last chart before it is shown as it is
  const entry = document.getElementById("react-entry-point");
  const place = Object.assign(document.createElement("div"), { id: "first-page" });
  const presses = kept(place);
  const said = new Map(); // props that answers have brought, by component
  const there = new Map(); // [component, element] by id
  const known = (id, component, element) => there.set(id, [component, element]);
  const awaited = new Set(); // plots that Dash has not taken over
  let dashHasContent = false;

  function take({ response } = {}) {
    for (const [id, props] of Object.entries(response ?? {})) {
      said.set(id, { ...said.get(id), ...props });
      const [component, element] = there.get(id) ?? [];
      if (!component || component.type === "Graph" || !element.isConnected || presses.within(element)) continue;
      element.replaceWith(...built(component, said, known));
    }
  }

  const frame = () => new Promise((done) => { if (document.hidden) done(); else requestAnimationFrame(() => setTimeout(done)); });

  function inView(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  }

  function draw([component, element], { data, layout }) {
    const plot = element.lastElementChild;
    const { config, id } = component.props;
    const figure = { data, layout: { ...layout, autosize: true }, config: { ...config, responsive: true } };
    awaited.add(plot);
    plot.addEventListener("taken", () => { awaited.delete(plot); show(); }, { once: true });
    const drawn = window.Plotly.drawEarly(element.dataset.id, plot, figure, id);
    presses.mark(plot);
    return drawn;
  }

  // The charts whose figures have come, of those that are wanted.
  async function drawThose(isWanted) {
    for (const [id, { figure }] of said) {
      const found = there.get(id);
      if (!figure?.data?.length || !found || found.drawn || !isWanted(found[1])) continue;
      found.drawn = true;
      await draw(found, figure);
      await frame(); // it is seen, and what was pressed meanwhile is heard
    }
  }

  // Those in view first. The others come before Dash, too: it takes half a second to get to them.
  async function drawCharts() {
    await window.Plotly;
    for (const answer of first.answers) {
      take(await answer);
      await drawThose(inView);
    }
    await drawThose((element) => element.getClientRects().length);
  }

  // What the style sheet says of an id holds for the early page, too.
  function styled({ cssRules }) {
    for (const rule of cssRules) {
      if (rule.selectorText?.includes("#")) rule.selectorText = rule.selectorText.replace(/#([a-z][\w-]*)/g, ':is(#$1, [data-id="$1"])');
      if (rule.cssRules) styled(rule);
    }
  }

  // Links to the pages, which take the filters along (reelscope.js).
  function lead() {
    const { left_behind } = first.layout.props.children.find(({ props }) => props.data?.left_behind).props.data;
    const filters = location.search.slice(1).split("&").filter((part) => !left_behind.includes(part.split("=")[0])).join("&");
    for (const link of place.querySelectorAll(".nav-links a")) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
      link.search = filters;
    }
  }

  // The script tags stand in a template, in their order.
  function startDash() {
    for (const { src, id, textContent } of document.getElementById("dash-scripts").content.querySelectorAll("script")) {
      const script = Object.assign(document.createElement("script"), { async: false, id, textContent });
      if (src) script.src = src; else script.type = "module"; // waits for those before it
      document.body.append(script);
    }
    new MutationObserver((_, observer) => {
      if (!entry.querySelector("h1")) return;
      observer.disconnect();
      dashHasContent = true;
      setTimeout(show, PATIENCE, true);
      first.taken.then(frame).then(() => show());
    }).observe(entry, { childList: true, subtree: true });
  }

  function show(anyway = false) {
    if (!place.isConnected || !dashHasContent || (awaited.size && !anyway)) return;
    presses.repeat(() => {
      for (const graph of entry.querySelectorAll(".dash-graph > div")) if (graph.stands) graph.append(graph.stands);
      place.remove();
      first.forget();
      entry.classList.remove("behind");
    });
  }

  if (!first.layout || !first.content) { startDash(); return; }
  [...document.styleSheets].filter(({ href }) => href?.includes("/style.css")).forEach(styled);
  take(first.content);
  take(first.view);
  place.append(...built(first.layout, said, known));
  lead();
  entry.after(place);
  place.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  entry.classList.add("behind");
  frame().then(drawCharts).catch(() => {}).then(frame).then(startDash);
})();
