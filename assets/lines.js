// Text in lines that are no wider than a picture.
(() => {
  // Greedy: as many words in a line as fit; a longer word stands alone. measure: a text's width.
  function wrapped(text, width, measure) {
    const lines = [];
    for (const word of text.split(/\s+/).filter(Boolean)) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && measure(longer) <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  globalThis.reelscope = { ...globalThis.reelscope, lines: { wrapped } };
})();
