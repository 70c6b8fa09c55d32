/** Trends: what grows, fades and comes back, with what to bear in mind first. */

import { announce } from "../announce.js";
import { ask } from "../api.js";
import { h } from "../dom.js";
import { opensOnce } from "../opening.js";
import { loading, nothing, wrong } from "../states.js";
import { whereOf } from "../where.js";
import { capital, count, percent, plural } from "../words.js";
import { comparisons } from "./comparing.js";
import { lineOf, tableOf } from "./lines.js";

const GROUPS = [
  ["emerging", "Emerging", "Small, and growing", "Began below 5 % and grew by half or more."],
  ["rising", "Rising", "More of it", "Grows, and was no rarity to begin with."],
  ["fading", "Fading", "Less of it", "Shrinks."],
];
const MOST = 12;
const NEAREST = 6;

/** Show the view; the report that was asked for last is still there. */
export const showTrends = opensOnce("There is nothing to count yet.", show);

async function show(section, held) {
  const { facets } = await ask("v1/facets");
  const place = h("div", { class: "report", "aria-busy": "true" });
  const ways = await comparisons(held, facets);
  const group = (label, some) =>
    some.length > 0 &&
    h(
      "optgroup",
      { label },
      some.map(([value, text]) => h("option", { value }, text)),
    );
  if (!ways.time.length && !ways.between.length) {
    section.replaceChildren(nothingToCompare());
    return;
  }
  const by = h(
    "select",
    { id: "trends-by" },
    group("Over time", ways.time),
    group("Between groups", ways.between),
  );
  const categories = facets.find((facet) => facet.column === "category")?.values ?? [];
  const within = h(
    "select",
    { id: "trends-within" },
    h("option", { value: "" }, "All garments"),
    categories.map(({ value, count: number }) =>
      h("option", { value }, `${capital(value)} (${count(number)})`),
    ),
  );
  let running = null;

  async function run() {
    running?.abort();
    const mine = (running = new AbortController());
    place.setAttribute("aria-busy", "true");
    place.replaceChildren(loading("Counting garments"));
    const where = within.value ? whereOf(new Map([["category", new Set([within.value])]])) : "";
    try {
      const report = await ask("v1/trends", { query: { by: by.value, where }, signal: mine.signal });
      if (mine.signal.aborted) return;
      place.replaceChildren(...reported(report));
      announce(standfirst(report));
    } catch (error) {
      if (mine.signal.aborted) return;
      place.replaceChildren(wrong(error, run));
    }
    place.setAttribute("aria-busy", "false");
  }

  by.addEventListener("change", run);
  within.addEventListener("change", run);
  section.replaceChildren(
    h(
      "div",
      { class: "opening" },
      h("p", { class: "topic" }, "Trends"),
      h("h1", {}, "What is worn more, and less"),
    ),
    h(
      "form",
      { class: "choices", onsubmit: (event) => event.preventDefault() },
      h("label", {}, h("span", {}, "Compare by"), by),
      h("label", {}, h("span", {}, "Among"), within),
    ),
    place,
  );
  run();
}

function nothingToCompare() {
  return nothing(
    "There is nothing to compare by",
    "No garment says when it was seen, all are of one source, and no column groups them. Whoever runs the service can " +
      "index them with a table that says more: attire index PHOTOS --catalog DIR --meta TABLE, with a column seen_at.",
  );
}

function standfirst(report) {
  const moving = GROUPS.map(([group]) => report.lines.filter((line) => line.group === group).length);
  const start = `${plural(report.garments, "garment")}, by ${report.by}.`;
  if (!report.timed) {
    const different = report.lines.filter((line) => line.group === "different").length;
    return `${start} ${different ? plural(different, "line") : "None"} of ${count(report.tested)} differ${different === 1 ? "s" : ""} by more than chance.`;
  }
  if (!moving.some(Boolean))
    return `${start} Of ${plural(report.tested, "line")} tested, none moves by more than chance would.`;
  return `${start} Of ${plural(report.tested, "line")} tested, ${moving[0]} emerge, ${moving[1]} rise and ${moving[2]} fade; for the rest, chance will do.`;
}

function figures(report) {
  const moving = report.lines.filter((line) =>
    (report.timed ? ["emerging", "rising", "fading"] : ["different"]).includes(line.group),
  ).length;
  const entries = [
    [count(report.garments), "garments counted"],
    [count(report.periods.length), report.timed ? "periods" : "groups"],
    [count(report.tested), "lines tested together"],
    [count(moving), report.timed ? "lines that move" : "lines that differ"],
    [percent(report.alpha), "false alarms expected among them"],
  ];
  return h(
    "dl",
    { class: "facts" },
    entries.map(([number, what]) => h("div", {}, h("dt", {}, what), h("dd", {}, number))),
  );
}

function part(topic, headline, what, report, lines) {
  const more = lines.length > MOST ? ` ${count(lines.length - MOST)} more are in the table.` : "";
  return h(
    "section",
    { class: "part" },
    h("p", { class: "topic" }, topic),
    h("h2", {}, headline),
    h("p", { class: "hint" }, what + more),
    lines.length
      ? h(
          "ol",
          { class: "lines" },
          lines.slice(0, MOST).map((line) => lineOf(report, line)),
        )
      : h("p", { class: "lead" }, "None that chance would not explain as well."),
  );
}

function reported(report) {
  const of = (group) => report.lines.filter((line) => line.group === group);
  const parts = [
    h("p", { class: "standfirst" }, standfirst(report)),
    figures(report),
    h(
      "section",
      { class: "part notable" },
      h("p", { class: "topic" }, "Before you act on it"),
      h("h2", {}, "What to bear in mind"),
      h(
        "ol",
        {},
        report.notes.map((note) => h("li", {}, note)),
      ),
    ),
  ];
  if (report.timed) {
    const moving = GROUPS.filter(([group]) => of(group).length);
    if (!moving.length)
      parts.push(part("No trend", "Nothing moves", "Neither emerging, rising nor fading.", report, []));
    else
      parts.push(
        ...GROUPS.map(([group, topic, headline, what]) => part(topic, headline, what, report, of(group))),
      );
    const seasonal = report.lines
      .filter((line) => line.season?.returning)
      .sort((a, b) => b.season.swing - a.season.swing);
    if (seasonal.length)
      parts.push(
        part(
          "Seasonal",
          "Comes back every year",
          "Goes up and down with the year, and did so in every year seen.",
          report,
          seasonal,
        ),
      );
    const nearest = of("unclear").slice(0, NEAREST);
    if (nearest.length)
      parts.push(
        part(
          "Not shown",
          "Nearest to a trend, yet none",
          "Chance explains these as well. They are worth another look when more has been seen.",
          report,
          nearest,
        ),
      );
  } else {
    parts.push(
      part(
        "Different",
        `Not the same by ${report.by}`,
        `Shares differ between groups by more than chance, false alarms held to ${percent(report.alpha)}.`,
        report,
        of("different"),
      ),
    );
  }
  parts.push(
    h(
      "section",
      { class: "part" },
      h("p", { class: "topic" }, "The table"),
      h("h2", {}, "Everything that was tested"),
      tableOf(report),
    ),
  );
  return parts;
}
