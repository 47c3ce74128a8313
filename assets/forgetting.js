// Forgetting all ratings: asked before, and undone until the page is left.
(() => {
  const ACTS = ["ask", "sure", "keep", "undo"]; // what each of the inputs of forgetting.update does, in their order

  // The buttons that take the focus after each act: the one pressed before is gone.
  const next = (act, { FORGET, FORGET_NOT, FORGET_UNDO }) => ({ ask: FORGET_NOT, sure: FORGET_UNDO, keep: FORGET, undo: FORGET })[act];

  let soon; // the focus that is still to be given: a newer act's takes its place

  // Dash shows the button a moment later, on a busy machine a long one.
  function focusSoon(id, tries = 150) {
    clearTimeout(soon);
    soon = setTimeout(() => {
      const button = document.getElementById(id);
      button?.focus({ preventScroll: true });
      if (button && document.activeElement !== button && tries) focusSoon(id, tries - 1);
    }, 60);
  }

  addEventListener("pointerdown", () => clearTimeout(soon)); // who goes elsewhere stays there

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    forgetting: {
      // The profile, whether the cards must follow, what was forgotten, whether question and undo are hidden, and the question.
      update(...values) {
        const { no_update: nothing, callback_context: { inputs_list: inputs, triggered } } = window.dash_clientside;
        const [profile, forgotten] = values.slice(ACTS.length);
        const act = ACTS[window.reelscope.componentIds.inputOf(triggered[0], inputs)];
        const { asked, restored } = window.reelscope.profile;
        const empty = act === "ask" && !profile.movies.length && !profile.elsewhere?.length && !profile.undecided;
        if (!empty) focusSoon(next(act, window.reelscope.rules.ids));
        if (act === "ask") return [nothing, nothing, nothing, empty, true, asked(profile)];
        if (act === "keep") return [nothing, nothing, nothing, true, nothing, nothing];
        if (act === "sure") return [{ ...profile, movies: [], elsewhere: [], undecided: null }, `forgotten ${Date.now()}`, profile, true, false, nothing];
        return [restored(forgotten, profile), `restored ${Date.now()}`, null, true, true, nothing];
      },
    },
  });
})();
