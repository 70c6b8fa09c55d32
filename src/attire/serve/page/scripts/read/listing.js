/** The garments of a photo as a list; the chosen one opens. */

import { freshId, h } from "../dom.js";
import { swatches } from "../swatches.js";
import { capital, percent } from "../words.js";

const GROUPS = { superclass: "Kind", nickname: "Style" };

function sureness(instance) {
  if (!instance.sure) return h("span", { class: "doubt" }, "not sure");
  return h(
    "span",
    { class: "score", title: "How likely the name and the outline are right" },
    percent(instance.score),
  );
}

function bar(attribute) {
  return h(
    "li",
    { class: attribute.holds ? "holds" : "may" },
    h(
      "span",
      { class: "name" },
      attribute.name,
      !attribute.holds && h("span", { class: "unseen" }, ", perhaps"),
    ),
    h(
      "span",
      { class: "bar", "aria-hidden": "true" },
      h("i", { vars: { "--share": String(attribute.probability) } }),
    ),
    h("span", { class: "score" }, percent(attribute.probability)),
  );
}

function attributes(instance) {
  if (!instance.attributes.length) return h("p", { class: "hint" }, "Nothing more can be said of it.");
  const groups = new Map();
  for (const attribute of instance.attributes) {
    if (!groups.has(attribute.group)) groups.set(attribute.group, []);
    groups.get(attribute.group).push(attribute);
  }
  return h(
    "div",
    { class: "attributes" },
    [...groups].map(([group, some]) =>
      h("div", {}, h("h4", {}, capital(GROUPS[group] ?? group)), h("ul", { class: "bars" }, some.map(bar))),
    ),
  );
}

function partButtons(parts, told) {
  return h(
    "ul",
    { class: "parts" },
    parts.map((part) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: part.sure ? "chip" : "chip unsure",
            onpointerenter: () => told.point(part.id),
            onpointerleave: () => told.point(null),
            onfocus: () => told.point(part.id),
            onblur: () => told.point(null),
          },
          part.category,
          !part.sure && h("small", {}, " not sure"),
        ),
      ),
    ),
  );
}

function detail(instance, reading, told) {
  const parts = instance.parts.map((id) => reading.instances[id]);
  return [
    told.similar &&
      h(
        "p",
        { class: "actions" },
        h(
          "button",
          { type: "button", class: "primary", onclick: () => told.similar(instance.id) },
          "Find similar",
        ),
      ),
    !instance.sure &&
      h("p", { class: "note" }, `It may be something else: ${percent(instance.score)} likely.`),
    attributes(instance),
    instance.colours.length > 0 &&
      h("div", {}, h("h4", {}, "Colours"), swatches(instance.colours, { shares: true })),
    parts.length > 0 && h("div", {}, h("h4", {}, "Parts"), partButtons(parts, told)),
  ];
}

/**
 * Make the list.
 *
 * @param {object} reading What the service answered.
 * @param {object[]} garments In the order of their numbers.
 * @param {{point: Function, choose: Function, similar: Function | null}} told What to call.
 */
export function listing(reading, garments, told) {
  const items = new Map();
  const rows = garments.map((instance, place) => {
    const id = freshId("garment");
    const body = h("div", { class: "detail", id, hidden: true });
    const button = h(
      "button",
      {
        type: "button",
        class: "row",
        "aria-expanded": "false",
        "aria-controls": id,
        onclick: () => told.choose(instance.id),
      },
      h("span", { class: "number", "aria-hidden": "true" }, String(place + 1)),
      h("span", { class: "name" }, capital(instance.category)),
      sureness(instance),
    );
    const row = h("li", { class: instance.sure ? "" : "unsure" }, h("h3", {}, button), body);
    row.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && told.point(instance.id));
    row.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && told.point(null));
    button.addEventListener("focus", () => told.point(instance.id));
    button.addEventListener("blur", () => told.point(null));
    items.set(instance.id, { row, button, body, instance });
    return row;
  });
  const loose = reading.instances.filter((one) => one.kind === "part" && one.part_of === null);
  const element = h(
    "div",
    { class: "listing" },
    h("ol", { class: "rows" }, rows),
    loose.length > 0 && h("div", { class: "loose" }, h("h4", {}, "Also seen"), partButtons(loose, told)),
  );
  element.addEventListener("keydown", (event) =>
    move(
      event,
      [...items.values()].map((item) => item.button),
    ),
  );

  return {
    element,
    /** Open one and close the rest; null closes all. */
    open(chosen) {
      for (const [id, { row, button, body, instance }] of items) {
        const on = id === chosen;
        row.classList.toggle("open", on);
        button.setAttribute("aria-expanded", String(on));
        body.hidden = !on;
        if (on && !body.hasChildNodes()) body.append(...detail(instance, reading, told).filter(Boolean));
      }
    },
    focus(id) {
      items.get(id)?.button.focus();
    },
  };
}

function move(event, buttons) {
  const at = buttons.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || at < 0) return;
  event.preventDefault();
  buttons[(at + step + buttons.length) % buttons.length].focus();
}
