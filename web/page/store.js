// Work in progress, so that it survives closing the page: choices, profiles, theme. Never data: no row, no
// name of a column, no value of a cell.

const KEY = "hotline-profile/1";
const KEPT = ["language", "choices", "profiles", "theme"];

export function load() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export function keep(state) {
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(KEPT.map((name) => [name, state[name]]))));
  } catch {
    // Full, or forbidden: the page works without.
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // There is nothing then.
  }
}
