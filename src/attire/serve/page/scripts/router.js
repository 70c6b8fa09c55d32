/** Views by the address's hash, so that the browser's own back button works. */

const TITLES = {
  read: "Attire",
  browse: "Browse · Attire",
  trends: "Trends · Attire",
  garment: "A garment · Attire",
};

function where() {
  const [name, ...rest] = location.hash.slice(1).split("/");
  if (!(name in TITLES)) return { name: "read", id: "" };
  try {
    return { name, id: decodeURIComponent(rest.join("/")) };
  } catch {
    return { name, id: "" };
  }
}

/** Give the address of a garment's view. */
export function linkTo(garmentId) {
  return `#garment/${encodeURIComponent(garmentId)}`;
}

/**
 * Show the view that the address names, now and whenever it changes.
 *
 * @param {Object<string, (section: HTMLElement, id: string) => void>} views What shows each.
 */
export function startRouter(views) {
  const main = document.getElementById("main");
  const scrolled = new Map();
  let shown = null;

  const go = () => {
    if (location.hash === "#main") return void main.focus();
    const { name, id } = where();
    const place = `${name}/${id}`;
    if (shown) scrolled.set(shown, scrollY);
    for (const section of document.querySelectorAll(".view")) section.hidden = section.id !== `view-${name}`;
    for (const link of document.querySelectorAll(".masthead nav a")) {
      if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    document.title = TITLES[name];
    views[name](document.getElementById(`view-${name}`), id);
    if (shown !== null) {
      main.focus({ preventScroll: true });
      scrollTo(0, scrolled.get(place) ?? 0);
    }
    shown = place;
  };

  history.scrollRestoration = "manual";
  addEventListener("hashchange", go);
  go();
}
