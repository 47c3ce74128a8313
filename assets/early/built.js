// Elements for Dash's components before Dash has started: what its layout says, as React will draw it, without life.
(() => {
  const NAMES = { className: "class", htmlFor: "for", tabIndex: "tabindex", maxlength: "maxlength" };
  const REFERS = new Set(["htmlFor", "list", "aria-controls", "aria-describedby", "aria-labelledby"]);
  const OWN = new Set(["children", "id", "style", "options", "value", "label", "figure", "config", "responsive", "n_clicks", "disable_n_clicks", "debounce", "inline"]);
  const sorted = (id) => Object.fromEntries(Object.entries(id).sort(([one], [other]) => (one < other ? -1 : 1)));
  const domId = (id) => (typeof id === "string" ? id : JSON.stringify(sorted(id)));

  // An id stands once in a document, and Dash will bring it: until then, another.
  const early = (ids) => ids.split(" ").map((id) => `early:${id}`).join(" ");
  let ticks = 0;

  function made(tag, props = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (OWN.has(name) || name.startsWith("persist") || value == null || value === false) continue;
      element.setAttribute(NAMES[name] ?? name, value === true ? "" : REFERS.has(name) ? early(value) : value);
    }
    if (props.id) element.id = early(element.dataset.id = domId(props.id));
    for (const [name, value] of Object.entries(props.style ?? {})) {
      if (name.startsWith("--")) element.style.setProperty(name, value); else element.style[name] = value;
    }
    element.append(...children);
    return element;
  }

  const box = (style, ...children) => made("div", { style }, ...children);

  // A list's choices as dash-bootstrap-components draws them.
  function choices(type, { options = [], value, inline, ...props }, kind = "") {
    const inner = options.map((option) => {
      const { label, value: name } = typeof option === "object" ? option : { label: option, value: option };
      const tick = made("input", { className: "form-check-input", type });
      tick.id = `early-tick-${ticks += 1}`;
      tick.checked = Array.isArray(value) ? value.includes(name) : value === name;
      const words = made("label", { className: "form-check-label" }, label);
      words.htmlFor = tick.id;
      return made("div", { className: `form-check${inline ? " form-check-inline" : ""}${kind}` }, tick, words);
    });
    return made("div", props, ...inner);
  }

  const field = (tag, style) => ({ value, options = [], className = "", ...props }) => {
    const element = made(tag, { ...props, className: `${style} ${className}`.trim() });
    for (const { label, value: name } of options) element.append(new Option(label, name));
    if (value != null) element.value = value;
    return element;
  };

  // By component: the props and the elements of its children to its element; nothing for what is not seen.
  const KINDS = {
    Link: (props, children) => made("a", props, ...children),
    Loading: (props, children) => box({ position: "relative" }, box({}, ...children), box({})),
    Graph: ({ className = "", ...props }) =>
      made("div", { ...props, className: `dash-graph ${className}`.trim() }, box({}), box({ height: "100%", width: "100%" })),
    Input: field("input", "form-control"),
    Select: field("select", "form-select"),
    Checklist: (props) => choices("checkbox", props),
    RadioItems: (props) => choices("radio", props),
    Switch: ({ label, value, ...props }) => choices("checkbox", { ...props, options: [{ label, value: true }], value }, " form-switch"),
    Store: () => null,
    Location: () => null,
    Interval: () => null,
  };

  // `seen` is told of each component with an id; `said` are props of such, by id, that came after the layout.
  function built(component, said, seen) {
    if (component == null || typeof component === "boolean") return [];
    if (Array.isArray(component)) return component.flatMap((each) => built(each, said, seen));
    if (typeof component !== "object") return [String(component)];
    const id = component.props.id && domId(component.props.id);
    const props = { ...component.props, ...said.get(id) };
    const children = built(props.children, said, seen);
    const isHtml = component.namespace === "dash_html_components";
    const element = isHtml ? made(component.type.toLowerCase(), props, ...children) : (KINDS[component.type] ?? (() => null))(props, children);
    if (id && element) seen(id, component, element);
    return element ? [element] : [];
  }

  globalThis.reelscope = { ...globalThis.reelscope, built };
})();
