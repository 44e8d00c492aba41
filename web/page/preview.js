// The pages of the sheet as they will be printed.
import { h } from "./dom.js";
import { changed, state } from "./state.js";
import { t } from "./texts.js";

let urls = [];
let drawn = null;

/** The addresses of the pictures, made once for each sheet. */
function pictures() {
  if (drawn !== state.sheet) {
    const old = urls;
    // The visible pictures stay until the new ones replace them.
    setTimeout(() => old.forEach((url) => URL.revokeObjectURL(url)), 1000);
    const pages = state.sheet?.pages ?? [];
    urls = pages.map((svg) => URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })));
    drawn = state.sheet;
  }
  return urls;
}

export function preview() {
  const all = pictures();
  if (all.length === 0) return h("aside", { class: "preview empty", "aria-label": t("preview") }, h("p", {}, t("preview.none")));
  state.page = Math.min(state.page, all.length - 1);
  return h("aside", { class: "preview", "aria-label": t("preview") },
    h("div", { class: "pages", role: "group", "aria-label": t("preview.pages") },
      all.map((_, index) =>
        h("button", {
          id: `page-${index}`, class: "plain", "aria-pressed": String(index === state.page),
          onclick: () => {
            state.page = index;
            changed();
          },
        }, t("preview.page", { number: index + 1 })))),
    h("img", {
      src: all[state.page], class: "paper", id: "paper",
      alt: t("preview.alt", { number: state.page + 1, count: all.length }),
    }));
}
