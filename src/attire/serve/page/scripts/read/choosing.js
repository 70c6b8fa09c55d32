/** Where a photo is chosen: dropped, pasted, taken, picked, or one of ours. */

import { address } from "../api.js";
import { h } from "../dom.js";
import { Problem } from "../problem.js";
import { pictureIn } from "./photo.js";

const TOUCHED = matchMedia("(hover: none)");
const EXAMPLES = [
  "A red striped coat",
  "A dotted dress under a blue jacket",
  "A teal coat over a patterned skirt",
  "A blouse and striped trousers under an umbrella",
];

function field(id, text, take, props) {
  const input = h("input", { id, class: "unseen", type: "file", accept: "image/*", ...props });
  input.addEventListener("change", () => {
    const [file] = input.files;
    input.value = "";
    if (file) take(file);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") input.click();
  });
  return [input, h("label", { for: id, class: "button" }, text)];
}

function examples(take) {
  const choose = async (place) => {
    const response = await fetch(address(`static/looks/${place}.jpg`)).catch(() => null);
    if (!response?.ok) throw new Problem(0, "");
    take(new File([await response.blob()], `look ${place + 1}.jpg`, { type: "image/jpeg" }));
  };
  return EXAMPLES.map((said, place) =>
    h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "example",
          "aria-label": `Read a drawn look: ${said}`,
          onclick: () => choose(place).catch((error) => take(error)),
        },
        h("img", { src: address(`static/looks/${place}.jpg`), alt: "", width: 256, height: 384 }),
      ),
    ),
  );
}

/**
 * Make the place where a photo is chosen.
 *
 * @param {(file: File | Problem) => void} take
 */
export function choosing(take) {
  return h(
    "div",
    { class: "choosing" },
    h(
      "div",
      { class: "opening" },
      h("p", { class: "topic" }, "Attire"),
      h("h1", {}, "What is worn here?"),
      h(
        "p",
        { class: "standfirst" },
        "Give it a photo. It outlines every garment to the pixel, and names its cut, pattern, parts and colours, with how sure it is of each.",
      ),
    ),
    h(
      "div",
      { class: "drop", role: "group", "aria-label": "Choose a photo" },
      h("p", { class: "invite" }, TOUCHED.matches ? "A photo of yours" : "Drop a photo here"),
      h(
        "p",
        { class: "actions" },
        field("photo-file", "Choose a photo", take),
        field("photo-camera", "Take a photo", take, { capture: "environment" }),
      ),
      h(
        "p",
        { class: "hint" },
        `${TOUCHED.matches ? "" : "or paste one. "}JPEG, PNG or WebP; large ones are made smaller before they leave your device, and none is kept.`,
      ),
    ),
    h(
      "div",
      { class: "examples" },
      h("p", { class: "topic" }, "No photo at hand?"),
      h("p", {}, "Read one of these drawn looks."),
      h("ul", {}, examples(take)),
    ),
  );
}

/**
 * Take photos that are dropped or pasted anywhere while a section is shown.
 *
 * @param {HTMLElement} section
 * @param {(file: File | Problem) => void} take
 */
export function takeEverywhere(section, take) {
  const takes = (event) => !section.hidden && [...(event.dataTransfer?.types ?? [])].includes("Files");
  const given = (transfer) => take(pictureIn(transfer) ?? new Problem(415, "There was no picture in it."));
  addEventListener("dragover", (event) => {
    if (!takes(event)) return;
    event.preventDefault();
    section.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) section.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    if (!takes(event)) return;
    event.preventDefault();
    section.classList.remove("over");
    given(event.dataTransfer);
  });
  addEventListener("paste", (event) => {
    if (section.hidden || !event.clipboardData?.files.length) return;
    event.preventDefault();
    given(event.clipboardData);
  });
}
