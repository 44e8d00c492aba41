// Step 2: what each column of the file means, what its values mean, and how that affects the numbers.
import { chosenStates, statesByName } from "../area.js";
import { h, save } from "../dom.js";
import { icon } from "../icons.js";
import { changed, during, engine, go, readAgain, state } from "../state.js";
import { has, n, t } from "../texts.js";
import { failureBox } from "../failure.js";
import {
  hasSuggestion, mappingText, originOf, withCases, withOrigin, withSuggestion, withValue,
} from "../mapping.js";

/** Columns by heading, the most important ones first. */
const PARTS = [
  ["needed", ["received", "state", "signal_id", "case_id"]],
  ["call", ["call_type", "contact_method", "caller_state"]],
  ["persons", ["citizenship", "gender", "age", "trafficking_type", "sex_venue", "labor_venue"]],
  ["places", ["county", "city", "zip", "latitude", "longitude"]],
];

export function columnsStep() {
  return [
    h("h1", { tabindex: "-1" }, t("columns.title")),
    h("p", { class: "lead" }, t(state.mapping ? "columns.lead" : "columns.lead.known")),
    tools(),
    failureBox(state.failure),
    effect(),
    suggestions(),
    parts().map(part),
    unknown(),
    h("div", { class: "actions" },
      h("button", { id: "next", class: "primary", onclick: () => go("sheet") }, t("next.sheet"))),
  ];
}

function parts() {
  const named = new Set(PARTS.flatMap(([, columns]) => columns));
  const others = state.about.columns.map((it) => it.name).filter((name) => !named.has(name));
  return [...PARTS, ["others", others]];
}

function tools() {
  return h("div", { class: "tools" },
    h("button", {
      id: "undo", class: "quiet", disabled: state.undo.length === 0,
      onclick: () => readAgain(state.undo.pop(), false),
    }, icon("undo"), t("undo")),
    h("button", {
      id: "save-mapping", class: "quiet", disabled: !state.mapping,
      onclick: () => save("mapping.toml", mappingText(state.mapping), "application/toml"),
    }, icon("download"), t("columns.save")),
    h("label", { for: "load-mapping", class: "button quiet" }, icon("upload"), t("columns.load")),
    h("input", { type: "file", id: "load-mapping", class: "unseen", accept: ".toml", onchange: loadMapping }));
}

async function loadMapping(event) {
  const [file] = event.target.files;
  if (!file) return;
  const mapping = await during(t("busy.reading"), async () => engine.ask("toml", file.name, await file.text()));
  if (mapping) await readAgain(mapping);
}

/** How the last choice changed the main numbers. */
function effect() {
  const { sheet, before } = state;
  if (!sheet) return null;
  const value = (of, figure) => of?.numbers.find((it) => it.figure === figure)?.value;
  const names = ["cases.period", "cases.year", "calls.total"];
  const rows = names.map((figure) => [figure, value(before, figure), value(sheet, figure)]);
  const used = ["used", before ? n(before.ledger.used) : undefined, n(sheet.ledger.used)];
  return h("div", { class: "effect", role: "region", "aria-label": t("effect") },
    [used, ...rows].map(([name, old, now]) =>
      h("div", { class: old !== undefined && old !== now ? "moved" : "" },
        h("p", { class: "label" }, t(`effect.${name}`)),
        h("p", { class: "value", id: `effect-${name}` },
          old !== undefined && old !== now ? [h("s", {}, old), " "] : null, now ?? "–"))));
}

/** What the program noticed but the user has to decide. */
function suggestions() {
  const all = (state.look.proposal?.suggestions ?? []).filter((it) => it.table === "report");
  if (all.length === 0) return null;
  return h("section", { class: "suggestions" },
    h("h2", {}, t("suggestions")),
    all.map((it, index) =>
      h("label", { class: "check", for: `suggestion-${index}` },
        h("input", {
          type: "checkbox", id: `suggestion-${index}`, checked: hasSuggestion(state.mapping, it),
          onchange: (event) => readAgain(withSuggestion(state.mapping, it, event.target.checked)),
        }),
        h("span", {}, t(`suggestion.${it.key}`, { words: [].concat(it.value).join(", ") }),
          it.note ? h("span", { class: "hint" }, ` ${it.note}`) : null))));
}

function part([name, columns]) {
  const known = columns.filter((column) => state.about.columns.some((it) => it.name === column));
  if (known.length === 0) return null;
  const list = h("div", { class: "columns" }, known.map(row));
  if (["places", "others"].includes(name)) {
    return h("details", { id: `part-${name}`, class: "part" }, h("summary", {}, h("h2", {}, t(`part.${name}`))), list);
  }
  return h("section", { class: "part" }, h("h2", {}, t(`part.${name}`)), list);
}

function label(column) {
  const own = state.about.columns.find((it) => it.name === column)?.heading;
  return has(`column.${column}`) ? t(`column.${column}`) : own ?? column;
}

function row(column) {
  const origin = originOf(state.mapping, state.look, column);
  const id = `column-${column}`;
  const hint = has(`column.${column}.hint`) ? t(`column.${column}.hint`) : "";
  return h("div", { class: "column" },
    h("div", { class: "what" },
      h("label", { for: id }, label(column)),
      hint ? h("p", { class: "hint", id: `${id}-hint` }, hint) : null),
    h("div", { class: "from" },
      h("select", {
        id, "aria-describedby": hint ? `${id}-hint ${id}-shows` : `${id}-shows`,
        onchange: (event) => chosen(column, event.target.value),
      }, options(column, origin)),
      constant(column, origin),
      flags(column, origin),
      h("p", { class: "shows", id: `${id}-shows` }, shows(column, origin))));
}

const EMPTY = "none:";

/** Yes-or-no columns of the file that seem to belong to a column, and what each yes seems to mean. */
function offeredFlags(column) {
  const all = state.look.proposal?.suggestions ?? [];
  return all.find((it) => it.table === "columns" && it.key === column)?.value?.flags ?? {};
}

function current(column, origin) {
  if (column === "case_id" && state.mapping?.cases === "one per row") return "cases:one per row";
  if (column === "case_id" && state.mapping?.cases === "none") return "cases:none";
  if (origin.kind === "named") return origin.names.length === 1 ? `named:${origin.names[0]}` : "several:";
  if (state.openFlags.has(column)) return "flags:";
  if (origin.kind === "constant" && origin.value === "") return EMPTY;
  return origin.kind === "none" ? EMPTY : `${origin.kind}:`;
}

function options(column, origin) {
  const here = current(column, origin);
  const option = (value, text) => h("option", { value, selected: value === here }, text);
  const yesNo = Object.keys({ ...offeredFlags(column), ...origin.flags });
  const all = [];
  if (column === "case_id") {
    all.push(option("cases:none", t("cases.none")), option("cases:one per row", t("cases.one")));
    if (here === EMPTY) all.unshift(option(EMPTY, t("choose")));
  } else {
    all.push(option(EMPTY, t(column === "signal_id" || column === "received" ? "choose" : "absent")));
  }
  if (column === "state") all.push(option("constant:", t("constant.state")));
  if (column === "signal_id") all.push(option("row_number:", t("row.number")));
  if (origin.kind === "named" && origin.names.length > 1) all.push(option("several:", origin.names.join(" + ")));
  if (yesNo.length > 0) all.push(option("flags:", t("flags.some", { names: yesNo.join(", ") })));
  const columns = state.look.columns ?? [];
  return [
    all,
    h("optgroup", { label: t("columns.of.file") }, columns.map((it) => option(`named:${it.name}`, it.name))),
  ];
}

function chosen(column, value) {
  const at = value.indexOf(":");
  const [kind, name] = [value.slice(0, at), value.slice(at + 1)];
  const { mapping } = state;
  if (kind === "cases") return readAgain(withCases(mapping, name));
  if (kind === "named") return readAgain(withOrigin(mapping, column, name));
  if (kind === "constant") return readAgain(withOrigin(mapping, column, { constant: chosenStates()[0]?.code ?? "" }));
  if (kind === "row_number") return readAgain(withOrigin(mapping, column, { row_number: "row-" }));
  state.openFlags.delete(column);
  if (kind === "flags") {
    state.openFlags.add(column);
    const said = Object.entries(offeredFlags(column)).filter(([, meaning]) => meaning !== "…");
    if (said.length === 0 && mapping?.columns?.[column] === undefined) return changed();
    return readAgain(withOrigin(mapping, column, said.length > 0 ? { flags: Object.fromEntries(said) } : undefined));
  }
  // To ignore a column that is found by its own name, the mapping says that it is empty.
  const isOwn = state.look.report?.files.some((file) => file.columns.some((it) => it.column === column && it.name === column));
  return readAgain(withOrigin(mapping, column, isOwn ? { constant: "" } : undefined));
}

/** The state of all rows. */
function constant(column, origin) {
  if (column !== "state" || origin.kind !== "constant") return null;
  return h("select", {
    id: "constant-state", "aria-label": t("constant.state"),
    onchange: (event) => readAgain(withOrigin(state.mapping, column, { constant: event.target.value })),
  }, statesByName().map((it) => h("option", { value: it.code, selected: it.code === origin.value }, it.name)));
}

/** Columns that say yes or no, and the meaning of each yes. */
function flags(column, origin) {
  if (origin.kind !== "flags" && !state.openFlags.has(column)) return null;
  const values = state.about.columns.find((it) => it.name === column)?.values ?? [];
  const said = origin.flags ?? {};
  const say = (name, meaning) => {
    const others = Object.entries({ ...said, [name]: meaning }).filter(([, it]) => it !== "");
    state.openFlags.add(column);
    return readAgain(withOrigin(state.mapping, column, others.length > 0 ? { flags: Object.fromEntries(others) } : undefined));
  };
  return Object.keys({ ...offeredFlags(column), ...said }).map((name, index) =>
    h("p", { class: "flag" },
      h("label", { for: `flag-${column}-${index}` }, t("flags.means", { name })),
      h("select", { id: `flag-${column}-${index}`, onchange: (event) => say(name, event.target.value) },
        h("option", { value: "", selected: !said[name] }, t("unknown.unsaid")),
        values.map((value) => h("option", { value, selected: value === said[name] }, value)))));
}

/** Examples from the file, and how many cells are understood. */
function shows(column, origin) {
  if (origin.kind !== "named") return "";
  const seen = (state.look.columns ?? []).find((it) => it.name === origin.names[0]);
  const cells = state.look.report?.files.flatMap((file) => file.cells).filter((it) => it.column === column) ?? [];
  const sum = (fate) => cells.reduce((total, cell) => total + cell[fate], 0);
  const lost = sum("unknown") + sum("unplaced") + sum("conflict");
  return [
    seen?.values.length ? h("span", { class: "examples" }, seen.values.map((value) => h("q", {}, value))) : null,
    cells.length > 0
      ? h("span", { class: lost > 0 ? "lost" : "fine" },
        lost > 0 ? t("cells.some", { lost: n(lost), read: n(sum("read")) }) : t("cells.all", { read: n(sum("read")) }))
      : null,
  ];
}

/** Unknown values, each with a list of possible meanings. */
function unknown() {
  const lists = (state.look.report?.files ?? []).flatMap((file) => file.values)
    .map((it) => ({ ...it, values: it.values.filter((value) => isOpen(it.column, value)) }))
    .filter((it) => it.values.length > 0 && it.column !== "state" && it.column !== "caller_state");
  if (lists.length === 0) return null;
  return h("section", { class: "unknown", "aria-labelledby": "unknown" },
    h("h2", { id: "unknown" }, t("unknown")),
    h("p", {}, t("unknown.lead")),
    lists.map((list) => {
      const values = state.about.columns.find((it) => it.name === list.column)?.values ?? [];
      return h("fieldset", {},
        h("legend", {}, label(list.column)),
        list.values.slice(0, 40).map(({ value, count }, index) => {
          const said = state.mapping?.values?.[list.column]?.[value];
          const id = `value-${list.column}-${index}`;
          return h("p", { class: "value" },
            h("label", { for: id }, h("q", {}, value), h("span", { class: "hint" }, ` ${t("rows", { count: n(count) })}`)),
            h("select", {
              id,
              onchange: (event) => {
                const meaning = { unsaid: undefined, nothing: "" }[event.target.value];
                readAgain(withValue(state.mapping, list.column, value,
                  event.target.value in { unsaid: 1, nothing: 1 } ? meaning : event.target.value.slice(6)));
              },
            },
            h("option", { value: "unsaid", selected: said === undefined }, t("unknown.unsaid")),
            h("option", { value: "nothing", selected: said === "" }, t("unknown.nothing")),
            values.map((it) => h("option", { value: `value:${it}`, selected: said === it }, it))));
        }));
    }));
}

/** Unknown, or known because of the user's choice here, which can be changed. */
function isOpen(column, { value, known, became }) {
  const said = state.mapping?.values?.[column] ?? {};
  return !known || (value in said && (became !== null || said[value] === ""));
}
