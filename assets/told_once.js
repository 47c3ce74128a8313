// The page's components hear once of all that happens to Dash's store in one go. Each of Dash's callbacks changes its
// store a dozen times, and at each change some three thousand subscriptions of the page's components look whether they
// are meant: most of what a click on a filter took. Dash puts its store into window.dash_stores before its components
// subscribe, so it is given one to put it into. React draws after what runs now, so it draws no later than before.
(() => {
  // What is done in a field is seen before its event ends, or React puts back what stood there, and the cursor to the end.
  const isPressing = () => Boolean(globalThis.event?.target?.nodeType);

  function toldOnce(store) {
    const { dispatch, subscribe } = store;
    const waiting = new Set(); // listeners that have not heard of the last change
    let within = 0; // changes that are being made, each within another

    function tell() {
      for (const listener of [...waiting]) if (waiting.delete(listener)) listener();
    }

    store.subscribe = (listener) => {
      const leave = subscribe(() => {
        if (!waiting.size) queueMicrotask(tell);
        waiting.add(listener);
      });
      return () => { waiting.delete(listener); leave(); };
    };

    store.dispatch = (action) => {
      within += 1;
      try {
        return dispatch(action);
      } finally {
        within -= 1;
        if (!within && isPressing()) tell();
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
