// The visitor's ratings, kept in the browser. Its storage may be blocked, full, damaged or cleared at any time:
// then they live here, for as long as the app is open, and the visitor is told. Nothing is tried twice.
(() => {
  const NOT_KEPT = "This browser can’t keep your ratings: they last until this page is closed or reloaded. Download them to have them later.";
  let current = null; // the profile, which all pages share
  let written = null; // it as text, once there was an attempt to store it
  let problem = "";

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

  window.reelscope = { ...window.reelscope, keptProfile: { open, keep } };
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    keptProfile: {
      // The second tells the server's callback, which waits for it, that the profile is there; the third: which
      // films stood here when the page was left.
      open: (rules) => [open(rules), "opened", window.reelscope.historyEntry.kept(rules.ids.ASKED) ?? []],

      keepAsked(asked) {
        if (asked?.length) window.reelscope.historyEntry.keep(window.reelscope.rules.ids.ASKED, asked);
        return window.dash_clientside.no_update;
      },

      // The dataset of the page: ratings of another are looked for in it, and a profile that is of none yet is of this one.
      dataset(fingerprint, rules) {
        const profile = open(rules);
        if (fingerprint && !profile.fingerprint) {
          keep({ ...profile, fingerprint }, rules);
          window.dash_clientside.set_props(rules.ids.PROFILE, { data: current });
        } else if (fingerprint && profile.fingerprint !== fingerprint) window.reelscope.ratingFiles.move(profile, fingerprint);
        window.reelscope.ratingFiles.fromLink();
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
