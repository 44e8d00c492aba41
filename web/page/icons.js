// Icons next to words: like those of the U.S. Web Design System, redrawn in plain strokes.
const NAMESPACE = "http://www.w3.org/2000/svg";
const PATHS = {
  lock: "M6 10V7a6 6 0 0 1 12 0v3h1.5v11h-15V10H6Zm2.5 0h7V7a3.5 3.5 0 0 0-7 0v3Z",
  check: "M9.5 18.5 3 12l2-2 4.5 4.5L19 5l2 2L9.5 18.5Z",
  warning: "M12 2 1 21h22L12 2Zm-1.2 7h2.4v6h-2.4V9Zm0 7.5h2.4v2.4h-2.4v-2.4Z",
  file: "M5 2h9l5 5v15H5V2Zm8 1.5V8h4.5L13 3.5Z",
  upload: "M11 16V7.8L7.4 11.4 6 10l6-6 6 6-1.4 1.4L13 7.8V16h-2ZM4 18h16v3H4v-3Z",
  download: "M11 4v8.2L7.4 8.6 6 10l6 6 6-6-1.4-1.4L13 12.2V4h-2ZM4 18h16v3H4v-3Z",
  undo: "M8 5v4H15a5 5 0 0 1 0 10H7v-2.4h8a2.6 2.6 0 0 0 0-5.2H8v4L2.5 10 8 5Z",
};

export function icon(name) {
  const svg = document.createElementNS(NAMESPACE, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(NAMESPACE, "path");
  path.setAttribute("d", PATHS[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
