// Addresses and query strings: which page a path is of, and what a choice makes of the address.
(() => {
  const TYPING = "typing", MOVING = "moving"; // who chose a view, where many choices are one step back
  const PAUSE = 1500; // ms after which typing on is a step of its own

  const segments = (path) => path.replace(/\/$/, "").split("/");

  // The page of a path and its <variables>; null where no page is. pages: [{path, filters}].
  function pageAt(pages, path) {
    const parts = segments(path);
    for (const page of pages) {
      const names = segments(page.path);
      const variable = names.map((name) => /^<(.+)>$/.exec(name)?.[1]);
      if (names.length !== parts.length || !names.every((name, i) => (variable[i] ? parts[i] : name === parts[i]))) continue;
      const known = names.map((_, i) => [variable[i], parts[i]]).filter(([name]) => name);
      return { page, variables: Object.fromEntries(known) };
    }
    return null;
  }

  // Whether a link leads to the page of a path, or to one above it.
  function isCurrent(link, path) {
    return path === link || path.startsWith(`${link}/`);
  }

  // The path of a page with its one variable filled in.
  function filledIn(path, value) {
    return path.replace(/<[^>]+>/, value);
  }

  function without(query, keys) {
    return query.split("&").filter((part) => part && !keys.includes(part.split("=")[0])).join("&");
  }

  // A query string with keys set, or left out where their value is null; commas stand as they are.
  function changed(query, values) {
    const parts = new URLSearchParams(query);
    for (const [key, value] of Object.entries(values)) {
      if (value === null) parts.delete(key);
      else parts.set(key, value);
    }
    return parts.toString().replaceAll("%2C", ",").replaceAll("+", "%20");
  }

  // The typed search in a query string; null where it holds that search already.
  function searched(query, text) {
    const wanted = (text ?? "").trim();
    if ((new URLSearchParams(query).get("search") ?? "") === wanted) return null;
    return changed(query, { page: null, at: null, search: wanted || null });
  }

  // Choices in a query string, as {key: value}; null where it means them already. usual: without a key.
  // cleared: the keys that a new value of a key makes meaningless, as {key: [keys]}.
  function chosen(query, choices, usual, cleared = {}) {
    const standing = new URLSearchParams(query);
    const news = Object.entries(choices).filter(([key, value]) => (standing.get(key) ?? usual[key]) !== value);
    if (!news.length) return null;
    const gone = news.flatMap(([key]) => (cleared[key] ?? []).map((other) => [other, null]));
    return changed(query, Object.fromEntries([...news, ...gone]));
  }

  // What a page's address says of a view: what stands in the path is not said again.
  function said(query, variables) {
    const repeated = Object.entries(variables).map(([key, value]) => `${key}=${value}`);
    return query.split("&").filter((part) => part && !repeated.includes(part)).join("&");
  }

  // Whether a choice takes the place of the last one in the history. Each: {by, at (ms)}.
  function replaces(choice, last) {
    return choice.by === MOVING || (choice.by === TYPING && last.by === TYPING && choice.at - last.at < PAUSE);
  }

  const address = { MOVING, TYPING, changed, chosen, filledIn, isCurrent, pageAt, replaces, said, searched, without };
  globalThis.reelscope = { ...globalThis.reelscope, address };
})();
