// Firefox, controlled directly with WebDriver BiDi (https://w3c.github.io/webdriver-bidi/).
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";

export const program = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
export const isThere = existsSync(program);

/** Settings for everything that would use the network by itself. */
const PREFERENCES = {
  "app.normandy.enabled": false, "app.update.enabled": false, "browser.safebrowsing.downloads.enabled": false,
  "browser.safebrowsing.malware.enabled": false, "browser.shell.checkDefaultBrowser": false, "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false, "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false, "remote.prefs.recommended": true, "toolkit.telemetry.enabled": false,
};

/** A browser with a new profile, and its only page. */
export async function launch(downloads) {
  const profile = mkdtempSync(join(tmpdir(), "hotline-profile-firefox-"));
  const preferences = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  writeFileSync(join(profile, "user.js"), preferences.join("\n"));
  const running = spawn(program, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"], {
    stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, HOME: profile, MOZ_DISABLE_CONTENT_SANDBOX: "1" },
  });
  const address = await new Promise((resolve, reject) => {
    let said = "";
    running.stderr.on("data", (data) => {
      said += data;
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    running.on("exit", () => reject(new Error(`Firefox ended: ${said}`)));
  });
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("error", reject);
  });
  const browser = new Firefox(socket, running, profile);
  await browser.ask("session.new", { capabilities: {} });
  const { contexts } = await browser.ask("browsingContext.getTree", {});
  browser.context = contexts[0].context;
  await browser.ask("session.subscribe", { events: ["network.beforeRequestSent", "log.entryAdded"] });
  await browser.ask("browser.setDownloadBehavior", { downloadBehavior: { type: "allowed", destinationFolder: downloads } });
  return browser;
}

class Firefox {
  #socket;
  #running;
  #profile;
  #next = 1;
  #waiting = new Map();
  requests = [];
  errors = [];

  constructor(socket, running, profile) {
    this.#socket = socket;
    this.#running = running;
    this.#profile = profile;
    socket.on("message", (data) => this.#take(JSON.parse(data)));
  }

  #take({ id, type, method, params, result, error, message }) {
    if (type === "event") {
      if (method === "network.beforeRequestSent") this.requests.push(params.request.url);
      if (method === "log.entryAdded" && params.level === "error") this.errors.push(params.text);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (type === "error") waiting?.reject(new Error(`${error}: ${message}`));
    else waiting?.resolve(result);
  }

  ask(method, params) {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  open(url) {
    return this.ask("browsingContext.navigate", { context: this.context, url, wait: "complete" });
  }

  /** The value of an expression on the page, which JSON must be able to represent. */
  async value(expression) {
    const found = await this.ask("script.evaluate", {
      expression: `(async () => JSON.stringify(await (${expression})))()`, target: { context: this.context },
      awaitPromise: true, userActivation: true,
    });
    if (found.type === "exception") throw new Error(found.exceptionDetails.text);
    return found.result.value === undefined ? undefined : JSON.parse(found.result.value);
  }

  /** Waits until an expression is true, for at most two minutes. */
  async until(expression) {
    const end = Date.now() + 120_000;
    while (!(await this.value(expression))) {
      if (Date.now() > end) throw new Error(`never: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async choose(selector, files) {
    const { nodes } = await this.ask("browsingContext.locateNodes", { context: this.context, locator: { type: "css", value: selector } });
    await this.ask("input.setFiles", { context: this.context, element: { sharedId: nodes[0].sharedId }, files });
  }

  async picture() {
    const { data } = await this.ask("browsingContext.captureScreenshot", { context: this.context });
    return Buffer.from(data, "base64");
  }

  async close() {
    await this.ask("browser.close", {}).catch(() => {});
    this.#socket.close();
    if (this.#running.exitCode === null) await new Promise((resolve) => this.#running.on("exit", resolve));
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
