// Builds assets/early/plotly-charts-VERSION.min.js: `npm run plotly`, which installs what it takes for this once.
// The traces that our figures draw and nothing else: the published cartesian bundle takes four times as long to evaluate.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const { version } = JSON.parse(readFileSync("node_modules/plotly.js/package.json", "utf8"));
const kinds = ["bar", "heatmap"]; // scatter is part of the core
const contents = `const Plotly = require("plotly.js/lib/core");
Plotly.register([${kinds.map((kind) => `require("plotly.js/lib/${kind}")`)}]);
module.exports = Plotly;`;

await build({
  stdin: { contents, resolveDir: "." },
  outfile: `assets/early/plotly-charts-${version}.min.js`,
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "Plotly",
  define: { global: "window" },
  loader: { ".css": "empty" }, // of maps, which are not drawn
  target: "es2018",
  banner: { js: `// plotly.js (${["scatter", ...kinds].join(", ")}) v${version}, MIT; built by docs/bundle_plotly.mjs` },
});
