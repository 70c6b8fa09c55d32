/** Charts as inline SVG, coloured by the page's style so that they follow light and dark. */

import { s } from "../dom.js";
import { percent } from "../words.js";

const WIDTH = 360;
const HEIGHT = 140;
const LEFT = 6;
const RIGHT = 46;
const TOP = 12;
const BOTTOM = 22;
const MOST_BARS = 10;

/** Draw a line's shares with their intervals: over time, or as bars where groups have no order. */
export function chart(report, line) {
  return report.timed ? overTime(report, line) : bars(report, line);
}

function known(report, line) {
  return line.shares
    .map((share, i) => ({ share, i, period: report.periods[i] }))
    .filter(({ share, period }) => period.full && share.value !== null);
}

function roundUp(value) {
  if (!(value > 0)) return 0.01;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value * 0.9999) ?? 10;
  return Math.min(step * power, 1);
}

function drawing(height, said, parts) {
  return s(
    "svg",
    { class: "chart", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": said },
    parts,
  );
}

function inWords(report, line, shown) {
  const ends = [shown[0], shown.at(-1)].map(
    ({ share, period }) => `${percent(share.value)} in ${period.label}`,
  );
  return `${line.name}: ${ends.join(", ")}`;
}

function overTime(report, line) {
  const shown = known(report, line);
  if (!shown.length) return null;
  const place = (i) => report.periods[i].position ?? i;
  const last = place(report.periods.length - 1);
  const ahead = line.forecast.map((share, n) => ({ share, at: last + n + 1 }));
  const some = [...shown.map(({ share }) => share), ...ahead.map(({ share }) => share)];
  const most = Math.max(...some.map(({ value }) => value));
  const top = roundUp(Math.max(...some.map(({ high }) => Math.min(high, 2.5 * most + 1e-9))));
  const begin = place(0);
  const end = ahead.at(-1)?.at ?? last;
  const x = (at) => LEFT + ((WIDTH - LEFT - RIGHT) * (at - begin)) / Math.max(end - begin, 1e-9);
  const y = (share) => HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * Math.min(share / top, 1);
  const line1 = (pairs) => pairs.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const band = (entries) =>
    line1([
      ...entries.map(({ at, share }) => [at, share.high]),
      ...[...entries].reverse().map(({ at, share }) => [at, share.low]),
    ]);
  const seen = shown.map(({ share, i }) => ({ share, at: place(i) }));
  const through = (entries) => line1(entries.map(({ at, share }) => [at, share.value]));
  const parts = rules(top, y);
  parts.push(
    s("polygon", { class: "band", points: band(seen) }),
    s("polyline", { class: "seen", points: through(seen) }),
  );
  if (seen.length <= 60)
    parts.push(
      ...seen.map(({ at, share }) => s("circle", { class: "dot", cx: x(at), cy: y(share.value), r: 2.2 })),
    );
  if (ahead.length) {
    const future = [seen.at(-1), ...ahead];
    parts.push(
      s("polygon", { class: "band ahead", points: band(future) }),
      s("polyline", { class: "seen ahead", points: through(future) }),
    );
  }
  parts.push(
    s("text", { x: x(begin), y: HEIGHT - 5 }, report.periods[0].label),
    s("text", { x: x(last), y: HEIGHT - 5, "text-anchor": "end" }, report.periods.at(-1).label),
  );
  return drawing(HEIGHT, inWords(report, line, shown), parts);
}

function rules(top, y) {
  const end = WIDTH - RIGHT + 4;
  return [0, top / 2, top].flatMap((share) => [
    s("line", { class: "rule", x1: LEFT, x2: end, y1: y(share), y2: y(share) }),
    s("text", { x: end + 4, y: y(share) + 3.5 }, percent(share)),
  ]);
}

function bars(report, line) {
  let shown = known(report, line);
  if (shown.length > MOST_BARS)
    shown = shown.sort((a, b) => b.share.value - a.share.value).slice(0, MOST_BARS);
  if (!shown.length) return null;
  const top = Math.max(...shown.map(({ share }) => share.high)) || 1;
  const x = (share) => 110 + (190 * share) / top;
  const parts = shown.flatMap(({ share, period }, row) => {
    const middle = 12 + 22 * row;
    const label = period.label.length > 16 ? `${period.label.slice(0, 15)}…` : period.label;
    return [
      s("text", { x: 104, y: middle + 4, "text-anchor": "end" }, label),
      s("rect", {
        class: "bar",
        x: 110,
        y: middle - 5,
        width: Math.max(x(share.value) - 110, 0),
        height: 10,
      }),
      s("line", { class: "whisker", x1: x(share.low), x2: x(share.high), y1: middle, y2: middle }),
      s("text", { x: Math.max(x(share.high), x(share.value)) + 5, y: middle + 4 }, percent(share.value)),
    ];
  });
  const said = `${line.name} by ${report.by}: ${shown.map(({ share, period }) => `${period.label} ${percent(share.value)}`).join(", ")}`;
  return drawing(24 + 22 * (shown.length - 1), said, parts);
}
