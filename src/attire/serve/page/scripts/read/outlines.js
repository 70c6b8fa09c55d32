/** Garments as outlines over their photo. The list beside it says the same to those who cannot see it. */

import { freshId, h, s } from "../dom.js";
import { plural } from "../words.js";

/** Make a path of polygons: `x, y, x, y, …` each. */
export function pathOf(polygons) {
  return polygons
    .filter((polygon) => polygon.length >= 6)
    .map((polygon) => {
      const points = [];
      for (let i = 0; i + 1 < polygon.length; i += 2) points.push(`${polygon[i]} ${polygon[i + 1]}`);
      return `M${points.join("L")}Z`;
    })
    .join("");
}

/** Make the place where a photo stands, of its proportions. */
export function stageOf({ width, height }, ...children) {
  const vars = { "--ratio": `${width} / ${height}`, "--wide": String(width / height) };
  return h("div", { class: "stage", vars }, ...children);
}

function boxPath([x, y, width, height]) {
  return `M${x} ${y}h${width}v${height}h${-width}Z`;
}

function shapeOf(instance) {
  return (instance.polygons && pathOf(instance.polygons)) || boxPath(instance.bbox);
}

/**
 * Draw a photo with what was found in it.
 *
 * @param {string} url Of the photo.
 * @param {object} reading What the service answered.
 * @param {number[]} numbered Ids of the garments, in the order of the list.
 * @param {{point: (id: number | null) => void, choose: (id: number) => void}} told What to call.
 */
export function outlines(url, reading, numbered, told) {
  const { width, height } = reading.photo;
  const unit = Math.max(width, height) / 100;
  const paths = new Map();
  const whole = { width, height };
  const holes = s("mask", { id: freshId("veil"), maskUnits: "userSpaceOnUse", x: 0, y: 0, ...whole });
  const veil = s("rect", { class: "veil", ...whole, mask: `url(#${holes.id})` });
  const marks = new Map();

  const shapes = [...reading.instances]
    .sort((a, b) => b.area - a.area)
    .map((instance) => {
      const kind = `${instance.kind} ${instance.sure ? "sure" : "unsure"}`;
      const d = shapeOf(instance);
      const lines = s(
        "g",
        { class: `shape ${kind}` },
        s("path", { class: "halo", d }),
        s("path", { class: "line", d }),
      );
      lines.addEventListener(
        "pointerenter",
        (event) => event.pointerType === "mouse" && told.point(instance.id),
      );
      lines.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && told.point(null));
      lines.addEventListener("click", () => told.choose(instance.id));
      paths.set(instance.id, { lines, d });
      return lines;
    });

  const spots = placed(reading, numbered, unit).map(({ id, x, y }, place) => {
    const mark = h(
      "span",
      {
        class: "mark",
        "aria-hidden": "true",
        vars: { "--x": `${(100 * x) / width}%`, "--y": `${(100 * y) / height}%` },
      },
      String(place + 1),
    );
    marks.set(id, mark);
    return mark;
  });

  const drawing = s(
    "svg",
    { class: "outlines", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    holes,
    veil,
    shapes,
  );
  const named = numbered.length
    ? `The photo, with ${plural(numbered.length, "garment")} outlined; the list names them`
    : "The photo";
  const stage = stageOf({ width, height }, h("img", { src: url, alt: named }), drawing, spots);

  return {
    element: stage,
    /** Show some, dim the rest; none for all alike. */
    light(ids) {
      const lit = ids.filter((id) => paths.has(id));
      if (lit.length) {
        const open = lit.map((id) => s("path", { class: "hole", d: paths.get(id).d }));
        holes.replaceChildren(s("rect", { class: "cover", ...whole }), ...open);
      }
      stage.classList.toggle("lit", lit.length > 0);
      for (const [id, { lines }] of paths) lines.classList.toggle("on", ids.includes(id));
      for (const [id, mark] of marks) mark.classList.toggle("on", ids.includes(id));
    },
  };
}

function placed(reading, numbered, unit) {
  const least = 4.2 * unit;
  const { width, height } = reading.photo;
  const taken = [];
  for (const id of numbered) {
    let [x, y] = reading.instances[id].point;
    for (
      let turn = 0;
      turn < 24 && taken.some((one) => Math.hypot(one.x - x, one.y - y) < least);
      turn += 1
    ) {
      const [from, to] = reading.instances[id].point;
      x = from + least * (0.4 + turn / 12) * Math.cos(turn * 1.2);
      y = to + least * (0.4 + turn / 12) * Math.sin(turn * 1.2);
    }
    x = Math.min(Math.max(x, 2.2 * unit), width - 2.2 * unit);
    y = Math.min(Math.max(y, 2.2 * unit), height - 2.2 * unit);
    taken.push({ id, x, y });
  }
  return taken;
}
