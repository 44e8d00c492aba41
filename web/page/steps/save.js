// Step 4: check the numbers, and save the sheet.
import { h, save } from "../dom.js";
import { failureBox } from "../failure.js";
import { field, select } from "../fields.js";
import { icon } from "../icons.js";
import { mappingText } from "../mapping.js";
import { inPixels } from "../pixels.js";
import { ask, changed, during, engine, refresh, state } from "../state.js";
import { said } from "../messages.js";
import { day, has, n, t } from "../texts.js";

const TYPES = {
  pdf: "application/pdf", html: "text/html", svg: "image/svg+xml", png: "image/png", csv: "text/csv", xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", json: "application/json",
  rejects: "text/csv",
};

export function saveStep() {
  return [
    h("h1", { tabindex: "-1" }, t("save.title")),
    failureBox(state.failure),
    state.choices.internal ? h("p", { class: "caution" }, t("save.internal")) : null,
    state.sheet?.is_synthetic ? h("p", { class: "caution" }, t("save.synthetic")) : null,
    voice(),
    h("div", { class: "saves" },
      h("button", { id: "save-pdf", class: "primary", disabled: !state.sheet, onclick: () => make("pdf") }, icon("download"), t("save.pdf")),
      h("ul", {},
        one("html"), pictures("pages", "svg", "png"), pictures("figures", "figures", "figures-png"),
        ["xlsx", "csv", "json"].map(one))),
    internals(),
    numbers(),
    compared(),
    audited(),
  ];
}

function voice() {
  const notice = state.sheet?.notices.find((it) => it.kind === "OthersVoice");
  return notice ? h("p", { class: "caution" }, t("save.voice")) : null;
}

const one = (kind) =>
  h("li", {},
    h("button", { id: `save-${kind}`, class: "link", disabled: !state.sheet, onclick: () => make(kind) }, t(`save.${kind}`)),
    h("span", { class: "hint" }, t(`save.${kind}.hint`)));

/** Pictures, as vectors and as pixels. */
const pictures = (name, vectors, pixels) =>
  h("li", {},
    h("span", {}, t(`save.${name}`), " "),
    [[vectors, "SVG"], [pixels, "PNG"]].map(([kind, format]) =>
      h("button", {
        id: `save-${kind}`, class: "link", disabled: !state.sheet, onclick: () => make(kind),
        "aria-label": t("save.as", { name: t(`save.${name}`), format }),
      }, format)),
    h("span", { class: "hint" }, t(`save.${name}.hint`)));

/** The parts that the browser can turn into pixels. */
const VECTORS = { png: "svg", "figures-png": "figures" };

async function make(kind) {
  const files = await during(t("busy.making"), async () => {
    const made = await engine.ask("files", ask(), VECTORS[kind] ?? kind);
    return kind in VECTORS ? Promise.all(made.map(inPixels)) : made;
  });
  for (const { name, bytes } of files ?? []) save(name, bytes, TYPES[kind.split("-").at(-1)] ?? TYPES.svg);
}

function internals() {
  return h("details", { id: "internals" },
    h("summary", {}, t("save.more")),
    h("ul", { class: "plain-list" },
      h("li", {},
        h("button", {
          id: "save-mapping", class: "link", disabled: !state.mapping,
          onclick: () => save("mapping.toml", mappingText(state.mapping), "application/toml"),
        }, t("columns.save")), h("span", { class: "hint" }, t("save.mapping.hint"))),
      h("li", {},
        h("button", { id: "save-rejects", class: "link", disabled: !state.sheet?.ledger.rejected, onclick: () => make("rejects") }, t("save.rejects")),
        h("span", { class: "hint" }, t("save.rejects.hint")))));
}

const label = (row) => row.name ?? (has(`figure.${row.figure}`) ? t(`figure.${row.figure}`) : has(`key.${row.key}`) ? t(`key.${row.key}`) : row.key ?? row.figure);
const groupLabel = (row) => row.group_name ?? (has(`group.${row.group}`) ? t(`group.${row.group}`) : row.group);

function numbers() {
  const rows = state.sheet?.numbers ?? [];
  if (rows.length === 0) return null;
  const groups = Map.groupBy ? Map.groupBy(rows, (row) => row.group) : grouped(rows);
  return h("section", { class: "numbers", "aria-labelledby": "numbers" },
    h("h2", { id: "numbers" }, t("numbers")),
    h("p", {}, t("numbers.lead")),
    [...groups.values()].map((group) =>
      h("table", {},
        h("caption", {}, groupLabel(group[0])),
        h("tbody", {}, group.map((row) =>
          h("tr", {},
            h("th", { scope: "row" }, label(row)),
            h("td", {}, h("button", {
              id: `number-${row.figure}`, class: "link number", "aria-label": t("numbers.explain", { name: label(row), value: row.value }),
              "aria-expanded": String(state.explained?.figure === row.figure), onclick: () => explain(row),
            }, row.value)))),
        state.explained && group.some((row) => row.figure === state.explained.figure)
          ? h("tr", {}, h("td", { colspan: "2" }, explanation()))
          : null))));
}

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return groups;
}

async function explain(row) {
  if (state.explained?.figure === row.figure) {
    state.explained = null;
    return changed();
  }
  const found = await during(t("busy.explaining"), () => engine.ask("explain", ask(), row.figure));
  if (!found) return undefined;
  const [explained] = found.figures;
  state.explained = { ...explained, figure: row.figure, label: label(row) };
  changed();
  document.getElementById("explained")?.focus();
  return undefined;
}

const MOST = 50;

function explanation() {
  const { value, rule, cases, rows, label: name } = state.explained;
  const line = ({ file, line: number, signal_id: id, received }) =>
    [state.files.length > 1 ? file : null, `${t("line")} ${number}`, id, received ? day(received) : null].filter(Boolean).join(" · ");
  const all = cases ?? rows ?? [];
  return h("div", { class: "explained", id: "explained", tabindex: "-1", role: "region", "aria-label": name },
    h("p", { class: "mark" }, t("internal.mark")),
    h("p", {}, h("strong", {}, t("explained.value", { name, value: n(value) }))),
    h("p", {}, said(rule)),
    h("ol", {}, all.slice(0, MOST).map((it) =>
      h("li", {}, cases
        ? [h("strong", {}, t("explained.case", { id: it.case_id, date: day(it.date) })),
          it.adds > 1 ? ` ${t("explained.adds", { count: it.adds })}` : "",
          h("ul", {}, it.signals.map((signal) => h("li", {}, line(signal))))]
        : line(it)))),
    all.length > MOST ? h("p", { class: "hint" }, t("more", { count: n(all.length - MOST) })) : null);
}

function compared() {
  const years = (state.sheet?.years ?? []).filter((year) => year !== state.sheet.year);
  if (years.length === 0) return null;
  return h("section", { class: "compared", "aria-labelledby": "compared" },
    h("h2", { id: "compared" }, t("compare")),
    h("p", {}, t("compare.lead")),
    field({
      id: "other-year", label: t("compare.year"),
      control: select([["", t("choose")], ...years.map((year) => [year, year])], state.compared?.year ?? "", compare),
    }),
    state.compared ? comparison() : null);
}

async function compare(year) {
  if (!year) {
    state.compared = null;
    return changed();
  }
  const today = new Date().toISOString().slice(0, 10);
  const found = await during(t("busy.counting"), () => engine.ask("compare", ask(), Number(year), today));
  if (found) state.compared = { ...found, year: Number(year) };
  return changed();
}

const shown = (value) =>
  value === null ? "–" : typeof value === "object" ? `${n(value.from)}–${n(value.to)}` : typeof value === "number" ? n(value) : value;

function comparison() {
  const { sheets, figures, given_away: given } = state.compared;
  return [
    given.length > 0 ? h("p", { class: "caution" }, t("compare.given")) : null,
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("compare") },
      h("table", { class: "comparison" },
        h("thead", {}, h("tr", {},
          h("th", { scope: "col" }, t("compare.number")),
          sheets.map((sheet) => h("th", { scope: "col" }, String(sheet.year))),
          h("th", { scope: "col" }, t("compare.change")))),
        h("tbody", {}, figures.map((row) => {
          const key = row.figure.split(".").at(-1);
          const group = row.figure.slice(0, row.figure.length - key.length - 1);
          return h("tr", {},
            h("th", { scope: "row" }, h("span", { class: "hint" }, `${groupLabel({ ...row, group })}: `), label({ ...row, key })),
            h("td", {}, shown(row.before)), h("td", {}, shown(row.after)),
            h("td", {}, typeof row.change === "number" && row.change > 0 ? `+${n(row.change)}` : shown(row.change)));
        })))),
  ];
}

/** Published sheets: what changed since then, and what readers could work out from all of them together. */
function audited() {
  const found = state.audited;
  return h("section", { class: "audited", "aria-labelledby": "audit" },
    h("h2", { id: "audit" }, t("audit")),
    h("p", {}, t("audit.lead")),
    h("div", { class: "tools" },
      h("label", { for: "released-files", class: "button quiet" }, icon("upload"), t("audit.others")),
      h("input", {
        type: "file", id: "released-files", class: "unseen", multiple: true, accept: ".csv,.json",
        onchange: (event) => takeReleased([...event.target.files]),
      }),
      h("button", { id: "audit-this", class: "quiet", disabled: !state.sheet, onclick: audit }, t("audit.this"))),
    state.released.length > 0
      ? [h("p", {}, t("audit.ranges")), h("ul", { class: "plain-list", id: "released" }, state.released.map(outOne))]
      : null,
    found
      ? h("div", { id: "audited" },
        found.is_safe ? h("p", { class: "good" }, icon("check"), t("audit.safe")) : h("p", { class: "caution" }, t("audit.unsafe")),
        h("ul", { class: "notices" }, [...found.findings, ...found.warnings].map((text) =>
          h("li", { class: "warning" }, icon("warning"), h("div", {}, h("p", {}, said(text)))))),
        found.undecided > 0 ? h("p", { class: "hint" }, t("audit.undecided", { count: n(found.undecided) })) : null)
      : null,
    state.beside.map(sinceThen));
}

function outOne({ name }, index) {
  return h("li", {}, h("span", {}, name), h("button", {
    id: `released-remove-${index}`, class: "link", "aria-label": t("audit.remove", { name }),
    onclick: () => out(() => state.released.filter((_, other) => other !== index)),
  }, t("remove")));
}

async function takeReleased(files) {
  await out(async () => {
    const taken = await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })));
    const names = new Set(taken.map(({ name }) => name));
    return [...state.released.filter(({ name }) => !names.has(name)), ...taken];
  });
}

/** Sets the published sheets. A file that can't be read changes nothing. */
async function out(those) {
  const before = state.released;
  const found = await during(t("busy.counting"), async () => {
    state.released = await those();
    const beside = await engine.ask("beside", ask());
    return { beside, audited: await engine.ask("audit", ask()) };
  });
  if (found) Object.assign(state, found, { explained: null });
  else state.released = before;
  refresh();
  changed();
}

const asPrinted = (printed) =>
  printed === null ? "–" : /^\d+$/.test(printed) ? n(Number(printed)) : printed.replace("-", "–");

/** A published sheet, compared number by number with this one. */
function sinceThen({ name, years, rows }, index) {
  const id = `beside-${index}`;
  return h("details", { id, open: index === 0 },
    h("summary", {}, h("h3", {}, t("beside", { name }))),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("beside", { name }) },
      h("table", { class: "comparison" },
        h("thead", {}, h("tr", {},
          h("th", { scope: "col" }, t("compare.number")),
          h("th", { scope: "col" }, t("beside.out", { year: years[0] })),
          h("th", { scope: "col" }, t("beside.this", { year: years[1] })),
          h("th", { scope: "col" }, t("compare.change")))),
        h("tbody", {}, rows.map((row) => {
          const key = row.figure.split(".").at(-1);
          const group = row.figure.slice(0, row.figure.length - key.length - 1);
          return h("tr", {},
            h("th", { scope: "row" }, h("span", { class: "hint" }, `${groupLabel({ ...row, group })}: `), label({ ...row, key })),
            h("td", {}, asPrinted(row.before)), h("td", {}, asPrinted(row.after)),
            h("td", {}, row.change === null ? "–" : row.change > 0 ? `+${n(row.change)}` : n(row.change)));
        })))));
}

async function audit() {
  const found = await during(t("busy.counting"), () => engine.ask("audit", ask()));
  if (found) state.audited = found;
  changed();
}
