// A film's poster, plot, trailer and where to watch, once its page is there: from TMDB, by way of the server.
(() => {
  const region = () => (new Intl.Locale(navigator.language).maximize().region ?? "US");
  const made = (tag, about, ...children) => {
    const element = Object.assign(document.createElement(tag), about);
    element.append(...children.filter((child) => child != null));
    return element;
  };
  const link = (href, textContent) => made("a", { href, textContent, rel: "noreferrer" });

  async function fill(place) {
    const answer = await fetch(`${place.dataset.details}?region=${region()}`).catch(() => null);
    if (!answer?.ok || !place.isConnected) return; // the drawn tile and what the dataset knows stand
    const film = await answer.json();
    const watch = film.watch && made("p", {}, film.watch.names.length ? `To watch: ${film.watch.names.join(", ")}. ` : "", link(film.watch.link, "Where to watch"), " (by JustWatch)");
    const trailer = film.trailer && made("p", {}, link(film.trailer, "Trailer"));
    place.replaceChildren(...[film.plot && made("p", { textContent: film.plot }), trailer, watch, made("p", { className: "muted", textContent: film.from })].filter(Boolean));
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
