// The SHA-256 digest of this file, so that users can compare it with the published one. A file can't contain its own
// digest, and a page may not read its file again. But it has all of it: the parts as the browser read them, and the
// text around them. Together, they are the file, byte for byte.

/** In hexadecimal; null if the browser can't compute it. Call it before the engine's data are removed. */
export async function ownDigest() {
  if (!globalThis.crypto?.subtle) return null;
  const text = (selector) => document.querySelector(selector).textContent;
  const parts = {
    policy: document.querySelector("meta[http-equiv]").getAttribute("content"), style: text("head > style"),
    engine: text("#engine-data"), script: text("body > script:not([type])"),
  };
  const file = TEMPLATE.replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(file));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
