// The scripts in assets/ are plain files in the browser; their tests run in Node.
"use strict";
const js = require("@eslint/js");
const globals = require("globals");

const strict = {
  eqeqeq: ["error", "smart"],
  "max-lines": ["error", 300],
  "no-implicit-globals": "error",
  "no-shadow": "error",
  "no-use-before-define": ["error", { functions: false }],
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
};

module.exports = [
  { ignores: ["assets/early/plotly-charts-*"] },
  js.configs.recommended,
  { rules: strict },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["assets/**/*.js"], languageOptions: { sourceType: "script", globals: globals.browser } },
  { files: ["tests/assets/**/*.js", "eslint.config.js"], languageOptions: { sourceType: "commonjs", globals: globals.node } },
  { files: ["docs/**/*.mjs"], languageOptions: { sourceType: "module", globals: globals.node } },
];
