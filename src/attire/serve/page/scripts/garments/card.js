/** A garment of the catalogue as a card, with why it is there. */

import { h } from "../dom.js";
import { picture } from "../picture.js";
import { linkTo } from "../router.js";
import { capital, list, percent, plain } from "../words.js";

const TITLES = ["title", "name", "product_name", "product"];

/** Find a column of the user's own by its name, whatever its case. */
export function ownColumn(garment, names) {
  const own = Object.keys(garment.own ?? {});
  for (const name of names) {
    const found = own.find((column) => column.toLowerCase() === name);
    if (found !== undefined && garment.own[found] !== null && garment.own[found] !== "")
      return plain(garment.own[found]);
  }
  return "";
}

/** Say what a garment is: its own title, or colours and category. */
export function titleOf(garment) {
  return ownColumn(garment, TITLES) || described(garment);
}

/** Say a garment by its looks: `Navy and white dress`. */
export function described(garment) {
  const colours = garment.colours.slice(0, 2).map((colour) => colour.name);
  return capital(`${list(colours)} ${garment.category}`.trim());
}

function meters(similarity) {
  const parts = Object.entries(similarity ?? {});
  if (!parts.length) return null;
  return h(
    "dl",
    { class: "meters", "aria-label": "How alike it is" },
    parts.map(([name, value]) =>
      h(
        "div",
        {},
        h("dt", {}, name),
        h(
          "dd",
          {},
          h(
            "span",
            { class: "bar", "aria-hidden": "true" },
            h("i", { vars: { "--share": String(Math.max(0, Math.min(1, value))) } }),
          ),
          value.toFixed(2),
        ),
      ),
    ),
  );
}

function wishes(met) {
  const named = Object.entries(met ?? {});
  if (!named.length) return null;
  return h(
    "ul",
    { class: "reasons" },
    named.map(([name, chance]) => h("li", {}, `${name}: ${percent(chance)} likely`)),
  );
}

/**
 * Make a card.
 *
 * @param {object} garment
 * @param {object} [why] A search result or a recommendation: `parts_similarity`, `wishes`, `reasons`, `slot`, ….
 */
export function card(garment, why = {}) {
  const title = titleOf(garment);
  const seen = described(garment);
  const facts = [ownColumn(garment, ["brand"]), ownColumn(garment, ["price"])].filter(Boolean).join(" · ");
  const copies = [
    why.same_picture && "The same picture",
    why.copies > 0 && `And ${why.copies} more in that picture`,
  ]
    .filter(Boolean)
    .join(". ");
  return h(
    "li",
    { class: "card" },
    h(
      "a",
      { href: linkTo(garment.garment_id) },
      picture(garment, ""),
      why.slot && h("span", { class: "topic" }, why.slot),
      h("strong", {}, title),
      title !== seen && h("span", { class: "seen" }, seen),
      facts && h("span", { class: "facts" }, facts),
      copies && h("span", { class: "seen" }, copies),
    ),
    why.reasons?.length > 0 &&
      h(
        "ul",
        { class: "reasons" },
        why.reasons.slice(0, 3).map((reason) => h("li", {}, reason)),
      ),
    wishes(why.wishes),
    meters(why.parts_similarity),
  );
}

/** Make a list of cards. */
export function cards(entries) {
  return h("ul", { class: "cards" }, entries);
}
