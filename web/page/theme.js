// Who publishes the sheet, as an object, and as the file that the program takes.
import { toToml } from "./toml.js";

/** The theme file; null if everything is as usual. */
export function themeText({ publisher, source, footer, color, logo }) {
  const table = {};
  for (const [name, text] of Object.entries({ publisher, source, footer })) {
    if (text?.trim()) table[name] = text;
  }
  if (logo?.content) table.logo = { file: logo.name, alt: logo.alt ?? "" };
  // The other colors are derived from it.
  if (color) table.colors = { main: color };
  if (Object.keys(table).length === 0) return null;
  return toToml(table, ["logo", "colors"], "How an agency's own sheets look.");
}

/** The object for a theme file that was read. */
export function themeOf(table, logo) {
  const { publisher, source, footer, colors } = table;
  return { publisher, source, footer, color: colors?.main ?? colors?.headings, ...(logo ? { logo } : {}) };
}
