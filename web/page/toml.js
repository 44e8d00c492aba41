// Writes TOML, and knows the line of each entry, so that an error can be shown at its field.

const BARE = /^[A-Za-z0-9_-]+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function quoted(text) {
  const escaped = text.replace(/["\\\u0000-\u001f\u007f]/g, (letter) => {
    const known = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r" };
    return known[letter] ?? `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

function key(name) {
  return BARE.test(name) ? name : quoted(name);
}

function isTable(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function inline(value, name) {
  if (typeof value === "string") return name?.endsWith("reviewed") && DAY.test(value) ? value : quoted(value);
  if (Array.isArray(value)) return `[${value.map((it) => inline(it)).join(", ")}]`;
  if (isTable(value)) {
    const entries = Object.entries(value).map(([name, it]) => `${key(name)} = ${inline(it, name)}`);
    return `{ ${entries.join(", ")} }`;
  }
  return String(value);
}

/**
 * The text of a table, with `lines`: the path of each line's entry, as ["laws", 0, "url"]. Tables named in
* `sections` have their own headings, and so do lists of tables. Others are written inline.
 */
export function toToml(table, sections = [], comment = "") {
  const lines = [];
  const paths = [];
  const add = (line, path) => {
    lines.push(line);
    paths.push(path);
  };
  for (const line of comment.split("\n").filter(Boolean)) add(`# ${line}`, null);
  const isSection = (path, value) => isTable(value) && sections.includes(path.join("."));
  const isList = (value) => Array.isArray(value) && value.length > 0 && value.every(isTable);
  const write = (value, path, heading) => {
    const entries = Object.entries(value).filter(([, it]) => it !== undefined && it !== null);
    const below = entries.filter(([name, it]) => isSection([...path, name], it) || isList(it));
    const plain = entries.filter((entry) => !below.includes(entry) && !(Array.isArray(entry[1]) && entry[1].length === 0));
    if (heading && (plain.length > 0 || below.length === 0)) {
      if (lines.length > 0) add("", null);
      add(heading, path);
    }
    for (const [name, it] of plain) add(`${key(name)} = ${inline(it, name)}`, [...path, name]);
    for (const [name, it] of below) {
      const inner = [...path, name];
      const spelled = inner.filter((part) => typeof part === "string").map(key).join(".");
      if (isList(it)) it.forEach((entry, index) => write(entry, [...inner, index], `[[${spelled}]]`));
      else write(it, inner, `[${spelled}]`);
    }
  };
  write(table, [], "");
  return { text: `${lines.join("\n")}\n`, lines: paths };
}
