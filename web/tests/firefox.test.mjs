// The page in Firefox: it opens from its file, reads, shows, and saves the same bytes as the program.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { isThere, launch } from "./firefox.mjs";
import { SAMPLE, built, file, root } from "./support.mjs";

// In CI, Firefox is there: otherwise its installation would have failed.
const skip = !isThere && !process.env.CI ? "no Firefox here" : false;

test("in Firefox, from files to a PDF with the program's bytes", { skip, timeout: 300_000 }, async () => {
  const downloads = mkdtempSync(join(tmpdir(), "hotline-profile-"));
  const firefox = await launch(downloads);
  try {
    await firefox.open(pathToFileURL(file).href);
    await firefox.until("document.documentElement.dataset.ready === 'ready'");
    await firefox.value("document.querySelector('#sample').click()");
    await firefox.until("hotlineProfile.state.sheet !== null && hotlineProfile.state.busy === null");
    for (const step of ["columns", "sheet", "save"]) await firefox.value(`document.querySelector('#step-${step}').click()`);
    await firefox.until("document.querySelector('#paper').complete && document.querySelector('#paper').naturalWidth > 0");
    const save = async (button, count) => {
      const before = readdirSync(downloads).length;
      await firefox.value(`document.querySelector('${button}').click()`);
      const isDone = () => {
        const names = readdirSync(downloads);
        return names.length === before + count && !names.some((name) => name.endsWith(".part"));
      };
      const end = Date.now() + 60_000;
      while (!isDone()) {
        assert.ok(Date.now() < end, `${button}: ${readdirSync(downloads)}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    await save("#save-pdf", 1);
    const native = built(SAMPLE);
    const made = join(downloads, native.name);
    assert.ok(existsSync(made), `${readdirSync(downloads)}`);
    assert.ok(readFileSync(made).equals(native.bytes), "the bytes differ");
    await save("#save-figures-png", 4);
    const picture = readdirSync(downloads).find((name) => name.endsWith("-map.png"));
    const bytes = readFileSync(join(downloads, picture));
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1920, 1080]);
    // Another file instead of the sample.
    await firefox.value("document.querySelector('#step-data').click()");
    await firefox.choose("#other-files", [join(root, "tests/intake/google-forms.csv")]);
    await firefox.until("hotlineProfile.state.files[0] === 'google-forms.csv' && hotlineProfile.state.busy === null");
    assert.equal(await firefox.value("hotlineProfile.state.look !== null"), true);
    const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    const wrong = await firefox.value(`(async () => {
      ${axe}
      const found = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
      return found.violations.map((it) => it.id);
    })()`);
    assert.deepEqual(wrong, []);
    const strange = firefox.requests.filter((url) => !/^(file:|blob:|data:|about:|chrome:|resource:)/.test(url));
    assert.deepEqual(strange, []);
    assert.deepEqual(firefox.errors, []);
  } finally {
    await firefox.close();
  }
});
