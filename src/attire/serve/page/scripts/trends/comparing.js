/** By what garments can be compared: a clock if they say when they were seen, and columns that group them. */

import { ask } from "../api.js";
import { heading } from "../words.js";

const CLOCKS = ["month", "week", "season", "year"];
const FEWEST = 2;
const MOST = 60;

function groups(facets, column) {
  return facets.find((facet) => facet.column === column)?.values.length ?? 0;
}

/**
 * List the ways.
 *
 * @param {object} held What `/v1/catalog` says.
 * @param {{column: string, values: object[]}[]} facets
 * @returns {Promise<{time: [string, string][], between: [string, string][]}>} Each as asked for and as said.
 */
export async function comparisons(held, facets) {
  const own = new Map(held.own_columns.map(({ name, kind }) => [name, kind]));
  const seen = await ask("v1/garments", { query: { where: "seen_at is not missing", limit: 1 } });
  const time = seen.total > 0 ? CLOCKS.filter((clock) => !own.has(clock)) : [];
  if (own.get("year") === "number") time.unshift("year", ...(own.has("season") ? ["year,season"] : []));
  const between = [...own.keys()].filter((name) => {
    const number = groups(facets, name);
    return number >= FEWEST && number <= MOST;
  });
  if (held.sources.length >= FEWEST) between.push("source");
  const said = (name) => [name, name.split(",").map(heading).join(" and ").replace(" and S", " and s")];
  return { time: time.map(said), between: between.map(said) };
}
