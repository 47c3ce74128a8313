// The page's components hear of Dash's store when something changed that they show, and once of all that happens in one
// go. Each of Dash's callbacks changes its store a dozen times, and at each change some thousand subscriptions of the
// page's components look whether they are meant: that was most of what a click on a filter took. Dash puts its store into
// window.dash_stores before its components subscribe, so it is given one to put it into. React draws after what runs now,
// so it draws no later than before.
(() => {
  const UNSEEN = ["callbacks", "changed", "paths"]; // parts of the store that Dash alone looks at
  const PATIENT = ["loading", "isLoading"]; // who waits for what: it shows after a quarter of a second (dcc.Loading)
  const PAUSE = 40; // ms

  // What is done in a field is seen before its event ends, or React puts back what stood there, and the cursor to the end.
  const isPressing = () => Boolean(globalThis.event?.target?.nodeType);

  function toldOnce(store) {
    const { dispatch, getState, subscribe } = store;
    const listeners = new Set();
    let heard = getState(); // what the listeners know
    let soon = false, later = null; // whether, and by which timer, they will be told
    let within = 0; // changes that are being made, each within another

    function tell() {
      clearTimeout(later);
      [soon, later, heard] = [false, null, getState()];
      for (const listener of [...listeners]) listener();
    }

    function see() {
      const state = getState();
      const news = Object.keys(state).filter((part) => state[part] !== heard[part] && !UNSEEN.includes(part));
      if (!news.length || soon) return;
      soon = news.some((part) => !PATIENT.includes(part));
      if (soon) queueMicrotask(() => { if (soon) tell(); });
      else later ??= setTimeout(tell, PAUSE);
    }

    // Dash forgets what was changed below each part that is drawn anew: most were never changed.
    const changesNothing = ({ type, payload }) => type === "RESET_COMPONENT_STATE"
      && !Object.keys(getState().layoutHashes).some((path) => path.startsWith(payload.itempath.join()));

    subscribe(see);
    store.subscribe = (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    };
    store.dispatch = (action) => {
      if (changesNothing(action)) return action;
      within += 1;
      try {
        return dispatch(action);
      } finally {
        within -= 1;
        if (!within && soon && isPressing()) tell();
      }
    };
  }

  class Stores extends Array {
    push(store) {
      toldOnce(store);
      return super.push(store);
    }
  }

  window.dash_stores ??= new Stores();
})();
