// Whose sheet it is, as an object, and as the file that the program takes.
import { toToml } from "./toml.js";

/** The theme file; null where all is as usual. */
export function themeText({ publisher, source, footer, color, logo }) {
  const table = {};
  for (const [name, text] of Object.entries({ publisher, source, footer })) {
    if (text?.trim()) table[name] = text;
  }
  if (logo?.svg) table.logo = { file: logo.name, alt: logo.alt ?? "" };
  if (color) {
    table.colors = {
      headings: color, links: color, band: color, bar: color,
      bars: [color, lighter(color, 0.35), "#71767a"],
    };
    table.colors.band_text = "#ffffff";
    table.colors.band_second_text = "#ffffff";
  }
  if (Object.keys(table).length === 0) return null;
  return toToml(table, ["logo", "colors"], "How an agency's own sheets look.");
}

/** A color nearer to white. */
function lighter(color, share) {
  const parts = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  const mixed = parts.map((part) => Math.round(part + (255 - part) * share));
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** The object of a theme file that was read. */
export function themeOf(table, logo) {
  const { publisher, source, footer, colors } = table;
  return { publisher, source, footer, color: colors?.headings, ...(logo ? { logo } : {}) };
}
