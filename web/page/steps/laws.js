// The state's laws, efforts and hotlines: forms for editing the built-in profile.
import { h, save, say } from "../dom.js";
import { failureLine } from "../failure.js";
import { field } from "../fields.js";
import { icon } from "../icons.js";
import { saidPlain } from "../messages.js";
import { LISTS, profileText } from "../profile.js";
import { changed, during, engine, refresh, remember, state, told } from "../state.js";
import { keep } from "../store.js";
import { language, t } from "../texts.js";

let checking = null;

/** The built-in profile, with the lists from a workbook instead of its own; null until it is known. */
function origin() {
  const code = state.choices.state;
  const origins = state.profileOrigin;
  if (!origins[code]) {
    origins[code] = "asked";
    engine.ask("profile", code).then((found) => {
      origins[code] = found;
    }, (failure) => {
      delete origins[code];
      state.failure = told(failure);
    }).finally(changed);
  }
  return origins[code] === "asked" ? null : origins[code];
}

/** The edited profile. */
const profile = () => state.profiles[state.choices.state] ?? origin()?.profile ?? null;

/** Applies a change. The sheet shows it, and errors appear next to their fields. */
function edit(change, redrawn = false) {
  const code = state.choices.state;
  remember(document.activeElement?.id);
  const edited = structuredClone(profile());
  change(edited);
  state.profiles[code] = edited;
  keep(state);
  clearTimeout(checking);
  checking = setTimeout(() => validate(code), 250);
  if (redrawn) changed();
}

async function validate(code) {
  const { text, lines } = profileText(state.profiles[code], code);
  state.profileErrors = [];
  try {
    await engine.ask("isRight", { state: code, profile: text }, "profile");
    refresh();
  } catch (failure) {
    const path = lines[(failure.line ?? 0) - 1];
    state.profileErrors = [{ path: path ? path.join(".") : "", message: failureLine(failure) }];
    say(saidPlain(failure.message));
  }
  changed();
}

const errorAt = (path) => state.profileErrors.find((error) => error.path === path)?.message ?? null;

export function profilePart() {
  if (!state.about.states.some((it) => it.code === state.choices.state)) return h("p", {}, t("laws.none"));
  const edited = profile();
  if (!edited) return h("p", {}, t("busy.reading"));
  const code = state.choices.state;
  const name = state.about.states.find((it) => it.code === code)?.name;
  const stray = state.profileErrors.find(({ path }) => !document.getElementById(idOf(path)));
  return [
    h("p", {}, t("laws.lead", { place: name })),
    ofWorkbook(),
    h("div", { class: "tools" },
      h("button", {
        id: "profile-reset", class: "quiet", disabled: !state.profiles[code], onclick: () => {
          remember();
          delete state.profiles[code];
          state.profileErrors = [];
          refresh();
          changed();
        },
      }, icon("undo"), t("laws.reset")),
      h("button", {
        id: "profile-save", class: "quiet",
        onclick: () => save(`${code.toLowerCase()}.toml`, profileText(edited, code).text, "application/toml"),
      }, icon("download"), t("laws.save")),
      h("label", { for: "profile-load", class: "button quiet" }, icon("upload"), t("laws.load")),
      h("input", { type: "file", id: "profile-load", class: "unseen", accept: ".toml", onchange: load })),
    stray ? h("p", { class: "wrong", role: "alert" }, stray.message) : null,
    agencies(edited),
    Object.keys(LISTS).map((list) => listOf(list, edited[list] ?? [])),
  ];
}

/** Names the lists in a workbook, and says whether they are shown. */
function ofWorkbook() {
  const lists = origin()?.from_pages ?? [];
  if (lists.length === 0) return null;
  const names = new Intl.ListFormat(language(), { type: "conjunction" }).format(lists.map((list) => t(`laws.${list}`)));
  const own = state.profiles[state.choices.state];
  return h("p", { class: own ? "caution" : "good", id: "from-workbook" }, icon(own ? "warning" : "check"),
    h("span", {}, t(own ? "laws.workbook.unused" : "laws.workbook", { names })));
}

async function load(event) {
  const [file] = event.target.files;
  if (!file) return;
  const table = await during(t("busy.reading"), async () => {
    const text = await file.text();
    await engine.ask("isRight", { state: state.choices.state, profile: text }, "profile");
    return engine.ask("toml", file.name, text);
  });
  if (!table) return;
  remember();
  state.profiles[state.choices.state] = table;
  refresh();
  changed();
}

const idOf = (path) => `profile-${path.replaceAll(".", "-")}`;

function text(path, value, label, hint, change, rows = 1) {
  const control = rows > 1
    ? h("textarea", { rows: String(rows) }, value ?? "")
    : h("input", { type: "text", value: value ?? "" });
  control.addEventListener("input", (event) => edit((edited) => change(edited, event.target.value)));
  return field({ id: idOf(path), label, hint, error: errorAt(path), control });
}

function agencies(edited) {
  return h("fieldset", {},
    h("legend", {}, t("laws.agencies")),
    h("div", { class: "row" },
      field({
        id: idOf("agencies.count"), label: t("laws.agencies.count"), hint: t("laws.agencies.hint"), error: errorAt("agencies.count"),
        control: h("input", {
          type: "number", min: "0", value: edited.agencies?.count ?? "",
          oninput: (event) => edit((it) => {
            const count = event.target.value === "" ? "" : Math.max(0, Math.trunc(Number(event.target.value)));
            it.agencies = { ...it.agencies, count };
          }),
        }),
      }),
      text("agencies.url", edited.agencies?.url, t("field.url"), t("laws.agencies.url"), (it, value) => {
        it.agencies = { count: "", ...it.agencies, url: value };
        if (!value) delete it.agencies.url;
      })));
}

function listOf(list, entries) {
  return h("details", { id: `list-${list}`, class: "part" },
    h("summary", {}, h("h2", {}, t(`laws.${list}`)), h("span", { class: "count" }, String(entries.length))),
    h("p", { class: "hint" }, t(`laws.${list}.hint`)),
    list === "laws" ? reviewed(profile()) : null,
    entries.map((entry, index) => oneOf(list, entry, index, entries.length)),
    h("button", {
      id: `add-${list}`, class: "quiet", onclick: () => {
        const blank = Object.fromEntries(LISTS[list].filter((it) => !it.endsWith("?")).map((it) => [it, ""]));
        edit((edited) => {
          edited[list] = [...(edited[list] ?? []), blank];
        }, true);
        document.getElementById(`list-${list}`).open = true;
        document.getElementById(idOf(`${list}.${entries.length}.${LISTS[list][0]}`))?.focus();
      },
    }, t(`laws.${list}.add`)));
}

/** The day on which the list was last checked as a whole. */
function reviewed(edited) {
  return field({
    id: idOf("laws_reviewed"), label: t("laws.reviewed"), error: errorAt("laws_reviewed"),
    control: h("input", {
      type: "date", value: edited.laws_reviewed ?? "",
      onchange: (event) => edit((it) => {
        it.laws_reviewed = event.target.value;
      }),
    }),
  });
}

function oneOf(list, entry, index, count) {
  const place = index;
  const move = (by) => edit((edited) => {
    const all = edited[list];
    [all[index], all[index + by]] = [all[index + by], all[index]];
  }, true);
  const said = entry.title || entry.name;
  const name = (said && typeof said === "object" ? Object.values(said)[0] : said) || t("laws.new");
  return h("fieldset", { class: "entry" },
    h("legend", {}, `${index + 1}. ${name}`),
    LISTS[list].map((it) => {
      const one = it.replace("?", "");
      const path = `${list}.${index}.${one}`;
      const change = (edited, value) => {
        if (value === "" && it.endsWith("?")) delete edited[list][index][one];
        else edited[list][index][one] = value;
      };
      if (one === "reviewed") {
        return field({
          id: idOf(path), label: t("field.reviewed"), error: errorAt(path),
          control: h("input", {
            type: "date", value: entry.reviewed ?? "",
            onchange: (event) => edit((edited) => change(edited, event.target.value)),
          }),
        });
      }
      const rows = one === "text" ? 3 : 1;
      const hint = one === "status" ? t("field.status.hint") : null;
      if (entry[one] === null || typeof entry[one] !== "object") {
        return text(path, entry[one], t(`field.${one}`), hint, change, rows);
      }
      // A text in several languages: a field for each.
      return Object.entries(entry[one]).map(([language, version], index) =>
        text(index === 0 ? path : `${path}.${language}`, version, `${t(`field.${one}`)} (${language})`, null,
          (edited, value) => {
            edited[list][place][one][language] = value;
          }, rows));
    }),
    h("div", { class: "tools" },
      h("button", { id: `up-${list}-${index}`, class: "link", disabled: index === 0, "aria-label": t("laws.up", { name }), onclick: () => move(-1) }, t("up")),
      h("button", { id: `down-${list}-${index}`, class: "link", disabled: index === count - 1, "aria-label": t("laws.down", { name }), onclick: () => move(1) }, t("down")),
      h("button", {
        id: `remove-${list}-${index}`, class: "link", "aria-label": t("laws.remove", { name }),
        onclick: () => {
          edit((edited) => edited[list].splice(index, 1), true);
          (document.getElementById(`remove-${list}-${Math.max(0, index - 1)}`) ?? document.getElementById(`add-${list}`)).focus();
        },
      }, t("remove"))));
}
