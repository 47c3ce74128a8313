// Fewer requests of a page that loads. What its HTML brought along (dashboard/first_answers.py) is not asked for, and
// callbacks that are asked at the same moment go to the server together (dashboard/guard/answers_together.py).
(() => {
  const ask = window.fetch.bind(window);
  const { together: address } = document.currentScript.dataset;
  const brought = JSON.parse(document.getElementById("first-answers")?.textContent || "{}");
  const gets = new Map(Object.entries(brought.gets ?? {}));
  let posts = brought.posts ?? [];
  let waiting = []; // callbacks that are asked next

  // As much of a Response as Dash and outage.js look at; the data has been read already.
  function answered(status, data, again = "") {
    const headers = new Headers({ "Content-Type": "application/json", ...(again && { "Retry-After": again }) });
    const answer = { ok: status >= 200 && status < 300, status, statusText: "", headers, json: async () => data };
    return Object.assign(answer, { text: async () => JSON.stringify(data), clone: () => answer });
  }

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const named = ({ id, property }) => `${id}.${property}`;

  // The answer that the HTML brought to a callback's first post; undefined where it brought none.
  function first(body) {
    const { output, inputs } = JSON.parse(body);
    const found = posts.find((post) => post.output === output);
    posts = posts.filter((post) => post !== found); // a second post asks what is true by then
    const given = new Map(inputs.flat().map((input) => [named(input), input.value]));
    const fits = found && Object.entries(found.inputs).every(([name, value]) => same(given.get(name), value));
    return fits ? answered(200, found.answer) : undefined;
  }

  async function* lines(stream) {
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const parts = (rest + value).split("\n");
      rest = parts.pop();
      yield* parts;
    }
  }

  // The card's part that a callback draws a chart in; undefined where it draws none.
  function graph(body) {
    const { id } = [JSON.parse(body).outputs ?? {}].flat()[0] ?? {};
    return id?.type === "graph" ? document.getElementById(JSON.stringify({ chart: id.chart, type: id.type })) : undefined;
  }

  // Words first, then charts that are in view, then the others.
  function place({ chart }) {
    if (!chart) return 0;
    const { top, bottom } = chart.getBoundingClientRect();
    return bottom > 0 && top < innerHeight ? 1 : 2;
  }

  // Each chart is seen before the next is drawn, where anybody looks.
  const seen = () => new Promise((done) => { if (document.hidden) done(); else requestAnimationFrame(() => setTimeout(done)); });

  // Who got no answer asks alone, so that one that fails does not fail the others.
  async function send() {
    const asked = waiting.map((each) => ({ ...each, chart: graph(each.request[1].body) })).sort((one, other) => place(one) - place(other));
    waiting = [];
    const alone = () => asked.splice(0).forEach(({ request, resolve, reject }) => ask(...request).then(resolve, reject));
    if (asked.length < 2) { alone(); return; }
    try {
      const [, { headers }] = asked[0].request;
      const body = JSON.stringify({ posts: asked.map(({ request }) => request[1].body) });
      const answer = await ask(address, { method: "POST", credentials: "same-origin", headers, body });
      if (answer.ok) for await (const line of lines(answer.body)) {
        const [status, again, data] = JSON.parse(line);
        const { chart, resolve } = asked.shift();
        resolve(answered(status, data, again));
        if (chart) await seen();
      }
    } finally {
      alone();
    }
  }

  function together(request) {
    return new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject });
      if (waiting.length === 1) setTimeout(() => { send().catch(() => {}); });
    });
  }

  window.fetch = (...request) => {
    const [url, options = {}] = request;
    if (typeof url !== "string") return ask(...request);
    const path = new URL(url, location.href).pathname;
    if (options.method === "POST" && path.endsWith("_dash-update-component")) {
      const known = posts.length ? first(options.body) : undefined;
      return known ? Promise.resolve(known) : together(request);
    }
    const known = gets.get(path);
    gets.delete(path);
    return known ? Promise.resolve(answered(200, known)) : ask(...request);
  };
})();
