// What is wanted of the films, between the controls of Recommend, its address, and what the browser keeps for the
// next visit. Each wish: {key, control, usual, known, least, most, step, moving, kept} (dashboard/recommend/wishes.py).
(() => {
  const { changed, pageAt, replaces } = globalThis.reelscope.address;
  const TRUE = "1";

  // A wish's value from its text in an address; the usual one where there is none or it means nothing.
  function read(wish, text) {
    if (text == null) return wish.usual;
    if (Array.isArray(wish.usual)) return text.split(",").filter(Boolean);
    if (typeof wish.usual === "boolean") return text === TRUE;
    if (typeof wish.usual === "number") {
      const number = Number((Math.round(Number(text) / wish.step) * wish.step).toFixed(2));
      return text !== "" && number >= wish.least && number <= wish.most ? number : wish.usual;
    }
    return wish.known.includes(text) ? text : wish.usual;
  }

  // Its text; null for the usual value.
  function written(wish, value) {
    if (Array.isArray(wish.usual)) return value?.length ? value.join(",") : null;
    if (typeof wish.usual === "boolean") return value ? TRUE : null;
    if (typeof wish.usual === "number") {
      const number = value == null || value === "" ? wish.usual : Math.min(Number(value), wish.most);
      return number === wish.usual ? null : String(number);
    }
    return value == null || value === wish.usual ? null : value;
  }

  const texts = (wishes, values) => Object.fromEntries(wishes.map((wish, i) => [wish.key, written(wish, values[i])]));
  const values = (wishes, query) => {
    const given = new URLSearchParams(query);
    return wishes.map((wish) => read(wish, given.get(wish.key)));
  };
  // The part of a query string that wishes are; "" for none.
  const part = (wishes, query) => {
    const keys = new Set(wishes.map(({ key }) => key));
    return query.split("&").filter((each) => keys.has(each.split("=")[0])).join("&");
  };

  globalThis.reelscope = { ...globalThis.reelscope, wishes: { part, read, texts, values, written } };
  if (!globalThis.document) return;

  const query = () => location.search.slice(1);
  const { keep, kept } = window.reelscope.historyEntry;
  let last = { by: null, at: 0 }, remembered = null; // where storage is blocked, for as long as the app is open

  function recall(name) {
    try { return localStorage.getItem(name) ?? ""; } catch { return remembered ?? ""; }
  }

  function remember(name, text) {
    remembered = text;
    try { localStorage.setItem(name, text); } catch { /* kept_profile.js tells of it */ }
  }

  // An address that says nothing is of the wishes of the last visit.
  function open(rules) {
    const name = rules.ids.WISHED, before = part(rules.wishes.filter((wish) => wish.kept), recall(name));
    if (!kept("wished") && before && !part(rules.wishes, query())) history.replaceState(history.state, "", `?${[query(), before].filter(Boolean).join("&")}`);
    keep("wished", true);
    return values(rules.wishes, query());
  }

  function choose(rules, chosen, wish) {
    const after = changed(query(), texts(rules.wishes, chosen));
    if (after === changed(query(), {})) return;
    const choice = { by: wish.moving ? window.reelscope.address.MOVING : wish.key, at: Date.now() };
    history[replaces(choice, last) ? "replaceState" : "pushState"]({ ...history.state, wished: true }, "", after ? `?${after}` : location.pathname);
    last = choice;
    remember(rules.ids.WISHED, part(rules.wishes.filter((each) => each.kept), after));
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    wishes: {
      // The address to the controls, and what is chosen to the address. The last argument: the app's rules.
      update(address, ...chosen) {
        const { no_update: nothing, callback_context: { inputs_list: inputs, triggered } } = window.dash_clientside;
        const rules = chosen.pop();
        const place = triggered.length === 1 ? window.reelscope.componentIds.inputOf(triggered[0], inputs) : 0;
        if (pageAt(rules.pages, location.pathname)?.page.path !== rules.recommend) return rules.wishes.map(() => nothing);
        if (place <= 0) return open(rules);
        choose(rules, chosen, rules.wishes[place - 1]);
        return rules.wishes.map(() => nothing);
      },
    },
  });
})();
