// What the engine says, in the person's language. It speaks English; the sentences of other languages stand in
// texts/messages.*.json, each beside the English one with gaps (`{}`) that it takes over by their number.
import es from "./texts/messages.es.json";
import { h } from "./dom.js";
import { language } from "./texts.js";

const CATALOGUES = { es: Object.entries(es).map(([english, other]) => entry(english, other)) };

function entry(english, other) {
  const escaped = english.split("{}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const [first] = escaped;
  // Sentences may begin with a capital where they stand alone.
  const begin = /^[a-z]/.test(first) ? `[${first[0]}${first[0].toUpperCase()}]${first.slice(1)}` : first;
  const pattern = new RegExp(`^${[begin, ...escaped.slice(1)].join("([^]+?)")}$`);
  // The more it says itself, the surer it is the sentence.
  return { pattern, other, weight: english.replaceAll("{}", "").length };
}

for (const catalogue of Object.values(CATALOGUES)) catalogue.sort((one, another) => another.weight - one.weight);

const isUpper = (text) => text !== "" && text[0] !== text[0].toLowerCase();

/** Whether no bracket is torn from its partner. */
const isWhole = (gap) => gap.split("(").length === gap.split(")").length;

/** A sentence in a language; null where none is known. */
export function translated(text, code) {
  for (const { pattern, other } of CATALOGUES[code] ?? []) {
    const found = pattern.exec(text);
    if (!found || !found.slice(1).every(isWhole)) continue;
    const said = other.replace(/\{(\d)\}/g, (_, gap) => inner(found[Number(gap)], code));
    // What only joins its gaps, and has nothing to say of them.
    if (said === text) continue;
    return isUpper(text) ? said[0].toUpperCase() + said.slice(1) : said;
  }
  return null;
}

/** What fills a gap: a sentence, a list of sentences, or something without a language. */
function inner(text, code) {
  const pieces = text.split(/(?<=\)), /);
  if (pieces.length > 1) return pieces.map((piece) => inner(piece, code)).join(", ");
  const whole = translated(text, code);
  if (whole !== null) return whole;
  for (const separator of ["; ", ", "]) {
    const parts = text.split(separator);
    if (parts.length > 1) return parts.map((part) => translated(part, code) ?? part).join(separator);
  }
  return text;
}

/** The engine's message as the page shows it. If it exists only in English, it is marked as English. */
export function said(text) {
  if (!text || language() === "en") return text;
  return translated(text, language()) ?? h("span", { lang: "en" }, text);
}

/** The same for places that allow only plain text. */
export const saidPlain = (text) => (text && language() !== "en" ? translated(text, language()) ?? text : text);
