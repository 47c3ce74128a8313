// What a visitor does on the first page, before Dash takes clicks: kept, and done again in Dash's page, in order and once.
// Links and <details> work by themselves; those open already are opened in Dash's page.
(() => {
  const PRESSED = "button, summary, th, [role=tab], [role=option]";
  const FRAMES = 30; // that a part of Dash's page may take to be there

  const frame = () => new Promise((done) => { if (document.hidden) setTimeout(done); else requestAnimationFrame(() => setTimeout(done)); });
  const nameOf = (element) => element.getAttribute("aria-label") ?? (element.labels?.[0] ?? element).textContent.trim();

  // The elements within a part that are of a kind and a name; the part itself where it is of that kind.
  function alike(part, kind, name) {
    return part.localName === kind ? [part] : [...part.querySelectorAll(kind)].filter((each) => nameOf(each) === name);
  }

  // What finds an element again in another document: the next part with an id, and which one of those alike it is.
  function keyOf(element) {
    const part = element.closest("[data-id]"), kind = element.localName, name = nameOf(element);
    const all = part ? alike(part, kind, name) : [];
    return { id: part?.dataset.id, kind, name, place: all.indexOf(element), of: all.length };
  }

  // The element of a key; undefined where it is gone or may be another.
  function found({ id, kind, name, place, of }) {
    const part = document.getElementById(id), all = part ? alike(part, kind, name) : [];
    return all.length === of ? all[place] : undefined;
  }

  // A field as the visitor left it. React hears of a value only where it was set past its own setter.
  function fill(field, { value, checked, done }) {
    if (["checkbox", "radio"].includes(field.type)) {
      if (field.checked !== checked) field.click();
      return;
    }
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (done) for (const event of [new Event("change", { bubbles: true }), new FocusEvent("focusout", { bubbles: true })]) field.dispatchEvent(event);
  }

  // A mark of a chart that was drawn again is another one.
  function pressMark(plot, event) {
    const [{ curveNumber, data }] = event.points;
    if (plot.isConnected && plot.data[curveNumber] === data) plot.emit("plotly_click", event);
  }

  async function awaited(key) {
    for (let tries = 0; tries < FRAMES && !found(key); tries++) await frame();
    return found(key);
  }

  // Keeps what is done within `place`, until that has gone and Dash's page is shown. The page's scripts, which are there
  // before, don't hear of it: it would be done twice.
  function kept(place) {
    let acts = []; // {key, again(element)}; of a mark {again()}

    function press(event) {
      event.stopPropagation();
      const pressed = event.target.closest(PRESSED);
      if (!pressed) return;
      if (pressed.localName !== "summary") pressed.setAttribute("aria-busy", "true");
      acts.push({ key: keyOf(pressed), again: (element) => element.click() });
    }

    function write(event) {
      event.stopPropagation();
      const { target: field, type } = event;
      const state = { value: field.value, checked: field.checked, done: type === "change" };
      acts = acts.filter((act) => act.field !== field);
      acts.push({ field, key: keyOf(field), again: (element) => fill(element, state) });
    }

    // Whether the visitor is in an element, or has left something there: it stays as it is until Dash's takes its place.
    const within = (element) => element.contains(document.activeElement) || acts.some(({ field }) => element.contains(field ?? null));

    function mark(plot) {
      plot.on("plotly_click", (event) => {
        if (!place.isConnected) return;
        plot.setAttribute("aria-busy", "true");
        acts.push({ again: () => { plot.removeAttribute("aria-busy"); pressMark(plot, event); } });
      });
    }

    // show: puts Dash's page in the place's stead. One after another, as Dash draws between two of them.
    async function repeat(show) {
      const { activeElement } = document, held = place.contains(activeElement) ? keyOf(activeElement) : null;
      const focus = () => { if (held && document.activeElement === document.body) found(held)?.focus({ preventScroll: true }); };
      show();
      focus(); // at once: the visitor may be typing
      for (const { key, again } of acts.splice(0)) {
        const element = key ? found(key) ?? await awaited(key) : await frame(); // dcc.Graph listens once it has the chart
        if (element || !key) again(element);
        if (key?.kind !== "summary") await frame();
      }
      focus();
    }

    place.addEventListener("click", press);
    for (const type of ["input", "change"]) place.addEventListener(type, write);
    return { mark, repeat, within };
  }

  globalThis.reelscope = { ...globalThis.reelscope, kept };
})();
