// A chart as a picture with its title, what it says, the filters and the source; links to it in other forms.
(() => {
  const { domId } = window.reelscope.componentIds;
  const { filledIn } = window.reelscope.address;
  const { wrapped } = window.reelscope.lines;
  const SVG = "http://www.w3.org/2000/svg";
  const EDGE = 24, LINE = 1.4, SCALE = 2; // pixels around; of a size of type; pixels of a PNG for one of the page

  const part = (type, chart) => document.getElementById(domId({ type, chart }));
  const said = (id) => document.getElementById(id)?.textContent.trim() ?? "";

  // Whose ratings these are.
  const source = () => `Data: ${said(window.reelscope.rules.ids.SOURCE)}, by Reelscope`;

  // What stands above and below the chart: [text, size in pixels, weight].
  function words(chart, card) {
    const filters = said("filter-words");
    return {
      above: [[said(`${chart}-title`), 22, 700], [said(`${chart}-finding`) || card.querySelector(".card-about").textContent, 14, 400]],
      below: [[[filters, source()].filter(Boolean).join(" · "), 11, 400]],
    };
  }

  // Text elements of lines no wider than `width`, and the y below them.
  function written(texts, top, width, ink, family) {
    const pen = document.createElement("canvas").getContext("2d");
    let y = top;
    const lines = texts.flatMap(([text, size, weight]) => {
      pen.font = `${weight} ${size}px ${family}`;
      return wrapped(text, width, (line) => pen.measureText(line).width).map((line) => {
        y += size * LINE;
        const element = document.createElementNS(SVG, "text");
        for (const [name, value] of Object.entries({ x: EDGE, y, "font-size": size, "font-weight": weight, "font-family": family, fill: ink })) element.setAttribute(name, value);
        element.textContent = line;
        return element;
      });
    });
    return [lines, y];
  }

  // The page's face within the picture: what shows a picture fetches nothing.
  async function face() {
    const sheet = document.querySelector("link[href*='style.css']").href;
    const bytes = new Uint8Array(await (await fetch(new URL("fonts/inter-latin.woff2", sheet))).arrayBuffer());
    const style = document.createElementNS(SVG, "style");
    style.textContent = `@font-face { font-family: Inter; font-weight: 100 900; src: url(data:font/woff2;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}); }`;
    return style;
  }

  async function drawn(chart) {
    const plot = part("graph", chart).querySelector(".js-plotly-plot");
    const { clientWidth: width, clientHeight: height } = plot;
    const card = plot.closest(".card-panel"), style = getComputedStyle(card);
    const { above, below } = words(chart, card);
    const data = await window.Plotly.toImage(plot, { format: "svg", width, height });
    const inner = new DOMParser().parseFromString(decodeURIComponent(data.slice(data.indexOf(",") + 1)), "image/svg+xml").documentElement;
    const [head, start] = written(above, EDGE / 2, width, style.color, style.fontFamily);
    const [foot, end] = written(below, start + EDGE / 2 + height, width, style.color, style.fontFamily);
    const whole = document.createElementNS(SVG, "svg"), ground = document.createElementNS(SVG, "rect");
    const size = { width: width + 2 * EDGE, height: Math.ceil(end + EDGE) };
    for (const each of [whole, ground]) for (const [name, value] of Object.entries(size)) each.setAttribute(name, value);
    ground.setAttribute("fill", style.getPropertyValue("--surface").trim());
    for (const [name, value] of Object.entries({ x: EDGE, y: start + EDGE / 2 })) inner.setAttribute(name, value);
    whole.append(await face(), ground, ...head, inner, ...foot);
    return [new XMLSerializer().serializeToString(whole), size];
  }

  async function png(svg, { width, height }) {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: width * SCALE, height: height * SCALE });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  async function save(chart, format) {
    const [svg, size] = await drawn(chart);
    const blob = format === "png" ? await png(svg, size) : new Blob([svg], { type: "image/svg+xml" });
    const filters = said("filter-words").split(":")[0].toLowerCase().replace(/[^a-z0-9]+/g, "-");
    const name = filters && filters !== "all-ratings" ? `${chart}-${filters}` : chart;
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${name.slice(0, 100)}.${format}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-save]");
    if (button) save(button.dataset.chart, button.dataset.save);
  });

  // The other forms are at the addresses beside the CSV's, which has the filters.
  addEventListener("toggle", ({ target }) => {
    if (!target.matches?.(".savings[open]")) return;
    const [csv, filters] = target.parentElement.querySelector("[id*=csv-link]").getAttribute("href").split("?");
    const { chart } = target.querySelector("[data-chart]").dataset;
    const paths = { embed: filledIn(window.reelscope.rules.embed, chart), export: csv.replace(/csv$/, "json") };
    for (const link of target.querySelectorAll("[data-link]")) link.href = paths[link.dataset.link] + (filters ? `?${filters}` : "");
  }, true);
})();
