/** Garments like one: by how much shape, pattern and colour count, what is to be other, and filters. */

import { announce } from "../announce.js";
import { ask, form } from "../api.js";
import { freshId, h } from "../dom.js";
import { icon } from "../icons.js";
import { loadingCards, nothing, wrong } from "../states.js";
import { plural } from "../words.js";
import { card, cards } from "./card.js";
import { Filters, foldedFilters } from "./filters.js";

const PARTS = ["shape", "pattern", "colour"];
const OFFERED = ["longer", "shorter", "looser", "plain", "floral", "in black", "in red", "in blue"];
const PAGE = 12;
const MOST = 96;
const PATIENCE_MS = 350;

/**
 * Make a panel that finds garments, and asks anew whenever something is changed.
 *
 * @param {{name: string, fields: object, headline?: string}} about What is searched for: fields of `/v1/search`.
 */
export function similarTo({ name, fields, headline = `Similar to this ${name}` }) {
  const results = h("div", { class: "results", "aria-busy": "true" });
  const weights = new Map(PARTS.map((part) => [part, 1]));
  const wishes = new Set();
  const filters = new Filters(() => soon());
  let number = PAGE;
  let running = null;
  let timer = 0;

  const soon = () => {
    number = PAGE;
    results.setAttribute("aria-busy", "true");
    clearTimeout(timer);
    timer = setTimeout(search, PATIENCE_MS);
  };

  async function search() {
    running?.abort();
    const mine = (running = new AbortController());
    results.setAttribute("aria-busy", "true");
    if (number === PAGE) results.replaceChildren(loadingCards(4));
    try {
      const body = form({
        ...fields,
        but: [...wishes],
        where: filters.where,
        weights: said(weights),
        k: number,
      });
      const { answers } = await ask("v1/search", { body, signal: mine.signal });
      if (!mine.signal.aborted) show(answers[0]);
    } catch (error) {
      if (mine.signal.aborted) return;
      results.replaceChildren(wrong(error, search));
    }
    results.setAttribute("aria-busy", "false");
  }

  function show(answer) {
    const found = answer?.results ?? [];
    const notes = (answer?.notes ?? []).map((note) => h("p", { class: "note" }, note));
    if (!found.length) {
      results.replaceChildren(
        ...notes,
        nothing(
          "Nothing like it",
          "No garment is left. Take away a filter or a wish.",
          filters.size > 0 &&
            h(
              "p",
              { class: "actions" },
              h("button", { type: "button", onclick: () => filters.clear() }, "Clear the filters"),
            ),
        ),
      );
      return;
    }
    const before = number > PAGE ? number - PAGE : 0;
    const more =
      found.length >= number &&
      number < MOST &&
      h(
        "p",
        { class: "more" },
        h("button", { type: "button", onclick: () => ((number += PAGE), search()) }, "Show more"),
      );
    results.replaceChildren(
      ...notes,
      cards(found.map((result) => card(result.garment, result))),
      ...(more ? [more] : []),
    );
    results.querySelectorAll(".card a")[before || found.length]?.focus({ preventScroll: true });
    announce(`${plural(found.length, "similar garment")} shown`);
  }

  search();
  return h(
    "section",
    { class: "similar" },
    h("p", { class: "topic" }, "From the catalogue"),
    h("h2", { tabindex: "-1" }, headline),
    h("div", { class: "asking" }, sliders(weights, soon), wishing(wishes, soon), foldedFilters(filters)),
    results,
  );
}

function said(weights) {
  const some = [...weights].filter(([, weight]) => weight !== 1);
  return some.map(([part, weight]) => `${part}=${weight}`).join(",");
}

function sliders(weights, changed) {
  const each = PARTS.map((part) => {
    const id = freshId("weight");
    const output = h("output", { for: id }, "×1");
    const input = h("input", {
      id,
      type: "range",
      min: 0,
      max: 3,
      step: 0.5,
      value: 1,
      "aria-valuetext": "counts once",
    });
    input.addEventListener("input", () => {
      const weight = input.valueAsNumber;
      if (weight === 0 && PARTS.every((other) => other === part || weights.get(other) === 0)) {
        input.value = weights.get(part);
        announce("Something has to count");
        return;
      }
      weights.set(part, weight);
      output.textContent = weight ? `×${weight}` : "off";
      input.setAttribute("aria-valuetext", weight ? `counts ${weight} times` : "does not count");
      changed();
    });
    return h("label", { for: id }, h("span", {}, part), input, output);
  });
  return h("fieldset", { class: "weights" }, h("legend", {}, "What counts"), each);
}

function wishing(wishes, changed) {
  const chips = h("ul", { class: "chips" });
  const offered = [...OFFERED];
  const show = () =>
    chips.replaceChildren(
      ...offered.map((wish) => {
        const on = wishes.has(wish);
        const toggle = () => {
          if (!wishes.delete(wish)) wishes.add(wish);
          show();
          chips.querySelectorAll("button")[offered.indexOf(wish)].focus();
          changed();
        };
        return h(
          "li",
          {},
          h(
            "button",
            { type: "button", class: on ? "chip on" : "chip", "aria-pressed": String(on), onclick: toggle },
            wish,
            on && icon("close"),
          ),
        );
      }),
    );
  const id = freshId("wish");
  const field = h("input", {
    id,
    type: "text",
    maxlength: 200,
    placeholder: "without pockets",
    autocomplete: "off",
  });
  const add = (event) => {
    event.preventDefault();
    const wish = field.value.trim();
    if (!wish) return;
    if (!offered.includes(wish)) offered.push(wish);
    wishes.add(wish);
    field.value = "";
    show();
    changed();
  };
  show();
  return h(
    "fieldset",
    { class: "wishes" },
    h("legend", {}, "Like this, but"),
    chips,
    h(
      "form",
      { class: "wish", onsubmit: add },
      h("label", { for: id, class: "unseen" }, "Something else that is to be other"),
      field,
      h("button", { type: "submit", "aria-label": "Add" }, icon("plus")),
    ),
  );
}
