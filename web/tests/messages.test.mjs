// The engine's sentences in the page's languages.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { build } from "esbuild";
import { sentences } from "./catalogue.mjs";
import { root } from "./support.mjs";

const catalogue = JSON.parse(readFileSync(join(root, "web/page/texts/messages.es.json"), "utf8"));

async function translated() {
  const outfile = join(mkdtempSync(join(tmpdir(), "hotline-profile-")), "messages.mjs");
  await build({ entryPoints: [join(root, "web/page/messages.js")], bundle: true, format: "esm", outfile, logLevel: "error" });
  return (await import(pathToFileURL(outfile))).translated;
}

test("every gap of a sentence stands in its translation", () => {
  for (const [english, spanish] of Object.entries(catalogue)) {
    const gaps = english.split("{}").length - 1;
    const used = new Set([...spanish.matchAll(/\{(\d)\}/g)].map((it) => Number(it[1])));
    for (const gap of used) assert.ok(gap >= 1 && gap <= gaps, `${english}: {${gap}}`);
    // The rest of the message explains what couldn't be done, such as "read the file".
    if (!english.startsWith("can't {}:")) assert.equal(used.size, gaps, english);
    assert.notEqual(english, spanish);
  }
});

test("nearly all that the engine can say has a translation", async () => {
  const say = await translated();
  const all = sentences();
  assert.ok(all.size > 200, `${all.size}`);
  const missing = [...all].filter(([sentence]) => say(sentence.replaceAll("{}", "7"), "es") === null);
  const list = missing.map(([sentence, file]) => `${file}: ${sentence}`).join("\n");
  // A missing translation is shown in English, and marked as English.
  assert.ok(missing.length <= all.size / 8, `${missing.length} of ${all.size}:\n${list}`);
});

test("gaps are filled, lists and sentences within sentences too", async () => {
  const say = await translated();
  for (const [english, spanish] of [
    ["gender “X”: not a date", "gender «X»: no es una fecha"],
    ["12 of 40 rows rejected", "12 de 40 filas rechazadas"],
    ["cells not used: 3 unknown (gender 2, age 1; first in line 5), 2 that say nothing is known (city 2)",
      "celdas sin usar: 3 sin reconocer (gender 2, age 1; la primera en la línea 5), 2 que dicen que no se sabe nada (city 2)"],
    ["column gender: values not in the vocabulary, not counted: “Q” (2 times, first in line 3), “Z” (1 times, first in line 9)",
      "columna gender: valores que no están en el vocabulario, sin contar: «Q» (2 veces, la primera en la línea 3), «Z» (1 veces, la primera en la línea 9)"],
    ["No signal in the year", "No hay contactos en el año"],
  ]) assert.equal(say(english, "es"), spanish);
  assert.equal(say("something that nobody says", "es"), null);
});
