// The PDF has the same bytes whether the program or the page makes it.
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { SAMPLE, built, go, launch, openFile, openSample, opened, previewed, root, saved } from "./support.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function ofPage(open, choices) {
  const page = await opened(browser);
  await open(page);
  if (Object.keys(choices).length > 0) {
    await previewed(page, async () => {
      await page.evaluate((choices) => Object.assign(hotlineProfile.state.choices, choices), choices);
      await go(page, "sheet");
      // Anything that updates the preview.
      await page.dispatchEvent("#sheet-language", "change");
    });
  }
  await go(page, "save");
  const file = await saved(page, "#save-pdf");
  assert.deepEqual(page.errors, []);
  await page.context().close();
  return file;
}

function same(page, program) {
  assert.equal(page.name, program.name);
  assert.ok(page.bytes.equals(program.bytes), `${page.name}: ${page.bytes.length} and ${program.bytes.length} bytes differ`);
}

for (const [name, choices, options] of [
  ["English", {}, []],
  ["Spanish", { language: "es" }, ["--wording", "es"]],
  ["large print", { large_print: true }, ["--large-print"]],
  ["black and white", { gray: true }, ["--print", "bw"]],
]) {
  test(`New Mexico, ${name}`, async () => {
    same(await ofPage(openSample, choices), built([...SAMPLE, ...options]));
  });
}

for (const [name, choices, options] of [
  ["a region", { state: "Region-VI" }, ["--region", "VI"]],
  ["the nation", { state: "US" }, ["--nation"]],
  ["several states", { state: "NM-TX" }, ["--state", "NM,TX"]],
  ["a fiscal year", { year_starts: 10 }, ["--year-starts", "10", "--year", "2016"]],
]) {
  test(`the sample, ${name}`, async () => {
    same(await ofPage(openSample, choices), built([...SAMPLE, ...options]));
  });
}

test("a workbook", async () => {
  const path = join(root, "tests/intake/sheet-per-month.xlsx");
  const mapping = 'cases = "one per row"\n';
  await mapped(path, mapping, ["--state", "NM", "--year", "2016"]);
});

test("a mapped export", () => {
  const path = join(root, "input/examples/report/report-windows-1252.csv");
  return mapped(path, null, [], join(root, "input/examples/report/mapping.toml"));
});

async function mapped(path, mapping, options, file) {
  let mappingFile = file;
  if (mapping) {
    mappingFile = join(mkdtempSync(join(tmpdir(), "hotline-profile-")), "mapping.toml");
    writeFileSync(mappingFile, mapping);
  }
  const open = async (page) => {
    await openFile(page, path);
    await go(page, "columns");
    await page.setInputFiles("#load-mapping", mappingFile);
    await page.waitForFunction(() => hotlineProfile.state.busy === null && hotlineProfile.state.sheet !== null);
  };
  same(await ofPage(open, { state: "NM", year: 2016 }), built(["--data", path, "--mapping", mappingFile, ...options]));
}
