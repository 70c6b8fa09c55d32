/** The API key, where the service asks for one: asked once, kept until the tab is closed. */

import { h } from "./dom.js";

const KEY = "attire-key";
let held;
let asking = null;

/** Give the key, if there is one. */
export function key() {
  if (held === undefined) {
    try {
      held = sessionStorage.getItem(KEY);
    } catch {
      held = null;
    }
  }
  return held;
}

function keep(given) {
  held = given;
  try {
    sessionStorage.setItem(KEY, given);
  } catch {
    // It lasts until the page is left.
  }
}

/**
 * Ask for a key; several questions that need one at once ask once.
 *
 * @param {string | null} refused The key that was refused, if one was.
 * @returns {Promise<boolean>} Whether there is now another.
 */
export function askForKey(refused) {
  if (refused !== key() && key()) return Promise.resolve(true);
  asking ??= show(refused).finally(() => {
    asking = null;
  });
  return asking;
}

function show(refused) {
  const field = h("input", {
    id: "api-key",
    type: "password",
    autocomplete: "off",
    required: true,
    spellcheck: "false",
  });
  const dialog = h(
    "dialog",
    { class: "ask", "aria-labelledby": "key-title", "aria-describedby": "key-why" },
    h("p", { class: "topic" }, "Private"),
    h("h2", { id: "key-title" }, refused ? "That key was not taken" : "This service asks for a key"),
    h(
      "p",
      { id: "key-why" },
      "Whoever runs it gives out keys. Yours is kept in this tab only, and forgotten when you close it.",
    ),
    h(
      "form",
      { method: "dialog" },
      h("label", { for: "api-key" }, "API key"),
      field,
      h(
        "p",
        { class: "actions" },
        h("button", { class: "primary", value: "go" }, "Continue"),
        h(
          "button",
          { class: "quiet", value: "", type: "button", onclick: () => dialog.close("") },
          "Not now",
        ),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const given = dialog.returnValue === "go" ? field.value.trim() : "";
      dialog.remove();
      if (given) keep(given);
      resolve(Boolean(given));
    });
  });
}
