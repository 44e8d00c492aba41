// Step 3: what the sheet covers, what it looks like, and what it says about the state.
import { areaName, chosenStates, statesByName } from "../area.js";
import { h, say } from "../dom.js";
import { failureBox } from "../failure.js";
import { check, field, select } from "../fields.js";
import { icon } from "../icons.js";
import { changed, choose, go, state, takeBack } from "../state.js";
import { LANGUAGES, day, language, t } from "../texts.js";
import { profilePart } from "./laws.js";
import { themePart } from "./name.js";

const PARTS = { choices: choicesPart, laws: profilePart, name: themePart };

export function sheetStep() {
  return [
    h("h1", { tabindex: "-1" }, t("sheet.title")),
    h("div", { class: "tabs", role: "group", "aria-label": t("sheet.title") },
      Object.keys(PARTS).map((part) =>
        h("button", {
          id: `part-${part}`, class: "plain", "aria-pressed": String(part === state.part),
          onclick: () => {
            state.part = part;
            // Laws and help are on the second page.
            state.page = part === "laws" ? 1 : 0;
            changed();
          },
        }, t(`sheet.${part}`)))),
    h("div", { class: "tools" },
      h("button", {
        id: "undo-choice", class: "quiet", disabled: state.past.length === 0, onclick: () => {
          takeBack();
          say(t("undone"));
        },
      }, icon("undo"), t("undo"))),
    failureBox(state.failure),
    PARTS[state.part](),
    h("div", { class: "actions" },
      h("button", { id: "next", class: "primary", onclick: () => go("save") }, t("next.save"))),
  ];
}

function choicesPart() {
  return [coverage(), form(), small()];
}

function coverage() {
  const { choices, about, sheet } = state;
  const years = new Set([...(sheet?.years ?? []), choices.year].filter((year) => year !== null));
  const withData = new Set(sheet?.states ?? []);
  const isLarge = new Set(about.larger.map((it) => it.code));
  const named = ({ code, name }) => {
    const hasData = withData.has(code) || isLarge.has(code);
    return h("option", { value: code, selected: code === choices.state }, hasData ? name : t("covers.state.none", { name }));
  };
  const chosen = chosenStates();
  const sorted = [...years].sort((a, b) => b - a);
  return h("fieldset", {},
    h("legend", {}, t("covers")),
    h("div", { class: "row" },
      field({
        id: "state", label: t("covers.state"),
        control: h("select", { onchange: (event) => choose("state", event.target.value) },
          h("optgroup", { label: t("covers.states") }, statesByName().map(named)),
          h("optgroup", { label: t("covers.larger") },
            about.larger.map(named),
            chosen.length > 1 ? h("option", { value: choices.state, selected: true }, areaName()) : null)),
      }),
      field({
        id: "year", label: t("covers.year"),
        control: select(sorted.map((year) => [year, year]), choices.year, (value) => choose("year", Number(value))),
      })),
    h("p", { class: "hint" }, t("covers.year.hint")),
    several(chosen),
    field({
      id: "year-starts", label: t("covers.year.starts"),
      control: select(months(), choices.year_starts, (value) => choose("year_starts", Number(value))),
    }),
    h("div", { class: "row" },
      ["from", "to"].map((name) => field({
        id: name, label: t(`covers.${name}`),
        control: h("input", {
          type: "month", value: choices[name] ?? sheet?.period[name] ?? "",
          onchange: (event) => choose(name, event.target.value || null),
        }),
      }))),
    sheet ? h("p", { class: "hint" }, t("data.period", { from: day(sheet.period.from), to: day(sheet.period.to), year: sheet.year })) : null,
    check({
      id: "victims", label: t("covers.victims"), hint: t("covers.victims.hint"), isOn: choices.victims,
      onChange: (isOn) => choose("victims", isOn),
    }));
}

/** Puts several states on one sheet. The last one can't be taken off. */
function several(chosen) {
  const put = (code, isOn) => {
    const codes = state.about.states.map((it) => it.code)
      .filter((it) => (it === code ? isOn : chosen.some((one) => one.code === it)));
    choose("state", codes.length > 0 ? codes.join("-") : code);
  };
  return h("details", { id: "several", open: chosen.length > 1 },
    h("summary", {}, t("covers.several")),
    h("p", { class: "hint", id: "several-hint" }, t("covers.several.hint")),
    h("div", { class: "checks", role: "group", "aria-label": t("covers.several"), "aria-describedby": "several-hint" },
      statesByName().map(({ code, name }) => check({
        id: `with-${code}`, label: name, isOn: chosen.some((it) => it.code === code),
        onChange: (isOn) => put(code, isOn),
      }))));
}

/** The months that a year may begin with. */
function months() {
  const name = new Intl.DateTimeFormat(language(), { month: "long", timeZone: "UTC" });
  return [1, 4, 7, 9, 10].map((month) => [month, name.format(new Date(Date.UTC(2016, month - 1, 1)))]);
}

function form() {
  const { choices } = state;
  const flag = (name) => check({
    id: name, label: t(`form.${name}`), hint: t(`form.${name}.hint`), isOn: choices[name],
    onChange: (isOn) => choose(name, isOn),
  });
  return h("fieldset", {},
    h("legend", {}, t("form")),
    h("div", { class: "row" },
      field({
        id: "sheet-language", label: t("form.language"),
        control: select(Object.entries(LANGUAGES).map(([code, it]) => [code, it["language.name"]]), choices.language,
          (value) => choose("language", value)),
      }),
      field({
        id: "paper-size", label: t("form.paper"),
        control: select(["letter", "a4", "legal"].map((it) => [it, t(`form.${it}`)]), choices.paper,
          (value) => choose("paper", value)),
      })),
    ["large_print", "gray", "one_page", "trend", "counties", "rate", "data_page"].map(flag),
    h("details", { id: "more-forms" }, h("summary", {}, t("form.more")), ["two_up", "bleeds", "attach"].map(flag)));
}

function small() {
  const { choices } = state;
  return h("fieldset", {},
    h("legend", {}, t("small")),
    h("p", {}, t("small.lead")),
    field({
      id: "min-cell", label: t("small.least"), hint: t("small.least.hint"),
      control: select([[3, "3"], [5, t("small.usual")], [10, "10"], [11, "11"], [20, "20"], [0, t("small.off")]],
        choices.min_cell, (value) => choose("min_cell", Number(value))),
    }),
    choices.min_cell === 0 ? h("p", { class: "caution" }, t("small.off.caution")) : null,
    check({
      id: "internal", label: t("small.internal"), hint: t("small.internal.hint"), isOn: choices.internal,
      onChange: (isOn) => choose("internal", isOn),
    }));
}
