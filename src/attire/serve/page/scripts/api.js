/** The service, asked. Every path is relative to the page, so that it works behind a prefix too. */

import { askForKey, key } from "./key.js";
import { Problem, problemOf } from "./problem.js";

const BASE = new URL(".", document.baseURI);

/** Give the address of something of the service. */
export function address(path, query = {}) {
  const url = new URL(path.replace(/^\/+/, ""), BASE);
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== "") url.searchParams.append(name, one);
    }
  }
  if (url.origin !== BASE.origin) throw new Problem(400, "An address leads away from this service.");
  return url;
}

/**
 * Fetch something, with the key if there is one; asks for a key where it is needed.
 *
 * @param {string} path Such as `v1/facets`.
 * @param {{query?: object, body?: FormData, signal?: AbortSignal, accept?: string}} options
 * @returns {Promise<Response>}
 * @throws {Problem} If it is not answered.
 */
export async function fetchFrom(path, { query = {}, body, signal, accept = "application/json" } = {}) {
  for (;;) {
    const shown = key();
    const headers = { Accept: accept };
    if (shown) headers["X-API-Key"] = shown;
    let response;
    try {
      response = await fetch(address(path, query), { method: body ? "POST" : "GET", body, headers, signal });
    } catch (error) {
      if (error.name === "AbortError" || error instanceof Problem) throw error;
      throw new Problem(0, "");
    }
    if (response.ok) return response;
    if ((response.status !== 401 && response.status !== 403) || !(await askForKey(shown)))
      throw await problemOf(response);
  }
}

/** Ask a question that is answered in JSON. */
export async function ask(path, options) {
  const response = await fetchFrom(path, options);
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(500, "The answer cannot be read.");
  }
}

/** Make a form of plain values; lists repeat their field. */
export function form(fields) {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) {
      if (one === undefined || one === null || one === "") continue;
      if (one instanceof Blob) made.append(name, one, one.name ?? "photo.jpg");
      else made.append(name, String(one));
    }
  }
  return made;
}

let known = null;

/** Say what is in the catalogue; null where none is served. Asked once. */
export function catalog() {
  known ??= ask("v1/catalog").catch((error) => {
    known = null;
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  });
  return known;
}
