// A film's poster, plot, trailer and where to watch, once its page is there: from TMDB, by way of the server.
(() => {
  const region = () => (new Intl.Locale(navigator.language).maximize().region ?? "US");
  const made = (tag, about, ...children) => {
    const element = Object.assign(document.createElement(tag), about);
    element.append(...children.filter((child) => child != null));
    return element;
  };
  const link = (href, textContent) => made("a", { href, textContent, rel: "noreferrer" });

  // The place has the height of a short plot before there is one, so that nothing below moves; a long one is unfolded.
  function more(plot) {
    const button = made("button", { type: "button", className: "btn btn-quiet", textContent: "More of the plot" });
    button.addEventListener("click", () => { plot.classList.add("whole"); button.remove(); });
    return button;
  }

  async function fill(place) {
    const answer = await fetch(`${place.dataset.details}?region=${region()}`).catch(() => null);
    if (!place.isConnected) return;
    if (!answer?.ok) return place.replaceChildren(made("p", { className: "muted", textContent: "TMDB said nothing of this film just now." }));
    const film = await answer.json();
    const watch = film.watch && made("p", {}, film.watch.names.length ? `To watch: ${film.watch.names.join(", ")}. ` : "", link(film.watch.link, "Where to watch"), " (by JustWatch)");
    const trailer = film.trailer && made("p", {}, link(film.trailer, "Trailer"));
    const plot = film.plot && made("p", { className: "plot", textContent: film.plot });
    place.replaceChildren(...[plot, plot && more(plot), trailer, watch, made("p", { className: "muted", textContent: film.from })].filter(Boolean));
    if (plot) plot.nextSibling.hidden = plot.scrollHeight <= plot.clientHeight;
    if (film.poster) picture(place.dataset.poster);
  }

  // The poster lies over the drawn tile once it is there.
  function picture(src) {
    const tile = document.querySelector("#film-poster .poster");
    if (!tile) return;
    const image = made("img", { src, alt: "", className: "poster-picture" });
    image.addEventListener("load", () => tile.append(image));
  }

  new MutationObserver(() => {
    const place = document.querySelector("[data-details]:not([data-asked])");
    if (!place) return;
    place.dataset.asked = "";
    fill(place);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
