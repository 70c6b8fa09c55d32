/** How the views of the catalogue begin: opened once, or what there is instead of it. */

import { catalog } from "./api.js";
import { loading, noCatalog, nothing, wrong } from "./states.js";

/**
 * Open a section once; what it showed last is still there the next time.
 *
 * @param {string} empty what to say of a catalogue without garments
 * @param {(section: HTMLElement, held: object) => void | Promise<void>} show
 */
export function opensOnce(empty, show) {
  let started = false;
  const open = async (section) => {
    section.replaceChildren(loading("Opening the catalogue"));
    try {
      const held = await catalog();
      if (held === null) section.replaceChildren(noCatalog());
      else if (!held.garments) section.replaceChildren(nothing("The catalogue is empty", empty));
      else await show(section, held);
    } catch (error) {
      section.replaceChildren(wrong(error, () => open(section)));
    }
  };
  return (section) => {
    if (started) return;
    started = true;
    open(section);
  };
}
