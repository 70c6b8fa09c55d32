/** Filters as the service's own language; every name and value is quoted, so that none can end its quotes. */

const LISTS = new Set(["attributes", "parts"]);

/** Quote a value. */
export function quoteValue(value) {
  return `"${String(value).replaceAll('"', '""')}"`;
}

/** Quote a column's name. */
export function quoteName(name) {
  return `\`${String(name).replaceAll("`", "``")}\``;
}

function oneOf(column, values) {
  return `${quoteName(column)} in (${values.map(quoteValue).join(", ")})`;
}

/** Whether several values of a column have to hold together, rather than one of them. */
export function allHold(column) {
  return LISTS.has(column);
}

/**
 * Say what garments have to be.
 *
 * @param {Map<string, Set<string>>} chosen Values by column: of attributes and parts all hold, of others one.
 * @param {Map<string, {min?: number, max?: number}>} ranges Limits of columns of numbers.
 * @param {string} [without] A column to leave out.
 * @returns {string} Empty for no filter.
 */
export function whereOf(chosen, ranges = new Map(), without = undefined) {
  const said = [];
  for (const [column, values] of chosen) {
    if (column === without || !values.size) continue;
    if (allHold(column))
      said.push(...[...values].map((value) => `${quoteValue(value)} in ${quoteName(column)}`));
    else said.push(oneOf(column, [...values]));
  }
  for (const [column, { min, max }] of ranges) {
    if (column === without) continue;
    if (Number.isFinite(min)) said.push(`${quoteName(column)} >= ${min}`);
    if (Number.isFinite(max)) said.push(`${quoteName(column)} <= ${max}`);
  }
  return said.join(" and ");
}
