// The SHA-256 of this very file, so that a person can hold it against the one that was published. A file can't hold
// its own, and a page may not read its file again; but it has all of it: the parts as the browser read them, and the
// text around them. Put together they are the file, byte for byte.

/** In hexadecimal; null where the browser computes none. To be asked for before the engine's data are removed. */
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
