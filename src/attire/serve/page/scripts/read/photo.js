/** A photo made ready to be sent: upright, and no larger than the network has use for. */

import { Problem } from "../problem.js";

const LONGEST_PX = 1600;
const SMALL_BYTES = 3 * 1024 * 1024;
const QUALITY = 0.92;

/**
 * Make a photo ready; it stays as it is if it is small.
 *
 * @param {File | Blob} file
 * @returns {Promise<{blob: Blob, name: string, width: number, height: number}>}
 * @throws {Problem} If the browser cannot open it.
 */
export async function prepare(file) {
  const name = file.name || "photo.jpg";
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new Problem(415, `${name} could not be opened as a picture.`);
  }
  try {
    const { width, height } = bitmap;
    const scale = Math.min(1, LONGEST_PX / Math.max(width, height));
    if (scale === 1 && file.size <= SMALL_BYTES) return { blob: file, name, width, height };
    return await drawn(
      bitmap,
      name,
      Math.max(1, Math.round(width * scale)),
      Math.max(1, Math.round(height * scale)),
    );
  } finally {
    bitmap.close();
  }
}

async function drawn(bitmap, name, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  const blob = await new Promise((resolve) => {
    canvas.toBlob(resolve, "image/jpeg", QUALITY);
  });
  if (!blob) throw new Problem(415, `${name} could not be made smaller.`);
  return {
    blob: new File([blob], `${name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" }),
    name,
    width,
    height,
  };
}

/** Find a picture in what was dropped or pasted. */
export function pictureIn(transfer) {
  return (
    [...(transfer?.files ?? [])].find((file) => file.type.startsWith("image/")) ??
    transfer?.files?.[0] ??
    null
  );
}
