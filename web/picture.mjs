// Makes the picture of the page in the README: node web/picture.mjs FILE.png. Run it if the look of the page changes,
// check the picture, and commit it.
import { go, launch, openSample, opened, settled } from "./tests/support.mjs";

const browser = await launch();
const page = await opened(browser, { viewport: { width: 1280, height: 860 }, colorScheme: "light" });
await openSample(page);
await go(page, "sheet");
await settled(page);
await page.waitForFunction(() => document.querySelector("#paper")?.complete);
await page.screenshot({ path: process.argv[2] });
await browser.close();
