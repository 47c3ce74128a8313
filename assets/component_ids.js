// Ids of Dash's components, as its callbacks and the document have them.
(() => {
  // The id attribute of a component: of a dictionary, JSON with its keys in order.
  function domId(id) {
    return typeof id === "string" ? id : JSON.stringify(id, Object.keys(id).sort());
  }

  // Which of a callback's inputs a trigger is of: its place among the arguments; -1 for none.
  function inputOf({ prop_id }, inputs) {
    const end = prop_id.lastIndexOf(".");
    const name = prop_id.slice(0, end), property = prop_id.slice(end + 1);
    return inputs.findIndex((input) => [input].flat().some((one) => domId(one.id) === name && one.property === property));
  }

  // The id of a trigger: a dictionary where it was made of one.
  function idOf({ prop_id }) {
    const name = prop_id.slice(0, prop_id.lastIndexOf("."));
    return name.startsWith("{") ? JSON.parse(name) : name;
  }

  globalThis.reelscope = { ...globalThis.reelscope, componentIds: { domId, idOf, inputOf } };
})();
