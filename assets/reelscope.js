// What only the browser can do: the address bar, the theme, focus, and waiting for a server that is away.
(() => {
  const ANALYTICS = /\/(genres|users|polarising|map|films(\/[^/]*)?)?$/;
  const root = document.documentElement;
  const address = () => ({ path: location.pathname, search: location.search });
  let last = { by: null, at: 0 };

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    reelscope: {
      // The address bar to the url store. The controls appear on analytics pages only.
      address() {
        document.body.dataset.filters = ANALYTICS.test(location.pathname) ? "on" : "off";
        return address();
      },

      // The view to the address bar and the links. A choice is a history entry; dragging one slider replaces it.
      write(view, ids) {
        const film = location.pathname.match(/\/films\/(\d+)\/?$/);
        const query = film ? view.query.replace(new RegExp(`(^|&)movie=${film[1]}(?=&|$)`), "").replace(/^&/, "") : view.query;
        if (view.by !== "url") {
          const dragged = view.by === last.by && /-slider$|^film-search$/.test(view.by) && Date.now() - last.at < 1500 || view.by === "taste-map";
          last = { by: view.by, at: Date.now() };
          const target = location.pathname + (query ? `?${query}` : "");
          if (target !== location.pathname + location.search) history[dragged ? "replaceState" : "pushState"](history.state, "", target);
        }
        const filters = query.split("&").filter((part) => part && !/^(movie|users|exact|at)=/.test(part)).join("&");
        const links = ids.map((id) => base() + id.path.slice(1) + (filters ? `?${filters}` : ""));
        return links;
      },

      // The typed search to the view; one that the address holds already came from there.
      search(text) {
        const query = new URLSearchParams(location.search), wanted = (text ?? "").trim();
        if ((query.get("search") ?? "") === wanted) return window.dash_clientside.no_update;
        query.delete("page");
        query.delete("at");
        if (wanted) query.set("search", wanted); else query.delete("search");
        return { query: query.toString().replaceAll("%2C", ",").replaceAll("+", "%20"), by: "film-search" };
      },

      users(text) {
        const wanted = (text ?? "").replace(/\s/g, "");
        const known = new URLSearchParams(location.search).get("users") ?? "";
        return known === wanted ? window.dash_clientside.no_update : { users: wanted, query: location.search.slice(1) };
      },

      // The view that an open table shows; null for a closed one.
      table(clicks, view, wanted) {
        const { no_update: nothing, callback_context: context } = window.dash_clientside;
        const pressed = context.triggered.some(({ prop_id }) => prop_id.endsWith(".n_clicks"));
        if (pressed) return wanted ? null : view;
        return wanted ? view : nothing;
      },

      drawTable(data, id) {
        const place = document.getElementById(JSON.stringify({ chart: id.chart, type: id.type }));
        place.replaceChildren(...(data ? [table(data)] : []));
        return [!data, String(Boolean(data))];
      },

      // The chosen theme: the switch turns it, else what theme.js found.
      theme(clicks) {
        if (clicks) {
          root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
          try { localStorage.setItem("reelscope-theme", root.dataset.bsTheme); } catch { /* not remembered */ }
        }
        return root.dataset.bsTheme;
      },
    },
  });

  function table({ caption, columns, numeric, rows }) {
    const make = (name, children, attributes = {}) => {
      const element = Object.assign(document.createElement(name), attributes);
      element.append(...children);
      return element;
    };
    const kind = (i) => ({ className: numeric[i] ? "number" : "" });
    const head = columns.map((name, i) => make("th", [name], { scope: "col", ...kind(i) }));
    const body = rows.map((row) => make("tr", row.map((cell, i) => make("td", [cell], kind(i)))));
    return make("table", [make("caption", [caption]), make("thead", [make("tr", head)]), make("tbody", body)]);
  }

  function base() {
    return JSON.parse(document.getElementById("_dash-config").textContent).requests_pathname_prefix;
  }

  // Dash's Location does not see our own history entries, so Back is told to it here.
  addEventListener("popstate", () => window.dash_clientside.set_props?.("url", { data: address() }));

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => {
    let saved = null;
    try { saved = localStorage.getItem("reelscope-theme"); } catch { /* follow the system */ }
    if (saved) return;
    root.dataset.bsTheme = event.matches ? "dark" : "light";
    window.dash_clientside.set_props("theme", { data: root.dataset.bsTheme });
  });

  // The genre lists close on a click elsewhere and on Escape.
  addEventListener("click", (event) => {
    for (const picker of document.querySelectorAll(".picker[open]")) if (!picker.contains(event.target)) picker.open = false;
    if (event.target.closest("#filter-toggle")) {
      const open = document.getElementById("filter-shell").classList.toggle("open");
      document.getElementById("filter-toggle").setAttribute("aria-expanded", open);
    }
    const link = event.target.closest("a.view-link");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      history.pushState(null, "", link.href);
      window.dash_clientside.set_props("url", { data: address() });
    }
    const reset = event.target.closest(".reset-link");
    if (reset) { event.preventDefault(); document.getElementById("filter-reset").click(); }
  });
  addEventListener("keydown", (event) => {
    const picker = event.key === "Escape" && document.activeElement?.closest(".picker[open]");
    if (picker) { picker.open = false; picker.querySelector("summary").focus(); }
  });

  // After navigation the new page's heading takes focus, and the link to it is the current one.
  // The old page's heading may still stand when the path changes, so both may be told in turn.
  let heading = null, path = location.pathname, moved = false;
  new MutationObserver(() => {
    const standing = document.getElementById("page-title");
    if (!standing || (standing === heading && path === location.pathname)) return;
    moved ||= path !== location.pathname;
    [heading, path] = [standing, location.pathname];
    for (const link of document.querySelectorAll(".nav-links a")) {
      const here = link.pathname === path || (link.pathname.endsWith("/films") && path.startsWith(`${link.pathname}/`));
      if (here) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
    }
    if (moved) { heading.focus({ preventScroll: true }); scrollTo(0, 0); }
  }).observe(document.documentElement, { childList: true, subtree: true });

  // A callback that finds no server or no database: say so, ask again, and draw everything anew when it is back.
  const ask = window.fetch;
  let waiting = null;
  window.fetch = async (...request) => {
    const update = String(request[0]?.url ?? request[0]).includes("_dash-update-component");
    try {
      const answer = await ask(...request);
      if (update && answer.status === 503) wait();
      return answer;
    } catch (error) {
      if (update) wait();
      throw error;
    }
  };
  function wait() {
    document.getElementById("outage").hidden = false;
    waiting ??= setInterval(async () => {
      const answer = await ask(`${base()}readyz`).catch(() => null);
      if (!answer?.ok) return;
      clearInterval(waiting);
      waiting = null;
      document.getElementById("outage").hidden = true;
      window.dash_clientside.set_props("url", { data: address() });
    }, 1000);
  }
})();
