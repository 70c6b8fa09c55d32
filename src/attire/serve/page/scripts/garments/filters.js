/** Filters by facet: what is chosen as chips, what there is with its counts. */

import { ask } from "../api.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { allHold, whereOf } from "../where.js";
import { capital, count } from "../words.js";
import { facetGroup, rangeGroup } from "./facets.js";

/** What is asked of garments, and the elements that say and change it. */
export class Filters {
  /**
   * @param {() => void} changed Called after every change.
   */
  constructor(changed) {
    this.changed = changed;
    this.chosen = new Map();
    this.ranges = new Map();
    this.everything = null;
    this.opened = new Set(["category"]);
    this.chips = h("ul", { class: "chips chosen", "aria-label": "Filters that are set" });
    this.groups = h("div", { class: "groups" });
    this.latest = 0;
  }

  /** As the service takes it; empty for no filter. */
  get where() {
    return whereOf(this.chosen, this.ranges);
  }

  /** How many are set. */
  get size() {
    return [...this.chosen.values()].reduce((sum, values) => sum + values.size, 0) + this.ranges.size;
  }

  /** Choose a value, or leave it again. */
  toggle(column, value) {
    const values = this.chosen.get(column) ?? new Set();
    if (!values.delete(value)) values.add(value);
    if (values.size) this.chosen.set(column, values);
    else this.chosen.delete(column);
    this.#change();
  }

  /** Set the limits of a column of numbers. */
  limit(column, min, max) {
    if (Number.isFinite(min) || Number.isFinite(max)) this.ranges.set(column, { min, max });
    else this.ranges.delete(column);
    this.#change();
  }

  /** Ask for everything again. */
  clear() {
    this.chosen.clear();
    this.ranges.clear();
    this.#change();
  }

  #change() {
    this.#showChips();
    this.changed();
    this.refresh().catch(() => {});
  }

  /**
   * Count anew what there is.
   *
   * @throws {Problem} If the service does not say.
   */
  async refresh() {
    this.latest += 1;
    const mine = this.latest;
    this.everything ??= await ask("v1/facets");
    const open = [...this.chosen.keys()].filter((column) => !allHold(column));
    const [filtered, ...each] = await Promise.all([
      this.where ? ask("v1/facets", { query: { where: this.where } }) : this.everything,
      ...open.map((column) =>
        ask("v1/facets", { query: { where: whereOf(this.chosen, this.ranges, column) } }),
      ),
    ]);
    if (mine !== this.latest) return;
    const counts = new Map(filtered.facets.map((facet) => [facet.column, countsOf(facet)]));
    open.forEach((column, place) => {
      const own = each[place].facets.find((facet) => facet.column === column);
      if (own) counts.set(column, countsOf(own));
    });
    this.#showGroups(counts);
  }

  #showChips() {
    const chips = [];
    for (const [column, values] of this.chosen) {
      for (const value of values)
        chips.push(this.#chip(value, `${column} ${value}`, () => this.toggle(column, value)));
    }
    for (const [column, { min, max }] of this.ranges) {
      const said = `${column} ${[Number.isFinite(min) && `from ${min}`, Number.isFinite(max) && `to ${max}`].filter(Boolean).join(" ")}`;
      chips.push(this.#chip(said, said, () => this.limit(column)));
    }
    if (chips.length > 1)
      chips.push(
        h("li", {}, h("button", { type: "button", class: "link", onclick: () => this.clear() }, "Clear all")),
      );
    this.chips.replaceChildren(...chips);
  }

  #chip(text, said, remove) {
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "chip on", "aria-label": `Remove filter ${said}`, onclick: remove },
        text,
        icon("close"),
      ),
    );
  }

  #showGroups(counts) {
    const focused = document.activeElement?.dataset?.facet;
    const groups = this.everything.facets
      .filter((facet) => facet.values.length)
      .map((facet) =>
        facetGroup(
          facet,
          counts.get(facet.column) ?? new Map(),
          this.chosen.get(facet.column) ?? new Set(),
          this.opened,
          (value) => this.toggle(facet.column, value),
        ),
      );
    const ranges = (this.everything.ranges ?? []).map((range) =>
      rangeGroup(range, this.ranges.get(range.column) ?? {}, this.opened, (min, max) =>
        this.limit(range.column, min, max),
      ),
    );
    this.groups.replaceChildren(...groups, ...ranges);
    if (focused)
      [...this.groups.querySelectorAll("[data-facet]")].find((one) => one.dataset.facet === focused)?.focus();
  }
}

function countsOf(facet) {
  return new Map(facet.values.map(({ value, count: number }) => [value, number]));
}

/** Make filters that stay folded until they are wanted. */
export function foldedFilters(filters) {
  const element = h("details", { class: "folded" }, h("summary", {}, "Filter"), filters.groups);
  element.addEventListener("toggle", () => {
    if (element.open && !filters.everything)
      filters
        .refresh()
        .catch(() =>
          filters.groups.replaceChildren("The filters are not at hand. Close this and open it again."),
        );
  });
  return h("div", { class: "filtering" }, filters.chips, element);
}

/** Say how many garments there are, and of how many. */
export function saidTotal(total, all) {
  return total === all ? capital(`${count(total)} garments`) : `${count(total)} of ${count(all)} garments`;
}
