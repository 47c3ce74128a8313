// Fewer requests. What a page's HTML brought along (dashboard/first_answers.py) is not asked for, callbacks that are
// asked at the same moment go to the server together (dashboard/guard/answers_together.py), and what makes another view
// takes along what was asked under the last: the server answers that before Dash has asked (following_posts.py).
(() => {
  const ask = window.fetch.bind(window);
  const { together: address } = document.currentScript.dataset;
  const brought = JSON.parse(document.getElementById("first-answers")?.textContent || "{}");
  const gets = new Map(Object.entries(brought.gets ?? {}));
  let posts = brought.posts ?? [];
  const wanted = (brought.wanted ?? []).map(themed).map((post) => ({ post, key: keyOf(post) })); // asked at once, for what Dash will ask
  const under = { path: null, posts: new Map() }; // asked under the page's view: by what each makes
  let waiting = []; // callbacks that are asked next
  let taken; // to be called once Dash has asked for all of `wanted`

  // As much of a Response as Dash and outage.js look at; the data has been read already.
  function answered(status, data, again = "") {
    const headers = new Headers({ "Content-Type": "application/json", ...(again && { "Retry-After": again }) });
    const answer = { ok: status >= 200 && status < 300, status, statusText: "", headers, json: async () => data };
    return Object.assign(answer, { text: async () => JSON.stringify(data), clone: () => answer });
  }

  // What a post asks, whatever the order of its keys.
  function keyOf({ output, outputs, inputs, state }) {
    const inOrder = (name, value) => (value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value);
    return JSON.stringify({ output, outputs, inputs, state }, inOrder);
  }

  // The server does not know the visitor's theme.
  function themed(post) {
    const theme = globalThis.reelscope.theme.current();
    return { ...post, inputs: post.inputs.map((input) => (input.id === brought.theme ? { ...input, value: theme } : input)) };
  }

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const named = ({ id, property }) => `${id}.${property}`;

  // The answer that the HTML brought to a callback's first post; undefined where it brought none.
  function atFirst(body) {
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
  function graph({ outputs = [] }) {
    const { id } = [outputs].flat()[0] ?? {};
    return id?.type === "graph" ? document.getElementById(JSON.stringify({ chart: id.chart, type: id.type })) : undefined;
  }

  // Words first, then charts that are in view, then the others.
  function place({ chart }) {
    if (!chart) return 0;
    const { top, bottom } = chart.getBoundingClientRect();
    return bottom > 0 && top < innerHeight ? 1 : 2;
  }

  // A chart in view is seen before the next is drawn; another one leaves the browser time for a key or a click.
  const drawn = (chart) => new Promise((done) => {
    if (place({ chart }) === 1 && !document.hidden) requestAnimationFrame(() => setTimeout(done)); else setTimeout(done);
  });

  // Answers to what Dash will ask, each as soon as its line is there; undefined where none comes.
  function askAhead() {
    const told = [];
    const answers = wanted.map(() => new Promise((resolve) => told.push(resolve)));
    const read = async () => {
      const body = JSON.stringify({ posts: wanted.map(({ post }) => JSON.stringify(post)) });
      const answer = await ask(address, { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" }, body });
      if (answer.ok) for await (const line of lines(answer.body)) {
        const [status, , data] = JSON.parse(line);
        told.shift()(status === 200 ? data : undefined);
      }
    };
    if (wanted.length) read().catch(() => {}).then(() => told.forEach((tell) => tell()));
    wanted.forEach((each, i) => { each.answer = answers[i]; });
    return answers;
  }

  const ofView = (parts = []) => [parts].flat(2).filter(({ id }) => id === brought.view);

  // A post under another view.
  function underView(post, view) {
    const put = (item) => (ofView(item).length ? { ...item, value: view } : item);
    return { ...post, inputs: post.inputs.map(put), ...(post.state && { state: post.state.map(put) }) };
  }

  // Notes what is asked under the page's view. After another view, what was asked under the last is no more of use.
  function note(post) {
    if (!ofView(post.inputs).length) return;
    if (under.path !== location.pathname) under.posts.clear();
    under.path = location.pathname;
    under.posts.set(JSON.stringify(post.outputs), { ...underView(post, null), changedPropIds: [`${brought.view}.data`] });
  }

  // What follows callbacks that are asked: all of the page's if there is one that may make another view. In their order.
  function following(asked) {
    if (asked.length !== 1 || !ofView(asked[0].post.outputs).length || under.path !== location.pathname) return [];
    return [...under.posts.values()].map((post) => ({ post, chart: graph(post) })).sort((one, other) => place(one) - place(other));
  }

  // Expects Dash to ask the same under the view that was made. Whom to tell of each answer; nobody where none was made.
  function expect(followers, view) {
    if (!view) return [];
    const told = [];
    under.posts.clear();
    wanted.length = 0; // what Dash has not asked under the last view
    for (const { post } of followers) wanted.push({ key: keyOf(underView(post, view)), answer: new Promise((tell) => told.push(tell)) });
    return told;
  }

  // The answer that was asked for ahead, once.
  function ahead(post) {
    const key = keyOf(post);
    const found = wanted.find((each) => each.key === key);
    if (found) wanted.splice(wanted.indexOf(found), 1);
    if (!wanted.length) taken();
    return found?.answer;
  }

  async function send() {
    const asked = waiting.map((each) => ({ ...each, chart: graph(each.post) })).sort((one, other) => place(one) - place(other));
    waiting = [];
    const known = asked.map((each) => ({ ...each, answer: wanted.length ? ahead(each.post) : undefined }));
    const others = askTogether(known.filter(({ answer }) => !answer));
    for (const { request, answer, chart, resolve, reject } of known.filter((each) => each.answer)) {
      const data = await answer;
      if (data === undefined) ask(...request).then(resolve, reject); else resolve(answered(200, data));
      if (chart) await drawn(chart);
    }
    await others;
  }

  // Who got no answer asks alone, so that one that fails does not fail the others.
  async function askTogether(asked) {
    const alone = () => asked.splice(0).forEach(({ request, resolve, reject }) => ask(...request).then(resolve, reject));
    const followers = following(asked);
    if (asked.length + followers.length < 2) { alone(); return; }
    let told = [];
    try {
      const [, { headers }] = asked[0].request;
      const texts = { posts: asked.map(({ request }) => request[1].body), following: followers.map(({ post }) => JSON.stringify(post)) };
      const answer = await ask(address, { method: "POST", credentials: "same-origin", headers, body: JSON.stringify(texts) });
      if (answer.ok) for await (const line of lines(answer.body)) {
        const [status, again, data] = JSON.parse(line);
        if (!asked.length) { told.shift()?.(status === 200 ? data : undefined); continue; }
        const { chart, resolve } = asked.shift();
        if (followers.length) told = expect(followers, data?.response?.[brought.view]?.data);
        resolve(answered(status, data, again));
        if (chart) await drawn(chart);
      }
    } finally {
      alone();
      told.forEach((tell) => tell());
    }
  }

  function together(request) {
    const post = JSON.parse(request[1].body);
    note(post);
    return new Promise((resolve, reject) => {
      waiting.push({ request, post, resolve, reject });
      if (waiting.length === 1) setTimeout(() => { send().catch(() => {}); });
    });
  }

  const first = { taken: new Promise((resolve) => { taken = resolve; }), layout: [...gets].find(([path]) => path.endsWith("_dash-layout"))?.[1] };
  first.forget = () => { wanted.length = 0; }; // what Dash has not asked by then is another question
  [first.content, first.view] = posts.map((post) => post.answer);
  first.answers = askAhead();
  if (!wanted.length) taken();
  globalThis.reelscope = { ...globalThis.reelscope, first };

  window.fetch = (...request) => {
    const [url, options = {}] = request;
    if (typeof url !== "string") return ask(...request);
    const path = new URL(url, location.href).pathname;
    if (options.method === "POST" && path.endsWith("_dash-update-component")) {
      const known = posts.length ? atFirst(options.body) : undefined;
      return known ? Promise.resolve(known) : together(request);
    }
    const known = gets.get(path);
    gets.delete(path);
    return known ? Promise.resolve(answered(200, known)) : ask(...request);
  };
})();
