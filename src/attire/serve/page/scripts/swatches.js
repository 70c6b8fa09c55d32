/** Colours shown, and named. */

import { h } from "./dom.js";
import { percent } from "./words.js";

const HEX = /^#[0-9a-f]{6}$/i;

/** Make a list of colours with their names; with shares if there is room. */
export function swatches(colours, { shares = false } = {}) {
  return h(
    "ul",
    { class: "swatches" },
    colours.map((colour) =>
      h(
        "li",
        {},
        h("span", {
          class: "swatch",
          "aria-hidden": "true",
          vars: { background: HEX.test(colour.hex) ? colour.hex : "transparent" },
        }),
        colour.name,
        shares && h("small", {}, ` ${percent(colour.share)}`),
      ),
    ),
  );
}
