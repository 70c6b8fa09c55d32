/** Reading a photo: chosen, sent, and what was found laid over it. */

import { announce } from "../announce.js";
import { ask, catalog, form } from "../api.js";
import { h } from "../dom.js";
import { Problem } from "../problem.js";
import { similarTo } from "../garments/similar.js";
import { loading, noCatalog, nothing, wrong } from "../states.js";
import { list, plural } from "../words.js";
import { choosing, takeEverywhere } from "./choosing.js";
import { listing } from "./listing.js";
import { outlines, stageOf } from "./outlines.js";
import { prepare } from "./photo.js";

let started = false;
let under = null;
let running = null;
let url = null;

/** Show the view; what was read last is still there. */
export function showRead(section) {
  if (started) return;
  started = true;
  under = section;
  takeEverywhere(section, take);
  begin();
}

function begin() {
  running?.abort();
  if (url) URL.revokeObjectURL(url);
  url = null;
  under.replaceChildren(choosing(take));
}

async function take(file) {
  running?.abort();
  const mine = (running = new AbortController());
  try {
    if (file instanceof Problem) throw file;
    under.replaceChildren(h("div", { class: "reading waiting" }, loading("Reading the photo")));
    const photo = await prepare(file);
    if (mine.signal.aborted) return;
    if (url) URL.revokeObjectURL(url);
    url = URL.createObjectURL(photo.blob);
    under.replaceChildren(
      h(
        "div",
        { class: "reading waiting" },
        stageOf(photo, h("img", { src: url, alt: "The photo" }), h("div", { class: "sweep" })),
        h("div", {}, loading("Reading the photo"), h("p", { class: "actions" }, again("Stop"))),
      ),
    );
    const reading = await ask("v1/predict", {
      query: { masks: "polygons" },
      body: form({ photo: photo.blob }),
      signal: mine.signal,
    });
    if (!mine.signal.aborted) await show(reading, photo, mine.signal);
  } catch (error) {
    if (error.name === "AbortError" || mine.signal.aborted) return;
    const retry = file instanceof Problem ? begin : () => take(file);
    under.replaceChildren(h("div", { class: "failed" }, wrong(error, retry, again("Take another photo"))));
  }
}

function again(text) {
  return h("button", { type: "button", onclick: begin }, text);
}

async function show(reading, photo, signal) {
  const garments = reading.instances.filter((one) => one.kind === "garment");
  const served = await catalog().catch(() => null);
  if (signal.aborted) return;
  const below = h("div", { class: "below" });
  let chosen = null;
  const ways = {
    point: (id) => drawing.light(id === null ? lit(chosen) : lit(id)),
    choose: (id) => {
      const garment = owner(reading, id);
      if (garment === null) return;
      choose(garment === chosen ? null : garment);
      if (chosen !== null) rows.focus(chosen);
    },
    similar: served && ((id) => showSimilar(id)),
  };
  const lit = (id) => (id === null ? [] : [id, ...reading.instances[id].parts]);
  const choose = (id) => {
    chosen = id;
    rows.open(id);
    drawing.light(lit(id));
    if (id !== null) announce(`${reading.instances[id].category} chosen`);
  };
  const showSimilar = (id) => {
    const instance = reading.instances[id];
    const panel = similarTo({
      name: instance.category,
      fields: { photo: photo.blob, at: instance.point.map((side) => Math.round(side * 10) / 10).join(",") },
    });
    below.replaceChildren(panel);
    panel.scrollIntoView({
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
    });
    panel.querySelector("h2").focus({ preventScroll: true });
  };
  const drawing = outlines(
    url,
    reading,
    garments.map((one) => one.id),
    ways,
  );
  const rows = listing(reading, garments, ways);
  const told = garments.length
    ? `${plural(garments.length, "garment")}: ${list(garments.map((one) => one.category))}`
    : "No garment found";
  const beside = h(
    "div",
    { class: "found" },
    h("p", { class: "topic" }, reading.photo.name),
    h("h2", { tabindex: "-1" }, garments.length ? plural(garments.length, "garment") : "No garment found"),
    garments.length ? rows.element : nothingSeen(reading),
    garments.length > 0 &&
      !served &&
      h("details", { class: "quiet" }, h("summary", {}, "Find similar needs a catalogue"), noCatalog()),
    h(
      "p",
      { class: "actions" },
      again("Read another photo"),
      h("small", {}, `Read in ${(reading.milliseconds / 1000).toFixed(1)} s`),
    ),
  );
  under.replaceChildren(h("div", { class: "reading" }, drawing.element, beside), below);
  under.onkeydown = (event) => {
    if (event.key !== "Escape" || chosen === null) return;
    const was = chosen;
    choose(null);
    rows.focus(was);
    drawing.light([]);
  };
  announce(`${told}.`);
  if (!under.hidden) under.querySelector("h2").focus({ preventScroll: true });
}

function owner(reading, id) {
  const one = reading.instances[id];
  return one.kind === "garment" ? id : one.part_of;
}

function nothingSeen(reading) {
  const parts = reading.instances.length
    ? "Only parts were seen, and no garment that they belong to."
    : "Nothing in it looks like a garment.";
  return nothing("Nothing to name", `${parts} Try a photo that shows the garment whole, in good light.`);
}
