// The page: banner, steps, preview.
import { h, redraw, say } from "./dom.js";
import { icon } from "./icons.js";
import { ownDigest } from "./itself.js";
import { changed, engine, go, onChange, refresh, state, told } from "./state.js";
import { forget, keep } from "./store.js";
import { saidPlain } from "./messages.js";
import { LANGUAGES, n, setLanguage, t } from "./texts.js";
import { columnsStep } from "./steps/columns.js";
import { dataStep } from "./steps/data.js";
import { preview } from "./preview.js";
import { saveStep } from "./steps/save.js";
import { sheetStep } from "./steps/sheet.js";

const STEPS = { data: dataStep, columns: columnsStep, sheet: sheetStep, save: saveStep };
const element = (id) => document.getElementById(id);
let spoken = "";

function banner() {
  return h("div", { class: "inner" },
    h("div", { class: "brand" },
      h("p", { class: "name" }, t("name")),
      h("p", { class: "tagline" }, t("tagline"))),
    h("div", { class: "side" },
      h("p", { class: "private" }, icon("lock"), h("span", {}, t("private"))),
      h("div", { class: "languages", role: "group", "aria-label": t("language") },
        Object.entries(LANGUAGES).map(([code, texts]) =>
          h("button", {
            id: `language-${code}`, class: "plain", lang: code, "aria-pressed": String(state.language === code),
            onclick: () => {
              state.language = code;
              setLanguage(code);
              keep(state);
              refresh();
              changed();
            },
          }, texts["language.name"])))));
}

/** The current step, and the next ones. A step that isn't possible yet isn't a link. */
function steps() {
  const isOpen = (step) => step === "data" || (state.files.length > 0 && state.look !== null);
  const names = Object.keys(STEPS);
  const at = names.indexOf(state.step);
  return h("nav", { class: "steps", "aria-label": t("steps") },
    h("ol", {}, names.map((step, index) =>
      h("li", { class: index < at ? "done" : index === at ? "here" : "" },
        h("button", {
          id: `step-${step}`, class: "plain", disabled: !isOpen(step),
          "aria-current": step === state.step ? "step" : null, onclick: () => go(step),
        }, h("span", { class: "number", "aria-hidden": "true" }, String(index + 1)), h("span", {}, t(`step.${step}`)))))));
}

function busy() {
  if (!state.busy && state.engine !== "starting") return null;
  const { progress } = state;
  const words = state.engine === "starting" ? t("busy.starting") : state.busy;
  return h("div", { class: "busy" },
    h("span", { class: "spinner", "aria-hidden": "true" }),
    h("span", {}, words),
    progress && progress.size > 4_000_000
      ? h("progress", { max: String(progress.size), value: progress.read, "aria-label": progress.file })
      : null,
    state.busy
      ? h("button", { id: "cancel", class: "link", onclick: cancel }, t("cancel"))
      : null);
}

async function cancel() {
  await engine.cancel();
  say(t("cancelled"));
}

function main() {
  const body = STEPS[state.step]();
  const hasPreview = ["sheet", "save"].includes(state.step) && state.files.length > 0;
  return [
    steps(),
    h("div", { class: hasPreview ? "desk with-preview" : "desk" },
      h("div", { class: "work" }, body),
      hasPreview ? preview() : null),
  ];
}

function footer() {
  return h("div", { class: "inner" },
    h("p", {}, t("footer.private")),
    h("p", {}, t("footer.kept"), " ",
      h("button", {
        id: "forget", class: "link", onclick: () => {
          if (!confirm(t("forget.sure"))) return;
          forget();
          location.reload();
        },
      }, t("forget"))),
    h("p", { class: "small" }, t("footer.version", { version: state.about.version || "…" })),
    h("p", { class: "small" }, t("footer.file"), " ", h("code", { id: "own-digest" }, state.digest ?? "…"), " ", t("footer.check")),
    h("p", { class: "small" }, t("footer.engine"), " ", h("code", {}, ENGINE_DIGEST)));
}

function draw() {
  redraw(element("banner"), banner());
  redraw(element("main"), main());
  redraw(element("footer"), footer());
  redraw(element("overlay"), busy());
  element("skip").textContent = t("skip");
  tell();
}

/** Announces changes that screen reader users would miss. */
function tell() {
  const { sheet, failure } = state;
  let words = state.busy ?? "";
  if (!words && failure) words = saidPlain(failure.message);
  else if (!words && sheet) {
    words = t("spoken.counted", { used: n(sheet.ledger.used), read: n(sheet.ledger.rows_read) });
  }
  if (words && words !== spoken) say(words);
  spoken = words || spoken;
}

async function start() {
  setLanguage(state.language);
  onChange(draw);
  engine.onProgress = (progress) => {
    state.progress = progress;
    redraw(element("overlay"), busy());
  };
  draw();
  try {
    await engine.start();
    state.about = await engine.ask("about");
    state.engine = "ready";
  } catch (failure) {
    state.engine = "broken";
    state.failure = { ...told(failure), message: t("error.start"), remedy: t("error.start.remedy") };
  }
  changed();
  document.documentElement.dataset.ready = state.engine;
  state.digest = await ownDigest().catch(() => null) ?? t("footer.unknown");
  engine.unload();
  changed();
  // While the user looks around: the first time is slow, because the browser still compiles the engine.
  if (state.engine === "ready") await engine.ask("warmUp").catch(() => {});
  document.documentElement.dataset.warm = "";
}

addEventListener("error", (event) => {
  state.failure = told({ message: event.message });
  draw();
});
addEventListener("unhandledrejection", (event) => {
  state.failure = told(event.reason ?? {});
  draw();
});
// A file that is dropped in the wrong place must not replace the page.
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());

// For tests: the state of the page.
Object.assign(window, { hotlineProfile: { state, engine } });
start();
