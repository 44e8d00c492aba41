// Measures the page in Chromium: node web/bench.mjs [SIGNALS.csv]. Without a file, the program makes a million
// signals. Prints a line for each goal of the specification, and exits with 1 if one is missed.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { file, go, launch, openSample, root, saved } from "./tests/support.mjs";

const RUNS = 5;
let missed = 0;
function tell(what, value, most, unit) {
  const isGood = value <= most;
  missed += isGood ? 0 : 1;
  console.log(`${isGood ? "ok " : "NO "} ${what.padEnd(48)} ${value.toFixed(value < 100 ? 1 : 0).padStart(8)} ${unit} (at most ${most})`);
}
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

const program = join(root, "target/release/hotline-profile");
let [signals] = process.argv.slice(2);
if (!signals) {
  signals = join(tmpdir(), "hotline-profile-million.csv");
  if (!existsSync(signals)) execFileSync(program, ["sample", "--signals", "1000000", "--output", signals]);
}

const browser = await launch();
async function fresh() {
  const context = await browser.newContext({ offline: true, acceptDownloads: true });
  const page = await context.newPage();
  const began = Date.now();
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector("html[data-ready=ready]");
  return { page, context, ready: Date.now() - began };
}

tell("size of the file", statSync(file).size / 1e6, 12, "MB");
const starts = [];
const pdfs = [];
const first = [];
const afterASecond = [];
for (let run = 0; run < RUNS; run += 1) {
  const { page, context, ready } = await fresh();
  starts.push(ready);
  const timed = await page.evaluate(async () => {
    const { engine } = hotlineProfile;
    await engine.ask("openSample");
    const ask = { state: "NM", year: 2016, language: "en", page_language: "en" };
    const once = async () => {
      const began = performance.now();
      await engine.ask("files", ask, "pdf");
      return performance.now() - began;
    };
    return [await once(), await once(), await once()];
  });
  const warm = await fresh();
  await warm.page.waitForTimeout(1000);
  afterASecond.push(await warm.page.evaluate(async () => {
    const { engine } = hotlineProfile;
    await engine.ask("openSample");
    const began = performance.now();
    await engine.ask("files", { state: "NM", year: 2016, language: "en", page_language: "en" }, "pdf");
    return performance.now() - began;
  }));
  await warm.context.close();
  first.push(timed[0]);
  pdfs.push(...timed.slice(1));
  await context.close();
}
tell("opening, until it can be used", median(starts), 2000, "ms");
tell("the sample to PDF, a second after opening", median(afterASecond), 300, "ms");
tell("the sample to PDF, after", median(pdfs), 300, "ms");

console.log(`    and at once, while the page still warms up ${median(first).toFixed(0)} ms`);

const { page, context } = await fresh();
await openSample(page);
await go(page, "sheet");
const changes = [];
for (let run = 0; run < RUNS; run += 1) {
  const before = await page.evaluateHandle(() => hotlineProfile.state.sheet);
  const began = Date.now();
  await page.click("#gray");
  await page.waitForFunction((old) => hotlineProfile.state.sheet !== old, before);
  changes.push(Date.now() - began);
}
tell("a change, until the preview shows it", median(changes), 500, "ms");
await context.close();

const big = await fresh();
const chooser = await big.page.$("#files");
const began = Date.now();
await chooser.setInputFiles(signals);
await big.page.waitForFunction(() => hotlineProfile.state.sheet !== null || hotlineProfile.state.failure !== null, null, { timeout: 300_000 });
const counted = (Date.now() - began) / 1000;
tell("a million signals, until they are counted", counted, 10, "s");
await big.page.waitForFunction(() => hotlineProfile.state.busy === null, null, { timeout: 300_000 });
console.log(`    and until all that was found is told ${((Date.now() - began) / 1000).toFixed(1)} s`);
const failure = await big.page.evaluate(() => hotlineProfile.state.failure?.message);
if (failure) throw new Error(failure);
await go(big.page, "save");
const { name } = await saved(big.page, "#save-pdf");
const memory = await big.page.evaluate(() => hotlineProfile.engine.ask("memory"));
tell(`memory of the engine, with ${name}`, memory / 1e6, 500, "MB");
await browser.close();
process.exitCode = missed > 0 ? 1 : 0;
