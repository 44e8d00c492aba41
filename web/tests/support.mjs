// What the tests of the page share: a browser without a network, the page as users open it, the program.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const file = process.env.PAGE ?? join(root, "target/web/hotline-profile.html");
const pictures = process.env.PICTURES;

/** The program that the page is compared with. */
const program = process.env.PROGRAM ?? ["release", "debug"].map((it) => join(root, `target/${it}/hotline-profile`)).find(existsSync);

export const launch = (options = {}) => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-precise-memory-info",
  ],
  ...options,
});

/** The page, opened from its file with the network off. `requests` and `errors` collect its requests and errors. */
export async function opened(browser, options = {}) {
  const context = await browser.newContext({ offline: true, acceptDownloads: true, viewport: { width: 1280, height: 900 }, ...options });
  // Busy machines are slow.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  page.requests = [];
  page.errors = [];
  page.on("request", (request) => page.requests.push(request.url()));
  page.on("pageerror", (error) => page.errors.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.errors.push(message.text());
  });
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector("html[data-ready=ready]");
  return page;
}

/** Waits until the page is idle. */
export async function settled(page) {
  await page.waitForFunction(() => hotlineProfile.state.busy === null && !document.querySelector(".busy"));
}

export async function openSample(page) {
  await page.click("#sample");
  await page.waitForFunction(() => hotlineProfile.state.sheet !== null && hotlineProfile.state.busy === null);
}

export async function openFile(page, path) {
  const input = (await page.$("#files")) ?? (await page.$("#other-files"));
  await input.setInputFiles(path);
  const name = basename(path);
  await page.waitForFunction((name) => hotlineProfile.state.files.includes(name), name);
  await settled(page);
}

/** Chooses in a list, and waits for the effects. */
export async function choose(page, selector, value) {
  // A choice immediately starts the work that follows from it.
  await page.selectOption(selector, value);
  await settled(page);
}

/** Waits until the preview shows the last choice. */
export async function previewed(page, act) {
  const before = await page.evaluateHandle(() => hotlineProfile.state.sheet);
  await act();
  await page.waitForFunction((old) => hotlineProfile.state.sheet !== old && hotlineProfile.state.sheet !== null, before);
}

export async function go(page, step) {
  await page.click(`#step-${step}`);
}

/** The files that a button saves: exactly `count`, so that none is mistaken for a file of the next button. */
export async function allSaved(page, selector, count) {
  const downloads = [];
  const gather = (download) => downloads.push(download);
  page.on("download", gather);
  try {
    await page.click(selector);
    for (let waited = 0; downloads.length < count; waited += 50) {
      if (waited > 60_000) throw new Error(`${selector} saved ${downloads.length} files, not ${count}`);
      await page.waitForTimeout(50);
    }
  } finally {
    page.off("download", gather);
  }
  return Promise.all(downloads.map(async (it) => ({ name: it.suggestedFilename(), bytes: readFileSync(await it.path()) })));
}

/** The file that a button saves. */
export const saved = async (page, selector) => (await allSaved(page, selector, 1))[0];

/** The number of a figure, as the page shows it. */
export const number = (page, figure) =>
  page.evaluate((name) => hotlineProfile.state.sheet.numbers.find((it) => it.figure === name)?.value, figure);

/** The sample, as the program gets it. */
export const SAMPLE = ["--data", join(root, "input/signals.csv")];

/** What the program makes of the same with what it carries, in a folder of its own; the bytes of the file. */
export function built(options) {
  if (!program) throw new Error("build the program first: cargo build --release");
  const folder = mkdtempSync(join(tmpdir(), "hotline-profile-"));
  const out = execFileSync(program, ["build", ...options, "--output", folder], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const path = out.trim().split("\n").at(-1);
  return { name: path.split("/").at(-1), bytes: readFileSync(path) };
}

export function stats(options) {
  return JSON.parse(execFileSync(program, ["stats", "--format", "json", ...options], { cwd: tmpdir(), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
}

/** Keeps a picture where somebody wants to look. */
export async function picture(page, name) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
