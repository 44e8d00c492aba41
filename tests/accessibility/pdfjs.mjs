// Renders every page of a PDF with pdf.js: node pdfjs.mjs CHECKERS FILE.pdf PREFIX DPI
// makes PREFIX-1.png, PREFIX-2.png … CHECKERS is the folder with node_modules.
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";

const [checkers, file, prefix, dpi] = process.argv.slice(2);
const require = createRequire(`${checkers}/`);
const { createCanvas } = require("@napi-rs/canvas");
const { getDocument } = await import(require.resolve("pdfjs-dist/legacy/build/pdf.mjs"));

const data = new Uint8Array(await readFile(file));
const pdf = await getDocument({ data, verbosity: 0 }).promise;
for (let number = 1; number <= pdf.numPages; number++) {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: Number(dpi) / 72 });
  const canvas = createCanvas(viewport.width, viewport.height);
  await page.render({ canvas, canvasContext: canvas.getContext("2d"), viewport }).promise;
  await writeFile(`${prefix}-${number}.png`, canvas.toBuffer("image/png"));
}
