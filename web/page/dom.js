// Elements, and redrawing the page without losing the user's place in it.

/** An element. Attributes whose name begins with "on" are listeners; `false`, `null` and `undefined` are left out. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else if (name === "checked") element.checked = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child);
  }
}

/** Puts new children in an element. The control with the focus gets it back, by its id, with its selection. */
export function redraw(element, ...children) {
  const focused = document.activeElement;
  const hadFocus = focused !== element && element.contains(focused);
  const id = element.contains(focused) ? focused.id : "";
  const selection = id && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
  const open = new Set([...element.querySelectorAll("details[open][id]")].map((it) => it.id));
  element.replaceChildren();
  append(element, children);
  for (const details of element.querySelectorAll("details[id]")) {
    if (open.has(details.id)) details.open = true;
  }
  const again = id ? document.getElementById(id) : null;
  again?.focus({ preventScroll: true });
  if (hadFocus && (!again || document.activeElement !== again)) {
    // That control is gone or disabled. The beginning of the page's text is always a good place.
    document.querySelector("main h1")?.focus({ preventScroll: true });
  } else if (selection && selection[0] !== null) {
    try {
      again.setSelectionRange(...selection);
    } catch {
      // Fields for numbers and colors have no selection.
    }
  }
}

/** Announces something to screen reader users. */
export function say(text) {
  const region = document.getElementById("spoken");
  region.textContent = "";
  // Some screen readers ignore text that was already there.
  setTimeout(() => {
    region.textContent = text;
  }, 50);
}

/** Saves a file for the user. */
export function save(name, bytes, type) {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
