// A callback that finds no network, no server or no database: the page says which, keeps what it shows, and asks the
// same again when all is back. So what was asked meanwhile is answered late, a click on a link to a page included.
(() => {
  const SOON = 300, AGAIN = 1000; // ms to a second try, and between looks
  const MOST = 5; // times that a callback is asked again while all seems well
  const SAID = {
    offline: "You are offline. What you asked for follows when the network is back.",
    server: "The server can’t be reached; trying again. What you asked for follows.",
    database: "The database can’t be reached; trying again. What you asked for follows.",
  };
  const ask = window.fetch;
  const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });
  const rules = () => window.reelscope.rules;
  let back = null; // the promise that all is back, while something is away

  function say(sentence) {
    const outage = document.getElementById(rules()?.ids.OUTAGE);
    if (!outage) return;
    if (sentence && outage.textContent !== sentence) outage.textContent = sentence;
    outage.hidden = !sentence;
  }

  const away = () => SAID[navigator.onLine ? "server" : "offline"];

  // What the server says of its database: away, busy, or without ratings.
  async function reason(answer) {
    const { error } = await answer.clone().json().catch(() => ({}));
    return error?.replaceAll("'", "’") ?? SAID.database;
  }

  async function untilBack(sentence) {
    say(sentence);
    for (;;) {
      await pause(AGAIN);
      const answer = await ask(`${rules()?.prefix ?? "/"}readyz`).catch(() => null);
      if (answer?.ok) break;
      say(answer ? SAID.database : away());
    }
    say(null);
    back = null;
  }

  // null where nobody answers.
  const attempt = (request) => ask(...request).catch((error) => { if (error.name === "AbortError") throw error; return null; });

  async function patient(request, tries = 0) {
    let answer = await attempt(request);
    if (!answer) { // its worker ended: another one answers
      await pause(SOON);
      answer = await attempt(request);
    }
    if (answer?.status === 429) { // too many at once: again, when the server says
      await pause(1000 * (Number(answer.headers.get("Retry-After")) || 1));
      return ask(...request);
    }
    if (answer && (answer.status !== 503 || tries >= MOST)) return answer;
    const sentence = answer ? await reason(answer) : away();
    back ??= untilBack(sentence);
    await back;
    return patient(request, tries + 1);
  }

  window.fetch = (...request) => {
    const update = String(request[0]?.url ?? request[0]).includes("_dash-update-component");
    return update ? patient(request) : ask(...request);
  };
})();
