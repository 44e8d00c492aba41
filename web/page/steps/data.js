// Step 1: the files, and what was found in them and left out.
import { areaName } from "../area.js";
import { h, save } from "../dom.js";
import { icon } from "../icons.js";
import { ask, during, engine, go, open, openSample, state } from "../state.js";
import { said, saidPlain } from "../messages.js";
import { day, n, t } from "../texts.js";
import { failureBox } from "../failure.js";

const FATES = ["used", "empty_word", "unknown", "unplaced", "conflict", "not_needed"];
const LOST = ["unknown", "unplaced", "conflict"];

export function dataStep() {
  const isOpen = state.files.length > 0;
  return [
    h("h1", { tabindex: "-1" }, t(isOpen ? "data.found" : "data.title")),
    isOpen ? null : h("p", { class: "lead" }, t("data.lead")),
    isOpen ? opened() : chooser(),
    failureBox(state.failure),
    state.sheet ? found() : null,
    isOpen && state.look ? next() : null,
    isOpen ? null : steady(),
  ];
}

function choose(files) {
  const list = [...files];
  if (list.length > 0 && state.engine === "ready") open(list);
}

function chooser() {
  const input = h("input", {
    type: "file", id: "files", multiple: true, class: "unseen",
    accept: ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods,.gz,.parquet", "aria-describedby": "files-hint",
    onchange: (event) => choose(event.target.files),
  });
  const zone = h("div", { class: "drop" },
    icon("file"),
    h("p", { class: "strong" }, t("data.drop")),
    h("label", { for: "files", class: "button primary" }, t("data.choose")),
    input,
    h("p", { id: "files-hint", class: "hint" }, t("data.kinds")));
  zone.addEventListener("dragenter", () => zone.classList.add("over"));
  zone.addEventListener("dragover", () => zone.classList.add("over"));
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove("over");
  });
  zone.addEventListener("drop", (event) => {
    zone.classList.remove("over");
    choose(event.dataTransfer.files);
  });
  return [
    zone,
    h("p", { class: "or" }, t("data.or"), " ",
      h("button", { id: "sample", class: "link", disabled: state.engine !== "ready", onclick: openSample }, t("data.sample")), " ",
      t("data.or.template"), " ",
      h("button", { id: "template", class: "link", disabled: state.engine !== "ready", onclick: template }, t("data.template"))),
  ];
}

/** A workbook for people who keep their log by hand. */
async function template() {
  const files = await during(t("busy.making"), () => engine.ask("files", ask(), "template"));
  for (const { name, bytes } of files ?? []) {
    save(name, bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  }
}

function steady() {
  return h("ul", { class: "promises" },
    ["local", "offline", "small"].map((promise) =>
      h("li", {}, icon(promise === "small" ? "check" : "lock"),
        h("div", {}, h("h2", {}, t(`promise.${promise}`)), h("p", {}, t(`promise.${promise}.text`))))));
}

function opened() {
  return h("div", { class: "opened" },
    icon("file"),
    h("p", {}, h("span", { class: "strong" }, state.isSample ? t("data.is.sample") : state.files.join(", "))),
    h("label", { for: "other-files", class: "button quiet" }, t("data.other")),
    h("input", {
      type: "file", id: "other-files", multiple: true, class: "unseen",
      onchange: (event) => choose(event.target.files),
    }));
}

function found() {
  const { sheet, look } = state;
  const { ledger } = sheet;
  const place = areaName();
  const rows = [
    ["used", ledger.used], ["outside", ledger.outside_period], ["other", ledger.other_state],
    ["duplicate", ledger.duplicate], ["rejected", ledger.rejected],
  ];
  return [
    h("div", { class: "tally" },
      h("p", { class: "big" }, h("strong", { id: "used" }, n(ledger.used)), " ",
        t("data.used", { read: n(ledger.rows_read), place })),
      h("p", { class: "hint" }, t("data.period", { from: day(sheet.period.from), to: day(sheet.period.to), year: sheet.year })),
      h("table", { class: "ledger" },
        h("caption", { class: "unseen" }, t("data.ledger")),
        h("tbody", {}, rows.map(([name, count]) =>
          h("tr", { class: count === 0 && name !== "used" ? "none" : "" },
            h("th", { scope: "row" }, t(`ledger.${name}`)), h("td", {}, n(count))))))),
    attention(),
    details(look.report),
  ];
}

/** What the user should check, most urgent first. */
function attention() {
  const { sheet, look } = state;
  const problems = (look.report?.problems ?? []).map((problem) => ({
    warning: true, message: t("problem.rejected", { count: n(problem.count), first: saidPlain(problem.first) }),
    lines: problem.lines,
  }));
  const odd = (look.report?.odd ?? []).map((it) => ({ warning: true, message: it.what, lines: it.lines }));
  const told = new Set(["RowsRejected", "UnusedColumns", "OthersVoice"]);
  const notices = sheet.notices.filter((it) => !told.has(it.kind)).map((notice) => ({
    warning: notice.is_warning, message: sentence(notice.message), lines: [], examples: notice.examples,
  }));
  const all = [...problems, ...notices, ...odd].sort((a, b) => Number(b.warning) - Number(a.warning));
  const isClean = look.report?.no_problem && all.every((it) => !it.warning);
  return h("section", { "aria-labelledby": "attention" },
    h("h2", { id: "attention" }, t("attention")),
    isClean ? h("p", { class: "good" }, icon("check"), t("attention.none")) : null,
    h("ul", { class: "notices" }, all.map((it) =>
      h("li", { class: it.warning ? "warning" : "note" },
        icon(it.warning ? "warning" : "check"),
        h("div", {}, h("p", {}, said(it.message)), places(it.lines), (it.examples ?? []).map((text) => h("p", { class: "hint" }, said(text))))))));
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function places(lines) {
  if (!lines?.length) return null;
  const each = lines.map(({ file, line, text }) =>
    `${state.files.length > 1 ? `${file}, ` : ""}${t("line")} ${line}${text ? ` (${text})` : ""}`);
  return h("p", { class: "hint" }, each.join("; "));
}

/** The ledger of cells. */
function details(report) {
  if (!report) return null;
  return h("details", { id: "cells" },
    h("summary", {}, t("cells")),
    report.files.map((file) =>
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": file.file },
        h("table", { class: "cells" },
          h("caption", {}, file.file),
          h("thead", {}, h("tr", {},
            h("th", { scope: "col" }, t("cells.column")), h("th", { scope: "col" }, t("cells.means")),
            h("th", { scope: "col" }, t("cells.read")),
            FATES.map((fate) => h("th", { scope: "col" }, t(`cells.${fate}`))))),
          h("tbody", {}, file.cells.map((cell) =>
            h("tr", {},
              h("th", { scope: "row" }, cell.name), h("td", {}, t(`column.${cell.column}`)), h("td", {}, n(cell.read)),
              FATES.map((fate) => h("td", { class: LOST.includes(fate) && cell[fate] > 0 ? "lost" : "" }, n(cell[fate]))))))))),
    unused(report));
}

function unused(report) {
  const names = report.files.flatMap((file) => file.columns.filter((it) => !it.column).map((it) => it.name));
  return names.length > 0 ? h("p", { class: "hint" }, t("cells.unused", { names: names.join(", ") })) : null;
}

function next() {
  return h("div", { class: "actions" },
    h("button", { id: "next", class: "primary", onclick: () => go(state.mapping ? "columns" : "sheet") },
      t(state.mapping ? "next.columns" : "next.sheet")),
    state.mapping ? null : h("button", { id: "to-columns-quiet", class: "quiet", onclick: () => go("columns") }, t("look.columns")));
}
