/** What stands where nothing else can: loading, nothing found, something wrong. */

import { announce } from "./announce.js";
import { h } from "./dom.js";

function state(kind, topic, headline, ...rest) {
  return h(
    "div",
    { class: `state ${kind}` },
    h("p", { class: "topic" }, topic),
    h("h3", {}, headline),
    ...rest,
  );
}

/** Say that something is on its way. */
export function loading(what) {
  announce(what);
  return h(
    "div",
    { class: "state loading" },
    h("p", { class: "topic" }, "One moment"),
    h("h3", {}, what),
    h("div", { class: "thread" }),
  );
}

/** Cards that are not there yet. */
export function loadingCards(number = 8) {
  return h(
    "div",
    { class: "cards", "aria-hidden": "true" },
    Array.from({ length: number }, () =>
      h(
        "div",
        { class: "card ghost" },
        h("div", { class: "frame" }),
        h("div", { class: "line" }),
        h("div", { class: "line short" }),
      ),
    ),
  );
}

/** Say that there is nothing, and what to do. */
export function nothing(headline, what, ...rest) {
  announce(headline);
  return state("nothing", "Nothing here", headline, h("p", {}, what), ...rest);
}

/** Say what went wrong in words, with a way to try again. */
export function wrong(problem, again, ...others) {
  const [headline, cure] = problem.told ?? [
    "Something went wrong on this page",
    "Try again; if it stays, reload the page.",
  ];
  const button = again && h("button", { type: "button", class: "primary", onclick: again }, "Try again");
  const wait =
    problem.retryAfter > 0 ? `The service asks for ${Math.ceil(problem.retryAfter)} s of patience.` : "";
  if (!problem.told) console.error(problem);
  return h(
    "div",
    { class: "state wrong", role: "alert" },
    h("p", { class: "topic" }, problem.status ? `Problem ${problem.status}` : "Problem"),
    h("h3", {}, headline),
    problem.detail && h("p", { class: "told" }, problem.detail),
    h("p", {}, cure, wait && ` ${wait}`),
    (button || others.length > 0) && h("p", { class: "actions" }, button, others),
  );
}

/** Say that no catalogue is served, and how to have one. */
export function noCatalog() {
  return state(
    "nothing",
    "No catalogue",
    "This service reads photos, and has no catalogue to look in",
    h("p", {}, "Whoever runs it can make one of a folder of photos, and serve it:"),
    h(
      "pre",
      { tabindex: "0" },
      h("code", {}, "attire index PHOTOS --catalog DIR\nattire serve --catalog DIR"),
    ),
    h("p", { class: "actions" }, h("a", { class: "button", href: "#read" }, "Read a photo instead")),
  );
}
