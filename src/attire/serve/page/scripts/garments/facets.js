/** One facet of the catalogue: its values with how many garments have each, or the limits of its numbers. */

import { freshId, h } from "../dom.js";
import { count, heading, plain } from "../words.js";

const FEW = 10;

function folding(column, opened, ...inner) {
  const element = h(
    "details",
    { class: "facet", open: opened.has(column) },
    h("summary", {}, heading(column)),
    ...inner,
  );
  element.addEventListener("toggle", () => {
    if (element.open) opened.add(column);
    else opened.delete(column);
  });
  return element;
}

/**
 * Make the values of a facet.
 *
 * @param {{column: string, values: {value: string, count: number}[]}} facet All there is.
 * @param {Map<string, number>} counts Under the present filter.
 * @param {Set<string>} chosen
 * @param {Set<string>} opened Columns, and `column/all`, that are unfolded.
 * @param {(value: string) => void} toggle
 */
export function facetGroup(facet, counts, chosen, opened, toggle) {
  const all = opened.has(`${facet.column}/all`);
  const named = facet.values.filter(({ value }) => value !== "");
  const first = named.slice(0, FEW).map(({ value }) => value);
  const shown = named.filter(({ value }) => all || first.includes(value) || chosen.has(value));
  const buttons = shown.map(({ value }) => {
    const number = counts.get(value) ?? 0;
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: number || chosen.has(value) ? "value" : "value none",
          "aria-pressed": String(chosen.has(value)),
          "data-facet": `${facet.column}/${value}`,
          onclick: () => toggle(value),
        },
        h("span", {}, value),
        h("small", {}, count(number)),
      ),
    );
  });
  const list = h("ul", { class: "values" }, buttons);
  const more =
    named.length > shown.length &&
    h("button", { type: "button", class: "link", onclick: () => unfold() }, `All ${count(named.length)}`);
  const element = folding(facet.column, opened, list, more);
  const unfold = () => {
    opened.add(`${facet.column}/all`);
    const whole = facetGroup(facet, counts, chosen, opened, toggle);
    element.replaceWith(whole);
    whole.querySelectorAll("button.value")[shown.length]?.focus();
  };
  return element;
}

/**
 * Make the limits of a column of numbers.
 *
 * @param {{column: string, min: number, max: number}} range All there is.
 * @param {{min?: number, max?: number}} set
 * @param {Set<string>} opened
 * @param {(min: number, max: number) => void} limit NaN for no limit.
 */
export function rangeGroup(range, set, opened, limit) {
  const side = (name, text, edge) => {
    const id = freshId("limit");
    const input = h("input", {
      id,
      type: "number",
      step: "any",
      inputmode: "decimal",
      placeholder: plain(edge),
      value: set[name] ?? "",
      "data-facet": `${range.column}/${name}`,
    });
    return [input, h("label", { for: id }, h("span", {}, text), input)];
  };
  const [least, from] = side("min", "from", range.min);
  const [most, to] = side("max", "to", range.max);
  const apply = () => limit(least.valueAsNumber, most.valueAsNumber);
  least.addEventListener("change", apply);
  most.addEventListener("change", apply);
  return folding(range.column, opened, h("div", { class: "range" }, from, to));
}
