// A file of ratings: sent to be read, shown as what it would bring, and then part of the profile.
(() => {
  const { done, found, heading, hows, many, merged, taken } = window.reelscope.imported;
  const rules = () => window.reelscope.rules;
  const asFile = (profile, called) => new File([JSON.stringify(profile)], called);
  let mending = null; // films of another dataset of which the visitor may say which are meant
  const part = (name) => document.getElementById(rules()?.ids[name]);
  const set = (name, data) => window.dash_clientside.set_props(rules().ids[name], { data });

  function make(name, attributes, ...children) {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...children.filter((child) => child != null));
    return element;
  }
  const button = (text, kind, press) => make("button", { type: "button", className: `btn ${kind}`, onclick: press }, text);

  const name = ({ title, release_year: year }) => (year && !title.includes(`(${year})`) ? `${title} (${year})` : title);
  const says = ({ kind, stars }) => ({ rated: kind === "rated" && window.reelscope.ratedScale.shown(stars), seen: "seen", saved: "to see", hidden: "not seen", dismissed: "not for me" })[kind];
  const matchedRow = (row) => make("li", {}, make("b", { className: "figures" }, says(row)), ` ${name(row.films[0])}`, name(row.films[0]).startsWith(row.said) ? null : make("span", { className: "muted small" }, ` written as ${row.said}`));
  const leftRow = ({ file, row, said, reason }) => make("li", {}, said ? `${said}: ` : "", reason, make("span", { className: "muted small" }, ` · row ${row} of ${file}`));

  // Says a sentence, with what may be pressed after it.
  function say(text, ...more) {
    part("IMPORT_SAID").replaceChildren(text, ...more);
  }

  // What a file would bring: {read}, the server's preview of it, or {error}, a sentence.
  async function preview(file, chosen = {}) {
    if (file.size > rules().files.most) return { error: `${file.name} is larger than ${rules().files.most / 1e6} MB.` };
    const query = new URLSearchParams({ name: file.name, ...chosen });
    const answer = await fetch(`${rules().files.url}?${query}`, { method: "POST", body: file, headers: { "Content-Type": rules().files.type } }).catch(() => null);
    const read = await answer?.json().catch(() => null);
    return answer?.ok && read ? { read } : { error: read?.error ?? "The file could not be sent. Try again." };
  }

  // chosen: {scale, person} where the visitor chose them.
  async function send(file, chosen = {}) {
    say(`Reading ${file.name} …`);
    const { read, error } = await preview(file, chosen);
    if (!part("IMPORT_PREVIEW")) return; // the page was left
    if (error) {
      part("IMPORT_PREVIEW").replaceChildren();
      return say(error);
    }
    say(heading(read));
    show(read, file, chosen);
  }

  function show(read, file, chosen) {
    const choices = {};
    const again = (what) => send(file, { ...chosen, ...what });
    const count = taken(read, choices).length;
    const add = button("", "btn-accent", () => bring(read, choices));
    const label = () => {
      const films = taken(read, choices).filter(({ kind }) => kind !== "seen").length;
      add.textContent = `Add ${many(films, "film")}`;
      add.disabled = !films;
    };
    label();
    part("IMPORT_PREVIEW").replaceChildren(
      ...[
        read.people.length > 1 ? picker("Whose ratings", read.people.map((person) => [person, person]), read.person, (person) => again({ person })) : null,
        read.scale.choices.length ? picker("Scale of the ratings", read.scale.choices.map(({ key, words }) => [key, words]), read.scale.key, (scale) => again({ scale })) : make("p", { className: "small" }, `Ratings ${read.scale.words}.`),
        make("p", {}, count ? `Found here: ${found(read)} Found ${hows(read.matched)}.` : "No film of it was found here for certain."),
        group("Found", read.matched.length, read.matched.slice(0, 100).map(matchedRow), read.matched.length),
        group("Not sure: choose which is meant", read.unsure.length, read.unsure.map((row, place) => unsureRow(row, (movie) => { choices[place] = movie; label(); })), read.unsure.length, true),
        group("Not found here", read.unmatched.total, read.unmatched.rows.map(leftRow), read.unmatched.total),
        group("Left out", read.left_out.total, read.left_out.rows.map(leftRow), read.left_out.total),
        make("div", { className: "rate-tools" }, add, button("Cancel", "btn-quiet", close)),
      ].filter(Boolean),
    );
    part("IMPORT_PREVIEW").focus({ preventScroll: true });
  }

  function picker(text, options, value, change) {
    const select = make("select", { className: "form-select" }, ...options.map(([key, words]) => make("option", { value: key }, words)));
    select.value = value;
    select.addEventListener("change", () => change(select.value));
    return make("label", { className: "import-choice" }, make("span", { className: "filter-label" }, text), select);
  }

  function group(title, total, rows, all, open = false) {
    if (!total) return null;
    const more = all > rows.length ? make("p", { className: "muted small" }, `and ${many(all - rows.length, "other")}`) : null;
    return make("details", { className: "import-group", open }, make("summary", {}, `${title} (${total.toLocaleString("en")})`), make("ul", {}, ...rows), more);
  }

  function unsureRow(row, choose) {
    const options = [["", "Leave it out"], ...row.films.map((film) => [film.movie_id, name(film)])];
    return make("li", {}, picker(`${row.said}, ${says(row)}`, options, "", (value) => choose(value ? Number(value) : undefined)));
  }

  function bring(read, choices) {
    const before = window.reelscope.keptProfile.open(rules());
    const { profile, ...numbers } = merged(before, taken(read, choices), { fingerprint: read.fingerprint, most: rules().profile.most });
    const { keptOpen, waiting } = window.reelscope.undecided;
    const mends = mending?.read.unsure === read.unsure;
    const open = (mends ? waiting(read.unsure, mending.films) : read.unsure).filter((_, place) => choices[place] == null);
    put(keptOpen(mends ? window.reelscope.otherDatasets.mended(profile, mending, choices) : profile, read.unsure, open));
    close();
    const undo = button("Undo", "btn-quiet", () => { put(before); say("Your ratings are as they were."); part("IMPORT_CHOOSE").focus(); });
    const left = open.length ? [window.reelscope.filmMarks.made("a", { href: rules().yours, textContent: `${many(open.length, "film")} to decide` }), " "] : [];
    say(`${done(numbers)} `, ...left, undo);
    undo.focus();
  }

  function put(profile) {
    set("PROFILE", profile);
    set("PROFILE_LOADED", `imported ${Date.now()}`);
  }

  function close() {
    part("IMPORT_PREVIEW").replaceChildren();
    say("");
    part("IMPORT_CHOOSE").focus({ preventScroll: true });
  }

  addEventListener("click", (event) => {
    const pressed = event.target.closest?.("button");
    if (!part("IMPORT_CHOOSE") || ![part("IMPORT_CHOOSE"), part("PROFILE_LOAD")].includes(pressed)) return;
    askFile(send);
  });

  // Asks for a file of ratings, and gives it to `take`.
  function askFile(take) {
    const field = make("input", { type: "file", accept: ".zip,.csv,.tsv,.txt,.json" });
    field.addEventListener("change", () => take(field.files[0]));
    field.click();
  }

  // What came in the address, before what the page writes there takes its place.
  let arrived = location.hash;
  addEventListener("hashchange", () => {
    arrived = location.hash;
    if (part("IMPORT")) fromLink();
  });

  // A profile that came in the address: it leaves the address, and is previewed like a file.
  async function fromLink() {
    const profile = await window.reelscope.profileLink.unpacked(arrived);
    if (profile === null) return;
    arrived = "";
    history.replaceState(history.state, "", location.pathname + location.search);
    part("IMPORT").scrollIntoView({ block: "start" });
    if (profile) send(asFile(profile, "The link"));
    else say("The link is damaged: it holds no profile.");
  }

  async function copyLink() {
    const link = location.origin + location.pathname + await window.reelscope.profileLink.packed(window.reelscope.keptProfile.open(rules()));
    const copied = await navigator.clipboard?.writeText(link).then(() => true, () => false);
    const field = make("input", { type: "text", readOnly: true, value: link, className: "form-control" });
    field.setAttribute("aria-label", "Link to your ratings");
    field.addEventListener("focus", () => field.select());
    part("PROFILE_LINKED").replaceChildren(copied ? "The link is copied. Whoever opens it sees your ratings; no server does. " : "Copy this link. Whoever opens it sees your ratings; no server does. ", field);
    if (!copied) field.focus();
  }

  addEventListener("click", (event) => {
    if (rules() && part("PROFILE_LINK") && event.target.closest?.("button") === part("PROFILE_LINK")) copyLink();
  });

  // On Recommend: what came with the address, and which films of another dataset may be meant.
  function arrive() {
    const sought = window.reelscope.keptProfile.take();
    if (sought?.read.unsure.length) {
      mending = sought;
      say("Your ratings are of another dataset; which films are meant here is not sure.");
      show({ ...sought.read, matched: [] }, sought.file, {});
    }
    fromLink();
  }

  window.reelscope = { ...window.reelscope, ratingFiles: { arrive, asFile, askFile, preview } };

  // A file dropped beside the place would leave the app: it is taken wherever it falls on the page.
  const carries = (event) => part("IMPORT") && event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    part("IMPORT").classList.add("dropping");
  });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) part("IMPORT")?.classList.remove("dropping"); });
  addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    part("IMPORT").classList.remove("dropping");
    part("IMPORT").scrollIntoView({ block: "nearest" });
    send(event.dataTransfer.files[0]);
  });
})();
