/** One line of the trends: what it is, its chart, and garments that show it. */

import { h } from "../dom.js";
import { picture } from "../picture.js";
import { linkTo } from "../router.js";
import { change, count, percent, plural } from "../words.js";
import { chart } from "./charts.js";

function unit(report) {
  return report.by.includes(",") && report.timed ? "season" : report.by;
}

function flow(report, line) {
  if (report.timed)
    return line.first === null
      ? `${plural(line.shown, "garment")} in all`
      : `${percent(line.first)} → ${percent(line.last)}`;
  const full = line.shares
    .map((share, i) => [share.value, report.periods[i]])
    .filter(([value, period]) => period.full && value !== null);
  if (!full.length) return `${plural(line.shown, "garment")} in all`;
  full.sort((a, b) => a[0] - b[0]);
  const [[least, fewest], [most, highest]] = [full[0], full.at(-1)];
  return `${percent(most)} in ${highest.label}, ${percent(least)} in ${fewest.label}`;
}

function sure(line) {
  if (line.q === null) return `Not tested: ${plural(line.shown, "garment")}`;
  const q = line.q < 1e-4 ? "q below 0.0001" : `q ${Number(line.q.toPrecision(2))}`;
  const doubt =
    line.reliability !== null && line.reliability < 0.995
      ? `, detector shows ${percent(line.reliability)} of a change`
      : "";
  return `${q}, ${count(line.shown)} garments${doubt}`;
}

function example(line, garment, place) {
  const name = `${line.name}, example ${place + 1}`;
  const made = {
    picture: garment.picture ?? `v1/garments/${encodeURIComponent(garment.garment_id)}/picture`,
  };
  return h("li", {}, h("a", { href: linkTo(garment.garment_id) }, picture(made, name, 110, 147)));
}

/** Lay out a line. */
export function lineOf(report, line) {
  const said = [];
  const { growth, season } = line;
  if (report.timed && growth?.value !== null && growth !== null) {
    said.push(
      `Odds per ${unit(report)}: ${change(growth.value)} (${change(growth.low)} to ${change(growth.high)})`,
    );
  }
  said.push(sure(line));
  if (season?.returning)
    said.push(`Highest around ${season.peak}, odds there ×${Number(season.swing.toPrecision(2))}`);
  return h(
    "li",
    { class: "line" },
    h(
      "div",
      {},
      h("h3", {}, line.name),
      h("p", {}, `Of ${line.among}`),
      h("p", { class: "flow" }, flow(report, line)),
      said.map((text) => h("p", {}, text)),
      line.rests_on && h("p", { class: "up" }, `Rests on ${line.rests_on} alone`),
    ),
    h("div", {}, chart(report, line)),
    line.examples.length
      ? h(
          "ul",
          { class: "pictures" },
          line.examples.slice(0, 4).map((garment, place) => example(line, garment, place)),
        )
      : h("p", { class: "hint" }, "No garment surely shows it."),
  );
}

/** Lay out all lines as a table. */
export function tableOf(report) {
  const head = [
    "Line",
    "Among",
    "Verdict",
    report.timed ? "From" : "Garments",
    report.timed ? "To" : "",
    "q",
  ].filter(Boolean);
  const cells = (line) => [
    line.name,
    line.among,
    line.group,
    ...(report.timed ? [percent(line.first), percent(line.last)] : [count(line.shown)]),
    line.q === null ? "–" : String(Number(line.q.toPrecision(2))),
  ];
  const rows = report.lines.filter((line) => line.q !== null);
  return h(
    "details",
    { class: "whole" },
    h("summary", {}, `All ${plural(rows.length, "line")} that were tested`),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "All lines" },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            head.map((name) => h("th", { scope: "col" }, name)),
          ),
        ),
        h(
          "tbody",
          {},
          rows.map((line) =>
            h(
              "tr",
              {},
              cells(line).map((text) => h("td", {}, text)),
            ),
          ),
        ),
      ),
    ),
  );
}
