/** The catalogue, by facet and by words. */

import { announce } from "../announce.js";
import { ask, form } from "../api.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { opensOnce } from "../opening.js";
import { loadingCards, nothing, wrong } from "../states.js";
import { count, plural } from "../words.js";
import { card, cards } from "./card.js";
import { Filters, saidTotal } from "./filters.js";

const PAGE = 24;
const MOST_BY_WORDS = 96;

/** Show the view; what was found last is still there. */
export const showBrowse = opensOnce(
  "Whoever runs the service can add photos to it: attire index PHOTOS --catalog DIR.",
  show,
);

function show(section, held) {
  const results = h("div", { class: "results", "aria-busy": "true" });
  const total = h("p", { class: "total", role: "status" });
  const filters = new Filters(() => search());
  const field = h("input", {
    id: "words",
    type: "search",
    maxlength: 200,
    placeholder: "striped midi dress",
    autocomplete: "off",
    enterkeyhint: "search",
  });
  let words = "";
  let number = PAGE;
  let running = null;

  async function search({ more = false } = {}) {
    running?.abort();
    const mine = (running = new AbortController());
    number = more ? number + PAGE : PAGE;
    results.setAttribute("aria-busy", "true");
    if (!more) results.replaceChildren(loadingCards());
    try {
      if (words) await byWords(mine.signal);
      else await byFilter(mine.signal, more);
    } catch (error) {
      if (mine.signal.aborted) return;
      total.textContent = "";
      results.replaceChildren(wrong(error, () => search()));
    }
    if (!mine.signal.aborted) results.setAttribute("aria-busy", "false");
  }

  async function byFilter(signal, more) {
    const offset = more ? results.querySelectorAll(".card").length : 0;
    const page = await ask("v1/garments", { query: { where: filters.where, offset, limit: PAGE }, signal });
    if (signal.aborted) return;
    total.textContent = saidTotal(page.total, held.garments);
    const added = page.garments.map((garment) => card(garment));
    if (!offset && !added.length) return none();
    place(added, offset, offset + added.length < page.total && added.length > 0);
  }

  async function byWords(signal) {
    const { answers } = await ask("v1/search", {
      body: form({ text: words, where: filters.where, k: number }),
      signal,
    });
    if (signal.aborted) return;
    const { results: found = [], asked = "", notes = [] } = answers[0] ?? {};
    total.textContent = [asked && `Understood as: ${asked}.`, ...notes].filter(Boolean).join(" ");
    if (!found.length) return none();
    const first = number > PAGE ? number - PAGE : 0;
    results.replaceChildren();
    place(
      found.map((one) => card(one.garment, { ...one, parts_similarity: {} })),
      first,
      found.length >= number && number < MOST_BY_WORDS,
    );
  }

  function none() {
    const clear = () => {
      words = "";
      field.value = "";
      filters.clear();
    };
    results.replaceChildren(
      nothing(
        "Nothing found",
        "No garment is all of that. Take away a filter, or say it in other words.",
        h("p", { class: "actions" }, h("button", { type: "button", onclick: clear }, "Show everything")),
      ),
    );
  }

  function place(added, from, more) {
    const list = results.querySelector("ul.cards");
    results.querySelector(".more")?.remove();
    if (from && list) list.append(...added);
    else results.replaceChildren(cards(added));
    if (more)
      results.append(
        h(
          "p",
          { class: "more" },
          h("button", { type: "button", onclick: () => search({ more: true }) }, "Show more"),
        ),
      );
    if (from) results.querySelectorAll(".card a")[from]?.focus({ preventScroll: true });
    announce(`${plural(results.querySelectorAll(".card").length, "garment")} shown`);
  }

  const submit = (event) => {
    event.preventDefault();
    words = field.value.trim();
    search();
  };
  field.addEventListener("search", () => {
    if (!field.value && words) submit(new Event("search"));
  });
  const groups = h(
    "details",
    { class: "sidebar", open: matchMedia("(min-width: 900px)").matches },
    h("summary", {}, "Filter"),
    filters.groups,
    h(
      "p",
      { class: "actions done" },
      h("button", { type: "button", class: "primary", onclick: () => shut() }, "Show them"),
    ),
  );
  const shut = () => {
    groups.open = false;
    total.scrollIntoView({ block: "center" });
  };
  section.replaceChildren(
    h(
      "div",
      { class: "opening low" },
      h("p", { class: "topic" }, "The catalogue"),
      h("h1", {}, `${count(held.garments)} garments`),
      h(
        "p",
        { class: "standfirst" },
        `Cut out of ${plural(held.photos, "photo")}. Say what you look for, or narrow it down.`,
      ),
    ),
    h(
      "form",
      { class: "seeking", role: "search", onsubmit: submit },
      h("label", { for: "words", class: "unseen" }, "Search by words"),
      field,
      h("button", { type: "submit", "aria-label": "Search" }, icon("search")),
    ),
    h(
      "div",
      { class: "browsing" },
      h("aside", { "aria-label": "Filters" }, groups),
      h("div", {}, filters.chips, total, results),
    ),
  );
  filters
    .refresh()
    .catch((error) => filters.groups.replaceChildren(wrong(error, () => filters.refresh().catch(() => {}))));
  search();
}
