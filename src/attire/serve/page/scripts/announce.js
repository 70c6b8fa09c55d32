/** Tell people who cannot see it what has changed. */

/** Have a sentence read out when the reader is idle. */
export function announce(sentence) {
  const place = document.getElementById("said");
  place.textContent = "";
  requestAnimationFrame(() => {
    place.textContent = sentence;
  });
}
