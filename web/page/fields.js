// Form fields: a label, a hint, a control, and an error next to it.
import { h } from "./dom.js";

export function field({ id, label, hint, error, control }) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  control.id = id;
  if (described) control.setAttribute("aria-describedby", described);
  if (error) control.setAttribute("aria-invalid", "true");
  return h("div", { class: error ? "field wrong" : "field" },
    h("label", { for: id }, label),
    hint ? h("p", { class: "hint", id: `${id}-hint` }, hint) : null,
    error ? h("p", { class: "wrong", id: `${id}-error` }, error) : null,
    control);
}

export function select(values, chosen, onChoose) {
  return h("select", { onchange: (event) => onChoose(event.target.value) },
    values.map(([value, text]) => h("option", { value, selected: String(value) === String(chosen) }, text)));
}

export function check({ id, label, hint, isOn, onChange }) {
  return h("label", { class: "check", for: id },
    h("input", {
      type: "checkbox", id, checked: isOn, "aria-describedby": hint ? `${id}-hint` : null,
      onchange: (event) => onChange(event.target.checked),
    }),
    h("span", {}, label, hint ? h("span", { class: "hint", id: `${id}-hint` }, hint) : null));
}
