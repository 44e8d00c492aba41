// Checks web pages in Chromium: markup, accessibility in light and dark mode, narrow screens, requests,
// and printed pages.
//
//   node page.mjs CHECKERS MOST-PAGES-IN-PRINT PAGE.html…
//
// CHECKERS is the folder with node_modules. Prints each problem on a line, and then exits with 1.
// If PICTURES is set to a folder, it saves pictures of the pages there.
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [checkers, pagesInPrint, ...files] = process.argv.slice(2);
const require = createRequire(join(resolve(checkers), "package.json"));
const { chromium } = require("playwright-core");
const { HtmlValidate } = require("html-validate");
const axe = require.resolve("axe-core/axe.min.js");
const pictures = process.env.PICTURES;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

const problems = [];
for (const file of files) {
  const tell = (problem) => problems.push(`${basename(file)}: ${problem}`);
  await validate(file, tell);
  for (const scheme of ["light", "dark"]) {
    for (const width of [320, 375, 768, 1280]) {
      await look(file, scheme, width, tell);
    }
  }
  await print(file, tell);
}
await browser.close();
for (const problem of problems) {
  console.log(problem);
}
process.exitCode = problems.length > 0 ? 1 : 0;

/** The markup, by html-validate. */
async function validate(file, tell) {
  const validator = new HtmlValidate({
    extends: ["html-validate:recommended", "html-validate:a11y"],
    rules: {
      // Matters of taste.
      "long-title": "off",
      "no-inline-style": "off",
      // Phone numbers and statutes have special spaces.
      "tel-non-breaking": "off",
    },
  });
  const report = await validator.validateFile(file);
  for (const { messages } of report.results) {
    for (const { ruleId, message, line, column } of messages) {
      tell(`${line}:${column}: ${ruleId}: ${message}`);
    }
  }
}

/** What is visible at a width (320 pixels are 1280 at 400 %), and what axe-core reports. */
async function look(file, scheme, width, tell) {
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height: 800 },
    bypassCSP: true,
  });
  const page = await context.newPage();
  const own = pathToFileURL(resolve(file)).href;
  page.on("request", (request) => {
    const url = request.url();
    if (url !== own && !url.startsWith("data:")) {
      tell(`asks for ${url}`);
    }
  });
  page.on("console", (message) => tell(`says ${message.text()}`));
  await page.goto(own);
  const where = `${width} pixels, ${scheme}`;
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wider > 0) {
    tell(`${where}: ${wider} pixels wider than the screen`);
  }
  const scripts = await page.evaluate(() => document.scripts.length);
  if (scripts > 0) {
    tell(`has ${scripts} scripts`);
  }
  if (pictures) {
    const path = join(pictures, `${basename(file, ".html")}-${width}-${scheme}.png`);
    await page.screenshot({ path, fullPage: true });
  }
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  for (const { id, help, nodes } of violations) {
    tell(`${where}: ${id}: ${help}: ${nodes.map((node) => node.html).join(" ")}`);
  }
  await context.close();
}

/** How many pages it has when printed. */
async function print(file, tell) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(resolve(file)).href);
  const path = pictures && join(pictures, `${basename(file, ".html")}.pdf`);
  const pdf = await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  const count = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  if (count < 1 || count > Number(pagesInPrint)) {
    tell(`${count} pages in print, not ${pagesInPrint} at most`);
  }
  await page.close();
}
