// Who publishes the sheet: publisher, source, color, logo.
import { h, save, say } from "../dom.js";
import { failureLine } from "../failure.js";
import { field } from "../fields.js";
import { icon } from "../icons.js";
import { changed, during, engine, refresh, remember, state } from "../state.js";
import { saidPlain } from "../messages.js";
import { keep } from "../store.js";
import { themeOf, themeText } from "../theme.js";
import { t } from "../texts.js";

const COLORS = ["#162e51", "#005ea2", "#00687d", "#2e6276", "#4d3b78", "#5b2333", "#7a2e0e", "#3d4551"];
const FIELDS = { publisher: "publisher", source: "source", footer: "footer", "logo.alt": "alt", "logo.file": "logo", "colors.main": "color" };
let checking = null;

function edit(change, redrawn = false) {
  remember(document.activeElement?.id);
  change(state.theme);
  keep(state);
  clearTimeout(checking);
  checking = setTimeout(validate, 250);
  if (redrawn) changed();
}

async function validate() {
  state.themeErrors = [];
  const theme = themeText(state.theme);
  try {
    if (theme) {
      const logo = state.theme.logo?.content;
      await engine.ask("isRight", { theme: theme.text, ...(logo ? { logo } : {}) }, "theme");
    }
    refresh();
  } catch (failure) {
    const path = theme.lines[(failure.line ?? 0) - 1]?.join(".") ?? "";
    const at = FIELDS[path] ?? (path.startsWith("colors") ? "color" : "publisher");
    state.themeErrors = [{ at, message: failureLine(failure) }];
    say(saidPlain(failure.message));
  }
  changed();
}

const errorAt = (at) => state.themeErrors.find((it) => it.at === at)?.message;

export function themePart() {
  const { theme } = state;
  const text = (name) => field({
    id: `theme-${name}`, label: t(`name.${name}`), hint: t(`name.${name}.hint`), error: errorAt(name),
    control: h("input", {
      type: "text", value: theme[name] ?? "",
      oninput: (event) => edit((it) => {
        it[name] = event.target.value;
      }),
    }),
  });
  return [
    h("p", {}, t("name.lead")),
    h("div", { class: "tools" },
      h("button", {
        id: "theme-reset", class: "quiet", disabled: !themeText(theme), onclick: () => {
          edit((it) => {
            for (const name of Object.keys(it)) delete it[name];
          }, true);
        },
      }, icon("undo"), t("name.reset")),
      h("button", {
        id: "theme-save", class: "quiet", disabled: !themeText(theme), onclick: () => {
          save("theme.toml", themeText(theme).text, "application/toml");
          if (theme.logo?.content) saveLogo(theme.logo);
        },
      }, icon("download"), t("name.save")),
      h("label", { for: "theme-load", class: "button quiet" }, icon("upload"), t("name.load")),
      h("input", { type: "file", id: "theme-load", class: "unseen", accept: ".toml", onchange: load })),
    h("fieldset", {}, h("legend", {}, t("name.whose")), ["publisher", "source", "footer"].map(text)),
    colors(),
    logo(),
  ];
}

function colors() {
  const { color } = state.theme;
  return h("fieldset", {},
    h("legend", {}, t("name.color")),
    h("div", { class: "swatches", role: "group", "aria-label": t("name.color") },
      COLORS.map((value, index) => {
        const swatch = h("button", {
          id: `color-${index}`, class: "swatch", "aria-pressed": String((color ?? COLORS[0]) === value),
          "aria-label": t("name.color.one", { number: index + 1 }),
          onclick: () => edit((it) => {
            it.color = index === 0 ? undefined : value;
          }, true),
        });
        swatch.style.background = value;
        return swatch;
      })),
    field({
      id: "theme-color", label: t("name.color.own"), hint: t("name.color.hint"), error: errorAt("color"),
      control: h("input", {
        type: "color", value: color ?? COLORS[0],
        onchange: (event) => edit((it) => {
          it.color = event.target.value;
        }, true),
      }),
    }));
}

function logo() {
  const { logo: own } = state.theme;
  return h("fieldset", {},
    h("legend", {}, t("name.logo")),
    h("p", { class: "hint", id: "logo-hint" }, t("name.logo.hint")),
    own?.content
      ? h("p", {}, own.name, " ", h("button", {
        id: "logo-remove", class: "link", onclick: () => edit((it) => {
          delete it.logo;
        }, true),
      }, t("remove")))
      : [
        h("label", { for: "theme-logo", class: "button quiet" }, icon("upload"), t("name.logo.choose")),
        h("input", { type: "file", id: "theme-logo", class: "unseen", accept: ".svg,.png,.jpg,.jpeg", "aria-describedby": "logo-hint", onchange: takeLogo }),
      ],
    errorAt("logo") ? h("p", { class: "wrong", role: "alert" }, errorAt("logo")) : null,
    own?.content
      ? field({
        id: "theme-alt", label: t("name.logo.alt"), error: errorAt("alt"),
        control: h("input", {
          type: "text", value: own.alt ?? "",
          oninput: (event) => edit((it) => {
            it.logo.alt = event.target.value;
          }),
        }),
      })
      : null);
}

async function takeLogo(event) {
  const [file] = event.target.files;
  if (!file) return;
  const content = /\.svg$/i.test(file.name) ? await file.text() : await addressOf(file);
  edit((it) => {
    it.logo = { name: file.name, content, alt: it.publisher ? t("name.logo.of", { name: it.publisher }) : "" };
  }, true);
}

/** Pixels as a data URL, which the browser can store like text. */
function addressOf(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}

function saveLogo({ name, content }) {
  const [, type, bytes] = /^data:([^;]*);base64,(.*)$/.exec(content) ?? [];
  if (bytes === undefined) save(name, content, "image/svg+xml");
  else save(name, Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)), type);
}

async function load(event) {
  const [file] = event.target.files;
  if (!file) return;
  const table = await during(t("busy.reading"), async () => engine.ask("toml", file.name, await file.text()));
  if (!table) return;
  edit((it) => Object.assign(it, themeOf(table, it.logo)), true);
}
