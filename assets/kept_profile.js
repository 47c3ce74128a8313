// The visitor's ratings, kept in the browser. Its storage may be blocked, full, damaged or cleared at any time:
// then they live here, for as long as the app is open, and the visitor is told. Nothing is tried twice.
(() => {
  const NOT_KEPT = "This browser can’t keep your ratings: they last until this page is closed or reloaded. Download them to have them later.";
  let current = null; // the profile, which all pages share
  let written = null; // it as text, once there was an attempt to store it
  let problem = "";
  let here = null; // the fingerprint of the dataset that the pages show, once an answer said it
  let seeking = null; // the films of another dataset that are being looked for
  let sought = null; // {films, read, file}: what was looked for last, and found
  let opened = null; // the place on Recommend that was given the profile, and the profile's `elsewhere` then

  function stored(key) {
    try { return localStorage.getItem(key); } catch {
      problem = NOT_KEPT;
      return null;
    }
  }

  // The profile of this browser. rules: what Python says of profiles and ids (dashboard/browser_rules.py).
  function open(rules) {
    if (current) return current;
    const { sound, unread } = window.reelscope.profile;
    const { profile, lost } = sound(stored(rules.ids.PROFILE), rules.profile);
    if (lost) problem = unread(lost);
    [current, written] = [profile, JSON.stringify(profile)];
    return current;
  }

  function keep(profile, rules) {
    const text = JSON.stringify(profile);
    if (text === written) return;
    [current, written] = [profile, text];
    try { localStorage.setItem(rules.ids.PROFILE, text); } catch { problem = NOT_KEPT; }
  }

  // Looks for the films of another dataset; where the server does not answer, again with the next page.
  async function seek(rules) {
    const { elsewhere } = current;
    if (!window.reelscope.otherDatasets.waits(current) || seeking === elsewhere) return;
    seeking = elsewhere;
    const body = { version: rules.profile.version, fingerprint: null, movies: elsewhere };
    const file = window.reelscope.ratingFiles.asFile(body, "Your ratings");
    const { read } = await window.reelscope.ratingFiles.preview(file);
    seeking = null;
    if (read?.fingerprint !== here || current.elsewhere !== elsewhere) return;
    const { profile, news } = window.reelscope.otherDatasets.foundHere(current, read, rules.profile.most);
    const { keptOpen, waiting } = window.reelscope.undecided;
    keep(keptOpen(profile, read.unsure, waiting(read.unsure, elsewhere)), rules);
    sought = { films: elsewhere, read, file };
    if (news) tell(read, profile.elsewhere.length, rules);
  }

  function tell(read, lost, rules) {
    const { made, tell: say } = window.reelscope.filmMarks;
    const which = made("a", { className: "btn btn-quiet view-link", href: rules.yours, textContent: "See which" });
    say(window.reelscope.otherDatasets.told(read, lost), Infinity, ...(lost ? [which] : []));
  }

  // The place on Recommend is given the profile once, and again when films of another dataset were found.
  function opens(rules) {
    const place = document.getElementById(rules.ids.ASKED_FILMS);
    const before = opened;
    opened = { place, elsewhere: open(rules).elsewhere };
    return place !== before?.place || opened.elsewhere !== before?.elsewhere;
  }

  // What was found of them, to be shown once.
  function take() {
    const taken = sought;
    sought = null;
    return taken;
  }

  window.reelscope = { ...window.reelscope, keptProfile: { keep, known: () => here !== null, open, take } };
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    keptProfile: {
      // The one place where a profile becomes one of the dataset that the pages show; all that asks with it waits.
      async here(fingerprint, rules) {
        if (!fingerprint) return window.dash_clientside.no_update;
        here = fingerprint;
        keep(window.reelscope.otherDatasets.setAside(open(rules), fingerprint, rules.profile.most), rules);
        await seek(rules);
        window.reelscope.filmMarks.paint();
        return fingerprint;
      },

      // The second tells the server's callback, which waits for it, that the profile is there; the third: which
      // films stood here when the page was left.
      open(fingerprint, rules) {
        if (!fingerprint || !opens(rules)) return [0, 0, 0].map(() => window.dash_clientside.no_update);
        return [open(rules), `opened ${fingerprint}`, window.reelscope.historyEntry.kept(rules.ids.ASKED) ?? []];
      },

      keepAsked(asked) {
        if (asked?.length) window.reelscope.historyEntry.keep(window.reelscope.rules.ids.ASKED, asked);
        return window.dash_clientside.no_update;
      },

      // The dataset that the cards are of, which may have come since the page was opened.
      cards(fingerprint, rules) {
        if (fingerprint && fingerprint !== here) window.dash_clientside.set_props(rules.ids.DATASET, { data: fingerprint });
        if (fingerprint) window.reelscope.ratingFiles.arrive();
        return window.dash_clientside.no_update;
      },

      // What the visitor is told of it. The profile is null until it was opened.
      keep(profile, rules) {
        if (profile) keep(profile, rules);
        return problem;
      },
    },
  });

  // Another tab rated something; what was cleared or damaged there takes nothing away here.
  addEventListener("storage", ({ key, newValue }) => {
    const rules = window.reelscope.rules;
    if (!current || key !== rules?.ids.PROFILE || newValue === null) return;
    const { profile, lost } = window.reelscope.profile.sound(newValue, rules.profile);
    if (lost) return;
    [current, written] = [profile, JSON.stringify(profile)];
    if (document.getElementById(rules.ids.ASKED_FILMS)) window.dash_clientside.set_props(rules.ids.PROFILE, { data: profile });
  });
})();
