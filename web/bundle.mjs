// Puts the page together: node bundle.mjs FOLDER, where FOLDER/bound has bind's output. Writes
// FOLDER/hotline-profile.html and its digest. The same sources give the same bytes.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const page = join(dirname(fileURLToPath(import.meta.url)), "page");
const folder = resolve(process.argv[2]);

const bundled = async (entry, more = {}) => {
  const { outputFiles } = await build({
    entryPoints: [join(page, entry)], bundle: true, write: false, minify: true, charset: "utf8", target: "es2022",
    format: "iife", logLevel: "error", logOverride: { "empty-import-meta": "silent" }, ...more,
  });
  return outputFiles[0].text;
};

const sha = (data, form) => createHash("sha256").update(data).digest(form);
const wasm = await readFile(join(folder, "bound/engine_bg.wasm"));
const engine = gzipSync(wasm, { level: 9, strategy: constants.Z_DEFAULT_STRATEGY }).toString("base64");
const worker = await bundled("worker.js", { alias: { bound: join(folder, "bound") } });
// An end tag inside a script would end it.
const inScript = (text) => text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
const template = await readFile(join(page, "index.html"), "utf8");
const script = inScript(await bundled("main.js", {
  define: {
    WORKER: JSON.stringify(worker), ENGINE_DIGEST: JSON.stringify(sha(wasm, "hex")), TEMPLATE: JSON.stringify(template),
  },
}));
const style = await bundled("style.css", { format: undefined, loader: { ".ttf": "dataurl" } });

const hash = (text) => `'sha256-${sha(text, "base64")}'`;
// Nothing outside this file may be fetched, sent, framed or run.
const policy = [
  "default-src 'none'", `script-src ${hash(script)} 'wasm-unsafe-eval'`, `style-src ${hash(style)}`,
  "worker-src blob:", "img-src blob: data:", "font-src data:", "connect-src 'none'", "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const parts = { policy, style, engine, script };
const html = template.replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
const out = join(folder, "hotline-profile.html");
await writeFile(out, html);
await writeFile(`${out}.sha256`, `${sha(html, "hex")}  hotline-profile.html\n`);
console.log(`${out}: ${(html.length / 1e6).toFixed(1)} MB`);
