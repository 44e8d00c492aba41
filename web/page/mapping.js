// How the columns of a file are read: the same settings as the program's mapping file, as an object.
import { toToml } from "./toml.js";

const SECTIONS = ["report", "columns", "values"];

/** The mapping file; null if none is needed. */
export function mappingText(mapping) {
  if (!mapping) return null;
  const values = Object.keys(mapping.values ?? {}).map((column) => `values.${column}`);
  return toToml(mapping, [...SECTIONS, ...values], "").text;
}

/** The origin of a column: `{ kind, ... }`. */
export function originOf(mapping, look, column) {
  const written = mapping?.columns?.[column];
  if (written === undefined) {
    const own = look?.report?.files[0]?.columns.find((it) => it.column === column);
    return own ? { kind: "named", names: [own.name] } : { kind: "none" };
  }
  if (typeof written === "string") return { kind: "named", names: [written] };
  if (Array.isArray(written)) return { kind: "named", names: written };
  if ("constant" in written) return { kind: "constant", value: written.constant };
  if ("row_number" in written) return { kind: "row_number", value: written.row_number };
  return { kind: "flags", flags: written.flags ?? {} };
}

const copy = (mapping) => structuredClone(mapping ?? {});

/** The same with another origin for a column; `undefined`: none. */
export function withOrigin(mapping, column, origin) {
  const changed = copy(mapping);
  changed.columns ??= {};
  if (origin === undefined) delete changed.columns[column];
  else changed.columns[column] = origin;
  if (column === "case_id") {
    if (origin === undefined) changed.cases ??= "none";
    else delete changed.cases;
  }
  return changed;
}

/** The same with another rule for what a case is: `column`, `one per row`, `none`. */
export function withCases(mapping, rule) {
  const changed = copy(mapping);
  changed.cases = rule;
  if (changed.columns) delete changed.columns.case_id;
  return changed;
}

/** The same with a meaning of a value; `undefined`: not said, an empty text: nothing is known. */
export function withValue(mapping, column, value, meaning) {
  const changed = copy(mapping);
  changed.values ??= {};
  changed.values[column] ??= {};
  if (meaning === undefined) delete changed.values[column][value];
  else changed.values[column][value] = meaning;
  if (Object.keys(changed.values[column]).length === 0) delete changed.values[column];
  return changed;
}

/** The same with a suggestion of the program's taken, or taken back. */
export function withSuggestion(mapping, { table, key, value }, isTaken) {
  const changed = copy(mapping);
  const place = table ? (changed[table] ??= {}) : changed;
  if (isTaken) place[key] = value;
  else delete place[key];
  return changed;
}

export function hasSuggestion(mapping, { table, key, value }) {
  const place = table ? mapping?.[table] : mapping;
  return JSON.stringify(place?.[key]) === JSON.stringify(value);
}
