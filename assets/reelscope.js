// What only the browser can do: the address bar, the theme, and focus.
(() => {
  const { TYPING, changed, isCurrent, pageAt, replaces, said, searched, without } = window.reelscope.address;
  const { domId } = window.reelscope.componentIds;
  const theme = window.reelscope.theme;
  const address = () => ({ path: location.pathname, search: location.search });
  const query = () => location.search.slice(1);
  const rules = () => window.reelscope.rules; // dashboard/browser_rules.py; `address` gets it first
  const tell = (name, data) => rules() && window.dash_clientside.set_props?.(rules().ids[name], { data });
  let last = { by: null, at: 0 };

  // Room for what the address says will be there, before the server has filled it: nothing moves then.
  function reserve() {
    const own = rules()?.own ?? [], keys = [...new URLSearchParams(location.search).keys()];
    document.documentElement.toggleAttribute("data-compares", keys.includes("vs"));
    document.documentElement.toggleAttribute("data-chosen", keys.some((key) => ["vs", "within"].includes(key) || !own.includes(key)));
  }
  reserve();

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    reelscope: {
      // The address bar to the url store. The filter bar appears on the pages that declare it.
      address(path, search, given) {
        window.reelscope.rules = given;
        // A profile in the address is looked at where ratings are brought along, on whatever page it came.
        if (location.hash.startsWith("#profile=") && location.pathname !== given.recommend) location.replace(given.recommend + location.hash);
        document.body.dataset.filters = pageAt(given.pages, location.pathname)?.page.filters ? "on" : "off";
        return address();
      },

      // The view to the address bar and the links. A choice is a history entry; of typing or moving on, the last.
      write(view) {
        const shown = said(view.query, pageAt(rules().pages, location.pathname)?.variables ?? {});
        if (view.by !== rules().ids.URL) {
          const choice = { by: view.by, at: Date.now() };
          const whole = [shown, window.reelscope.wishes.part(rules().wishes, query())].filter(Boolean).join("&");
          const target = location.pathname + (whole ? `?${whole}` : "");
          if (target !== location.pathname + location.search) history[replaces(choice, last) ? "replaceState" : "pushState"](history.state, "", target);
          last = choice;
        }
        reserve();
        for (const link of document.querySelectorAll(".nav-links a")) link.search = without(shown, rules().left_behind);
      },

      // The typed search to the view; one that the address holds already came from there.
      search(text) {
        const now = searched(query(), text);
        return now === null ? window.dash_clientside.no_update : { query: now, by: TYPING };
      },

      users(text) {
        const wanted = (text ?? "").replace(/\s/g, "");
        const known = new URLSearchParams(location.search).get("users") ?? "";
        return known === wanted ? window.dash_clientside.no_update : { users: wanted, query: query() };
      },

      // The view that each open table shows; null for a closed one. One call for all of a page: each costs as much.
      tables(clicks, view, wanted) {
        const { no_update: nothing, callback_context: { inputs_list: [buttons], triggered } } = window.dash_clientside;
        const isPressed = ({ id }) => triggered.some(({ prop_id }) => prop_id === `${domId(id)}.n_clicks`);
        const found = wanted.map((shown, i) => {
          if (isPressed(buttons[i])) return shown ? null : view;
          return shown ? view : nothing;
        });
        if (found.every((each) => each === nothing)) throw window.dash_clientside.PreventUpdate;
        return found;
      },

      // Where a mark leads: a query string of this page, or the path of another.
      follow(target) {
        if (window.reelscope.brush.ended()) return;
        if (target?.startsWith("?")) choose(target.slice(1));
        else if (target) visit(target);
      },

      // The fields of a box to the address, once all are given or none is.
      box(...ends) {
        const given = ends.filter((end) => end !== null && end !== undefined && end !== "");
        const held = new URLSearchParams(location.search).get("within")?.split(/\.\.|,/).slice(1).map(Number).join() ?? "";
        if (given.length % ends.length || given.map(Number).join() === held) return;
        window.reelscope.choose({ within: given.length ? window.reelscope.brush.within(...given) : null });
      },

      drawTable(data, id) {
        const place = document.getElementById(domId(id));
        if (data && place.hidden) setTimeout(() => bring(place)); // once Dash has taken `hidden` away
        const held = [...place.querySelectorAll("th button")].indexOf(document.activeElement);
        place.replaceChildren(...(data ? [table(data, id.chart)] : []));
        if (held >= 0) place.querySelectorAll("th button")[held]?.focus({ preventScroll: true });
        return [!data, String(Boolean(data))];
      },

      // The theme after a press on its switch, else the one that stands.
      theme(clicks) {
        if (clicks) theme.turn();
        return theme.current();
      },
    },
  });

  // A view of this page, as a step of the history; what stands in the path is not said again.
  function choose(wanted) {
    const shown = said(wanted, pageAt(rules().pages, location.pathname)?.variables ?? {});
    history.pushState(null, "", location.pathname + (shown ? `?${shown}` : ""));
    tell("URL", address());
  }

  // The same with keys of the query string set.
  window.reelscope.choose = (values) => choose(changed(query(), { page: null, ...values }));

  // Another page, as Dash's links open it; the filters come along where the path says no other.
  function visit(path) {
    const kept = path.includes("?") ? "" : without(query(), rules().left_behind);
    history.pushState(null, "", kept ? `${path}?${kept}` : path);
    dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  // A part of this page. The browser's own way tells of an address that changed, and all would be asked for again.
  function leadTo(part) {
    if (part.tabIndex < 0) part.tabIndex = -1; // a heading takes focus only so
    part.focus({ preventScroll: true });
    part.scrollIntoView();
  }

  // A table that was asked for may open below the fold.
  function bring(place) {
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  }

  function table({ caption, columns, numeric, rows, links, order }, chart) {
    const make = (name, children, attributes = {}) => {
      const element = Object.assign(document.createElement(name), attributes);
      element.append(...children);
      return element;
    };
    const kind = (i) => ({ className: numeric[i] ? "number" : "" });
    const sorts = (i) => {
      const [column, descending] = order ?? [];
      const data = { column: i, descending: column === i ? !descending : numeric[i] };
      return () => window.dash_clientside.set_props({ type: "table-order", chart }, { data });
    };
    const head = columns.map((name, i) => {
      const ordered = order?.[0] === i ? { ariaSort: order[1] ? "descending" : "ascending" } : {};
      return make("th", [make("button", [name], { type: "button", onclick: sorts(i) })], { scope: "col", ...kind(i), ...ordered });
    });
    const linked = (cell, target) => make("a", [cell], { href: target, className: "view-link" });
    const shown = (cell, i, n) => (links[i] ? linked(cell, links[i][n]) : cell);
    const body = rows.map((row, n) => make("tr", row.map((cell, i) => make("td", [shown(cell, i, n)], kind(i)))));
    return make("table", [make("caption", [caption]), make("thead", [make("tr", head)]), make("tbody", body)]);
  }

  // Dash's Location does not see our own history entries, so Back is told to it here.
  addEventListener("popstate", () => tell("URL", address()));
  theme.follow(() => tell("THEME", theme.current()));

  // The genre lists close on a click elsewhere and on Escape.
  addEventListener("click", (event) => {
    for (const picker of document.querySelectorAll(".picker[open]")) if (!picker.contains(event.target)) picker.open = false;
    const toggle = event.target.closest("[data-opens]");
    if (toggle) {
      const open = document.getElementById(toggle.dataset.opens).classList.toggle("open");
      toggle.setAttribute("aria-expanded", open);
    }
    const link = event.target.closest("a.view-link");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const target = link.getAttribute("href");
      if (target.startsWith("?")) choose(target.slice(1));
      else visit(target);
    }
    const within = event.target.closest("a[href^='#']");
    const part = within && document.getElementById(within.getAttribute("href").slice(1));
    if (part) { event.preventDefault(); leadTo(part); }
    const reset = event.target.closest(".reset-link");
    if (reset) { event.preventDefault(); document.getElementById(rules().ids.FILTER_RESET).click(); }
  });
  addEventListener("keydown", (event) => {
    const picker = event.key === "Escape" && document.activeElement?.closest(".picker[open]");
    if (picker) { picker.open = false; picker.querySelector("summary").focus(); }
  });

  // After navigation the new page's heading takes focus, and the link to it is the current one.
  // The old page's heading may still stand when the path changes, so both may be told in turn.
  let heading = null, path = location.pathname, moved = false;
  new MutationObserver(() => {
    const standing = rules() && document.getElementById(rules().ids.PAGE_TITLE);
    if (!standing || (standing === heading && path === location.pathname)) return;
    moved ||= path !== location.pathname;
    [heading, path] = [standing, location.pathname];
    for (const link of document.querySelectorAll(".nav-links a")) {
      link.removeAttribute("aria-current");
      if (!isCurrent(link.pathname, path)) continue;
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "center" }); // a phone has room for some of them
    }
    if (moved) { heading.focus({ preventScroll: true }); scrollTo(0, 0); }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
