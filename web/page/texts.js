// The page's texts, in the user's language.
import en from "./texts/en.json";
import es from "./texts/es.json";

export const LANGUAGES = { en, es };
let current = en;
let code = "en";

export function setLanguage(language) {
  code = language in LANGUAGES ? language : "en";
  current = LANGUAGES[code];
  document.documentElement.lang = code;
  document.title = t("title");
}

export const language = () => code;

/** A text with its gaps (`{name}`) filled. If `count` is 1, it is the singular text, if there is one. */
export function t(key, values = {}) {
  const one = `${key}.one`;
  const named = String(values.count) === "1" && one in en ? one : key;
  const text = current[named] ?? en[named] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const has = (key) => key in en;

/** A count as people write it. */
export const n = (number) => new Intl.NumberFormat(code).format(number);

/** A day, or a month, as people write it: from 2016-03-01 or 2016-03. */
export function day(text) {
  const [year, month, date] = text.split("-").map(Number);
  const options = { year: "numeric", month: "long", timeZone: "UTC", ...(date ? { day: "numeric" } : {}) };
  return new Intl.DateTimeFormat(code, options).format(new Date(Date.UTC(year, month - 1, date || 1)));
}
