// The area that the sheet is of, by the code that the engine takes: NM, NM-TX, Region-VI, US.
import { state } from "./state.js";
import { language } from "./texts.js";

/** The states of it, in the order of the list; none where it is a region or the nation. */
export function chosenStates() {
  const codes = state.choices.state.split("-");
  return state.about.states.filter(({ code }) => codes.includes(code));
}

/** All states and territories as people look for them. */
export function statesByName() {
  return [...state.about.states].sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** Its name. */
export function areaName() {
  const larger = state.about.larger.find(({ code }) => code === state.choices.state);
  if (larger) return larger.name;
  const names = chosenStates().map(({ name }) => name);
  return new Intl.ListFormat(language(), { type: "conjunction" }).format(names);
}
