// A user with a messy export gets the right counts: files in common layouts, each with the choices that its owner
// would make on the page. The program gets the same counts with the mapping that the page saves.
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { choose, go, launch, number, openFile, opened, root, saved, settled, stats } from "./support.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const LAYOUTS = [
  {
    file: "redcap.csv",
    async does(page) {
      await choose(page, "#column-case_id", "cases:one per row");
      await choose(page, "#column-gender", "flags:");
      for (const [index, meaning] of ["Female", "Male", "Gender Minority"].entries()) {
        await choose(page, `#flag-gender-${index}`, meaning);
      }
      await choose(page, "#value-call_type-0", "value:Tip Report");
    },
    used: 6,
    counts: { "cases.period": 6, "gender.female": 3, "gender.male": 3, "age.minor": 3, "age.adult": 3, "calls.tip_report": 6 },
  },
  {
    file: "kobo.csv",
    does: (page) => choose(page, "#column-case_id", "cases:one per row"),
    used: 6,
    counts: { "cases.period": 6, "gender.female": 6, "gender.male": 6, "age.adult": 6, "cases.located_year": 6 },
  },
  {
    file: "google-forms.csv",
    does: (page) => choose(page, "#column-case_id", "cases:one per row"),
    used: 6,
    counts: { "cases.period": 6, "gender.female": 6, "gender.male": 6, "age.minor": 6, "venues.sex.street_based": 6 },
  },
  {
    file: "salesforce.csv",
    async does(page) {
      await page.check("#suggestion-0");
      await settled(page);
    },
    used: 6,
    // The blank row above the footer is one of them.
    read: 7,
    counts: { "cases.period": 6, "gender.female": 6, "calls.tip_report": 6 },
  },
  {
    file: "call-log.csv",
    async does(page) {
      await page.check("#suggestion-0");
      await settled(page);
      await meaning(page, "N", "Foreign National");
      // A mistake, and undo.
      await meaning(page, "N", "U.S. Citizen/Legal Permanent Resident");
      await page.click("#undo");
      await settled(page);
    },
    used: 5,
    read: 5,
    counts: {
      "cases.period": 3, "citizenship.us_citizen_lpr": 2, "citizenship.foreign_national": 2, "gender.female": 2,
      "gender.male": 1, "venues.sex.hotel_motel_based": 1, "venues.labor.domestic_work": 1,
    },
  },
];

/** Chooses the meaning of an unknown value in the list next to it. */
async function meaning(page, value, name) {
  const id = await page.$$eval(".unknown .value label", (all, value) => all.find((it) => it.querySelector("q").textContent === value)?.htmlFor, value);
  assert.ok(id, `${value} isn't asked for`);
  await choose(page, `#${id}`, `value:${name}`);
}

for (const { file, does, used, read, counts } of LAYOUTS) {
  test(file, async () => {
    const page = await opened(browser);
    const path = join(root, "tests/intake", file);
    await openFile(page, path);
    await go(page, "columns");
    await does(page);
    assert.equal(await page.$("#failure"), null);
    const ledger = await page.evaluate(() => hotlineProfile.state.sheet.ledger);
    assert.equal(ledger.used, used);
    if (read) assert.equal(ledger.rows_read, read);
    // Unprotected, as the owner of the data may see it: the files are small.
    await page.evaluate(() => {
      hotlineProfile.state.choices.internal = true;
    });
    await go(page, "sheet");
    await page.click("#data_page");
    await page.waitForFunction(() => hotlineProfile.state.sheet.numbers.some((it) => it.figure === "ledger.used"));
    for (const [figure, count] of Object.entries(counts)) {
      assert.equal(await number(page, figure), String(count), figure);
    }
    await go(page, "save");
    await page.click("#internals summary");
    const mapping = await saved(page, "#internals #save-mapping");
    const folder = mkdtempSync(join(tmpdir(), "hotline-profile-"));
    const saveAs = join(folder, "mapping.toml");
    writeFileSync(saveAs, mapping.bytes);
    const native = stats(["--data", path, "--mapping", saveAs, "--state", "NM", "--year", "2016", "--internal"]);
    assert.equal(native.ledger.used, used);
    assert.equal(native.cases.period, counts["cases.period"]);
    // The page can open what it saved.
    await go(page, "columns");
    await page.setInputFiles("#load-mapping", saveAs);
    await settled(page);
    assert.equal(await page.$("#failure"), null);
    assert.equal(await number(page, "cases.period"), String(counts["cases.period"]));
    assert.deepEqual(page.errors, []);
    await page.context().close();
  });
}
