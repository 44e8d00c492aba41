// What went wrong, and how to fix it.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { go, state } from "./state.js";
import { said, saidPlain } from "./messages.js";
import { t } from "./texts.js";

// What is wrong and how to fix it, in one line.
export const failureLine = (failure) => [failure.message, failure.remedy].filter(Boolean).map(saidPlain).join(" – ");

export function failureBox(failure) {
  if (!failure) return null;
  const where = [failure.file, failure.line].filter(Boolean).join(", " + t("line") + " ");
  return h("div", { class: "alert error", role: "alert", id: "failure" },
    icon("warning"),
    h("div", {},
      h("p", { class: "strong" }, said(failure.message)),
      where && h("p", { class: "where" }, where),
      failure.remedy && h("p", {}, t("remedy", { remedy: saidPlain(failure.remedy) })),
      ["mapping"].includes(failure.choice) && state.step !== "columns" && state.look
        ? h("button", { id: "to-columns", class: "link", onclick: () => go("columns") }, t("to.columns"))
        : null));
}
