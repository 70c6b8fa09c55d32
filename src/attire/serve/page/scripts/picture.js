/** Pictures of garments: plain images, or fetched with the key where one is needed. */

import { address, fetchFrom } from "./api.js";
import { h } from "./dom.js";
import { key } from "./key.js";

const MOST_PX = 1024;
const urls = new WeakMap();

const seen = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      fetchInto(entry.target);
    }
  },
  { rootMargin: "300px" },
);

async function fetchInto(frame) {
  const { path, query, alt } = urls.get(frame);
  try {
    const response = await fetchFrom(path, { query, accept: "image/webp,image/jpeg" });
    const url = URL.createObjectURL(await response.blob());
    const image = h("img", {
      src: url,
      alt,
      onload: () => URL.revokeObjectURL(url),
      onerror: () => missing(frame),
    });
    frame.replaceChildren(image);
  } catch {
    missing(frame);
  }
}

function missing(frame) {
  frame.classList.add("missing");
  frame.replaceChildren(h("span", {}, "Photo not at hand"));
}

/**
 * Make a frame with a garment's picture in it.
 *
 * @param {{picture: string}} garment
 * @param {string} alt What it shows; empty where the text beside it says so.
 * @param {number} width In CSS pixels; up to twice as many are asked for.
 * @param {number} height
 */
export function picture(garment, alt, width = 300, height = 400) {
  const frame = h("div", { class: "frame" });
  const scale = Math.min(2, MOST_PX / Math.max(width, height));
  const query = { width: Math.round(scale * width), height: Math.round(scale * height) };
  if (key()) {
    urls.set(frame, { path: garment.picture, query, alt });
    seen.observe(frame);
    return frame;
  }
  const image = h("img", { src: address(garment.picture, query), alt, loading: "lazy", decoding: "async" });
  image.addEventListener("error", () => missing(frame), { once: true });
  frame.append(image);
  return frame;
}
