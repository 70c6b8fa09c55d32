/** Figures and names as people read them. */

const COUNT = new Intl.NumberFormat("en");

/** Say a count: 10,493. */
export function count(number) {
  return COUNT.format(Math.round(number));
}

/** Say a count with its noun: `1 garment`, `3 garments`. */
export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${Math.round(number) === 1 ? one : many}`;
}

/** Say a share in per cent, with as many digits as it deserves. */
export function percent(share) {
  if (share === null || share === undefined || Number.isNaN(share)) return "–";
  const value = 100 * share;
  if (value >= 10 || value === 0) return `${value.toFixed(0)} %`;
  return value >= 0.01 ? `${Number(value.toPrecision(2))} %` : "under 0.01 %";
}

/** Say a change of odds: 0.12 is `+12 %`, 2.5 is `×3.5`. */
export function change(value) {
  if (value === null || value === undefined) return "–";
  if (value >= 1) return value < 999 ? `×${Number((value + 1).toPrecision(2))}` : "over ×1,000";
  const size = Math.abs(100 * value);
  return `${value >= 0 ? "+" : "−"}${size >= 10 ? size.toFixed(0) : Number(size.toPrecision(2))} %`;
}

/** Put names in a row: `a, b and c`. */
export function list(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Begin with a capital. */
export function capital(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : text;
}

/** Say the name of a column: `master_category` and `masterCategory` are `Master category`. */
export function heading(column) {
  const words = column
    .replaceAll("_", " ")
    .replace(/([a-z])([A-Z])(?=[a-z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`);
  return capital(words);
}

/** Say a value of a column of the user's own. */
export function plain(value) {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "number") return String(Number(value.toPrecision(8)));
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(plain).join(", ");
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}
