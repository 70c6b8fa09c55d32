/** Light and dark: the system's, unless the visitor says otherwise. */

import { icon } from "./icons.js";

const KEY = "attire-colours";
const system = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : system.matches;
}

/** Let a button turn the colours round. */
export function startColours(button) {
  const show = () => {
    button.setAttribute("aria-pressed", String(isDark()));
    button.replaceChildren(icon(isDark() ? "sun" : "moon"));
    button.title = isDark() ? "Light colours" : "Dark colours";
  };
  button.addEventListener("click", () => {
    const wanted = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = wanted;
    try {
      localStorage.setItem(KEY, wanted);
    } catch {
      // It holds for this visit only.
    }
    show();
  });
  system.addEventListener("change", show);
  show();
}
