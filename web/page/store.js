// Saves work in progress, so that it survives closing the page: choices, profiles, theme. It never saves data: no
// rows, no names of columns, no values of cells.

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
    // Full, or forbidden: the page works without it.
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Then nothing is saved.
  }
}
