// A state's laws, efforts and hotlines as an object, and as the file that the program takes.
import { toToml } from "./toml.js";

/** The lists, with the fields of their entries. `?` marks optional fields. */
export const LISTS = {
  laws: ["title", "citation", "url?", "status?", "reviewed?"],
  collaborations: ["title", "url?", "reviewed?"],
  resources: ["title", "url?", "reviewed?"],
  funding: ["title", "url?", "reviewed?"],
  hotlines: ["name", "phone", "text?", "url?", "reviewed?"],
};

export function profileText(profile, code) {
  const table = { ...profile, state: code };
  for (const list of Object.keys(LISTS)) {
    table[list] = (profile[list] ?? []).map((entry) => {
      const filled = Object.entries(entry).filter(([field, text]) => text !== "" || !LISTS[list].includes(`${field}?`));
      return Object.fromEntries(filled);
    });
  }
  for (const name of ["hotline_page", "laws_reviewed"]) {
    if (!table[name]) delete table[name];
  }
  if (table.agencies && (table.agencies.count ?? "") === "") delete table.agencies;
  return toToml(table, ["agencies"], "The laws, efforts and hotlines of page 2.");
}
