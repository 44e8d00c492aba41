// What the page knows, and when and what it asks the engine.
import { Engine } from "./engine.js";
import { keep, load } from "./store.js";
import { language, t } from "./texts.js";
import { mappingText } from "./mapping.js";
import { profileText } from "./profile.js";
import { themeText } from "./theme.js";

const kept = load();

export const USUAL = {
  state: "NM", year: null, year_starts: 1, from: null, to: null, language: "en", paper: "letter", min_cell: 5, internal: false,
  victims: false, one_page: false, large_print: false, two_up: false, gray: false, bleeds: false, trend: false, counties: false, rate: false,
  data_page: false, attach: false,
};

export const state = {
  language: kept.language ?? (navigator.language?.startsWith("es") ? "es" : "en"),
  /** `starting`, `ready` or `broken` */
  engine: "starting",
  about: { states: [], larger: [], columns: [], version: "" },
  step: "data",
  files: [],
  isSample: false,
  /** The current work, in words for the user; null: none. */
  busy: null,
  progress: null,
  failure: null,
  look: null,
  /** How the columns are read; null if the file needs no mapping. */
  mapping: null,
  undo: [],
  /** Choices, profiles and theme before each change: `{ at, key, was }`. */
  past: [],
  /** Published sheets: names and texts, never saved. */
  released: [],
  /** Their numbers for this area, next to this sheet's. */
  beside: [],
  digest: null,
  /** Columns whose yes-or-no columns the user is assigning. */
  openFlags: new Set(),
  sheet: null,
  /** The numbers before the last choice about columns. */
  before: null,
  choices: { ...USUAL, ...kept.choices, year: null, from: null, to: null },
  profiles: kept.profiles ?? {},
  profileOrigin: {},
  profileErrors: [],
  theme: kept.theme ?? {},
  themeErrors: [],
  part: "choices",
  page: 0,
  explained: null,
  compared: null,
  audited: null,
};

export const engine = new Engine();
let draw = () => {};
export function onChange(listener) {
  draw = listener;
}
export const changed = () => draw();

const FORM = ["paper", "one_page", "large_print", "two_up", "gray", "bleeds", "trend", "counties", "rate", "data_page", "attach"];

/** The choices as the engine takes them. */
export function ask() {
  const { choices } = state;
  const ask = { form: Object.fromEntries(FORM.map((name) => [name, choices[name]])) };
  for (const name of ["state", "year", "year_starts", "from", "to", "victims", "internal", "language"]) {
    if (choices[name] !== null) ask[name] = choices[name];
  }
  ask.min_cell = choices.min_cell;
  ask.page_language = language();
  const mapping = mappingText(state.mapping);
  if (mapping) ask.mapping = mapping;
  const profile = state.profiles[choices.state];
  if (profile) ask.profile = profileText(profile, choices.state).text;
  const theme = themeText(state.theme);
  if (theme) ask.theme = theme.text;
  if (state.theme.logo?.content) ask.logo = state.theme.logo.content;
  if (state.released.length > 0) ask.released = state.released.map(({ name, text }) => [name, text]);
  return ask;
}

/** Does something with the engine, and reports what went wrong. */
export async function during(words, work, onCancel = () => {}) {
  state.busy = words;
  state.progress = null;
  state.failure = null;
  changed();
  try {
    return await work();
  } catch (failure) {
    if (failure.cancelled) onCancel();
    else state.failure = told(failure);
    return undefined;
  } finally {
    state.busy = null;
    state.progress = null;
    changed();
  }
}

/** The message about a failure of any kind. */
export function told(failure) {
  if (failure.stopped) {
    return failure.memory
      ? { message: t("error.memory"), remedy: t("error.memory.remedy") }
      : { message: t("error.bug"), remedy: t("error.bug.remedy", { what: failure.message }) };
  }
  if (failure.message && "remedy" in failure) return failure;
  return { message: t("error.bug"), remedy: t("error.bug.remedy", { what: String(failure.message ?? failure) }) };
}

export async function open(files) {
  await begin(files.map((file) => file.name), false, () => engine.ask("open", files));
}

export async function openSample() {
  await begin(["signals.csv"], true, () => engine.ask("openSample"));
}

async function begin(names, isSample, openThem) {
  Object.assign(state, {
    files: names, isSample, look: null, sheet: null, mapping: null, undo: [], past: [], profileOrigin: {}, openFlags: new Set(), before: null, explained: null,
    compared: null, audited: null,
  });
  Object.assign(state.choices, { year: null, from: null, to: null });
  await during(t("busy.reading"), async () => {
    await openThem();
    state.look = { ...(await engine.ask("glance", ask())), report: null };
    state.mapping = state.look.mapping ?? null;
    if (state.look.proposal?.missing.length) {
      state.step = "columns";
      return;
    }
    await countAndLook(true);
  }, () => {
    state.files = [];
  });
}

/** Counts first, and then reports what it found, so that the numbers don't have to wait. */
async function countAndLook(isNew) {
  try {
    if (isNew) {
      const suggested = await engine.ask("suggest", ask());
      state.choices.state = suggested.state;
      state.choices.year = suggested.year;
    }
    await countNow();
    changed();
  } catch (failure) {
    if (failure.cancelled) throw failure;
    state.failure = told(failure);
    // If a choice about columns is missing, continue with the step for columns.
    if (failure.choice === "mapping" || isNew) state.step = "columns";
  }
  state.look.report = await engine.ask("look", ask());
}

/** Makes the preview and the numbers, and the changes since the published sheets. */
async function makeSheet() {
  const sheet = await engine.ask("sheet", ask());
  state.beside = state.released.length > 0 ? await engine.ask("beside", ask()) : [];
  state.sheet = sheet;
}

async function countNow() {
  await makeSheet();
  state.explained = null;
}

/** Shows the effect of a changed choice about columns. */
export async function readAgain(mapping, remember = true) {
  if (remember) state.undo.push(state.mapping);
  state.before = state.sheet;
  state.mapping = mapping;
  state.sheet = null;
  await during(t("busy.reading"), () => countAndLook(state.choices.year === null));
}

let waiting = null;
let running = false;

/** Updates the preview soon. During an update, the next one waits, and only the last one is made. */
export function refresh() {
  keep(state);
  clearTimeout(waiting);
  if (!state.files.length) return;
  waiting = setTimeout(async () => {
    if (running) return refresh();
    running = true;
    try {
      await makeSheet();
      state.failure = null;
    } catch (failure) {
      if (!failure.cancelled) state.failure = told(failure);
    }
    running = false;
    changed();
  }, 120);
}

const MOST_PAST = 100;
/** Changes to the same field within this many milliseconds are one change. */
const ONE_CHANGE = 2000;

/** Remembers the choices, the profiles and the theme before a field changes them. */
export function remember(key) {
  const last = state.past.at(-1);
  const at = Date.now();
  if (last && key && last.key === key && at - last.at < ONE_CHANGE) {
    last.at = at;
    return;
  }
  const { choices, profiles, theme } = state;
  state.past.push({ at, key, was: structuredClone({ choices, profiles, theme }) });
  if (state.past.length > MOST_PAST) state.past.shift();
}

/** Undoes the last change. */
export function takeBack() {
  const last = state.past.pop();
  if (!last) return;
  Object.assign(state, last.was, { profileErrors: [], themeErrors: [], compared: null, explained: null, audited: null });
  refresh();
  changed();
}

export function choose(name, value) {
  remember(name);
  state.choices[name] = value;
  if (["year", "year_starts", "state"].includes(name)) Object.assign(state.choices, { from: null, to: null });
  Object.assign(state, { compared: null, explained: null, audited: null });
  refresh();
  changed();
}

export function go(step) {
  state.step = step;
  changed();
  const heading = document.querySelector("main h1");
  heading?.focus();
  scrollTo({ top: 0 });
}
