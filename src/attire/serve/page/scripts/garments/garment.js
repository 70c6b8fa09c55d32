/** One garment of the catalogue: what is known of it, what goes with it, what could stand in for it. */

import { announce } from "../announce.js";
import { ask } from "../api.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { picture } from "../picture.js";
import { loading, loadingCards, nothing, wrong } from "../states.js";
import { swatches } from "../swatches.js";
import { capital, heading, percent, plain, plural } from "../words.js";
import { card, cards, described, titleOf } from "./card.js";
import { similarTo } from "./similar.js";

const MODES = { alternatives: "Alternatives", "goes-with": "Goes with", outfit: "An outfit" };
const TOLD = {
  alternatives: "Could stand in for it: alike, and each for its own reason.",
  "goes-with": "Worn together with garments like it, more often than chance.",
  outfit: "One garment for every place, chosen to go together.",
};
let shown = null;

/** Show a garment; coming back to the same one leaves it as it was. */
export function showGarment(section, id) {
  if (shown === id) return;
  shown = id;
  load(section, id);
}

async function load(section, id) {
  section.replaceChildren(loading("Fetching the garment"));
  try {
    const garment = await ask(`v1/garments/${encodeURIComponent(id)}`);
    if (shown === id) show(section, garment);
  } catch (error) {
    if (shown !== id) return;
    section.replaceChildren(
      back(),
      wrong(error, () => load(section, id)),
    );
    shown = null;
  }
}

function back() {
  return h(
    "p",
    { class: "back" },
    h(
      "button",
      {
        type: "button",
        class: "link",
        onclick: () => (history.length > 1 ? history.back() : (location.hash = "#browse")),
      },
      icon("left"),
      "Back",
    ),
  );
}

function show(section, garment) {
  const title = titleOf(garment);
  const seen = described(garment);
  const also = h("div", { class: "also" });
  const buttons = Object.entries({ ...MODES, similar: "Similar" }).map(([mode, text]) =>
    h(
      "button",
      { type: "button", "aria-pressed": "false", "data-mode": mode, onclick: () => choose(mode) },
      text,
    ),
  );
  const choose = (mode) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    if (mode === "similar")
      also.replaceChildren(similarTo({ name: garment.category, fields: { like: garment.garment_id } }));
    else recommend(also, garment, mode);
  };
  section.replaceChildren(
    back(),
    h(
      "article",
      { class: "garment" },
      picture(garment, seen, 480, 640),
      h(
        "div",
        { class: "known" },
        h("p", { class: "topic" }, capital(garment.category)),
        h("h1", { tabindex: "-1" }, title),
        h(
          "p",
          { class: "standfirst" },
          title === seen
            ? `${percent(garment.score)} sure of its name and outline.`
            : `${seen}. ${percent(garment.score)} sure of its name and outline.`,
        ),
        facts(garment),
      ),
    ),
    h("div", { class: "modes", role: "group", "aria-label": "Other garments" }, buttons),
    also,
  );
  document.title = `${title} · Attire`;
  announce(title);
  choose("alternatives");
}

function facts(garment) {
  const rows = [];
  const row = (name, value) => rows.push(h("div", {}, h("dt", {}, name), h("dd", {}, value)));
  if (garment.attributes.length)
    row(
      "Attributes",
      h(
        "ul",
        { class: "chips" },
        garment.attributes.map((name) => h("li", {}, h("span", { class: "chip" }, name))),
      ),
    );
  if (garment.colours.length) row("Colours", swatches(garment.colours, { shares: true }));
  if (garment.parts.length)
    row(
      "Parts",
      h(
        "ul",
        { class: "chips" },
        garment.parts.map((name) => h("li", {}, h("span", { class: "chip" }, name))),
      ),
    );
  for (const [name, value] of Object.entries(garment.own ?? {})) {
    if (value !== null && value !== "") row(heading(name), plain(value));
  }
  if (garment.seen_at)
    row(
      "Seen",
      new Date(garment.seen_at).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" }),
    );
  if (garment.source) row("Source", garment.source);
  row("Photo", garment.photo);
  return h("dl", { class: "rows" }, rows);
}

async function recommend(place, garment, mode) {
  const mine = h(
    "div",
    { class: "results", "aria-busy": "true" },
    h("p", { class: "hint" }, TOLD[mode]),
    loadingCards(4),
  );
  place.replaceChildren(mine);
  try {
    const { results } = await ask(`v1/recommend/${encodeURIComponent(garment.garment_id)}`, {
      query: { mode, k: 12 },
    });
    mine.replaceChildren(
      h("p", { class: "hint" }, TOLD[mode]),
      results.length
        ? cards(results.map((one) => card(one.garment, one)))
        : nothing("None to recommend", "The catalogue has nothing that would do. Try another way above."),
    );
    if (mine.isConnected) announce(`${MODES[mode]}: ${plural(results.length, "garment")}`);
  } catch (error) {
    mine.replaceChildren(wrong(error, () => recommend(place, garment, mode)));
  }
  mine.setAttribute("aria-busy", "false");
}
