// The area of the sheet, as the code that the engine takes: NM, NM-TX, Region-VI, US.
import { state } from "./state.js";
import { language } from "./texts.js";

/** Its states, in the order of the list; none if it is a region or the nation. */
export function chosenStates() {
  const codes = state.choices.state.split("-");
  return state.about.states.filter(({ code }) => codes.includes(code));
}

/** All states and territories, in the order in which people look for them. */
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
