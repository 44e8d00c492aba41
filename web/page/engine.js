// The page's side of the engine: sends the worker one request after another, and starts a new worker if it broke.

const DATA = "engine-data";

/** The engine as it is in the page: compressed, and encoded as text. */
async function unpacked() {
  const letters = document.getElementById(DATA).textContent.trim();
  const packed = Uint8Array.fromBase64 ? Uint8Array.fromBase64(letters) : fromBase64(letters);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

function fromBase64(letters) {
  const text = atob(letters);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

export class Engine {
  #module;
  #worker;
  #waiting = new Map();
  #next = 0;
  /** What the worker has open, so that it can be opened again. */
  #open = null;
  onProgress = () => {};

  async start() {
    this.#module = await WebAssembly.compile(await unpacked());
    await this.#begin();
  }

  /** Frees the memory of the compressed engine. */
  unload() {
    document.getElementById(DATA).remove();
  }

  #begin() {
    const url = URL.createObjectURL(new Blob([WORKER], { type: "text/javascript" }));
    const worker = new Worker(url);
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }) => {
        if (data.ready) {
          URL.revokeObjectURL(url);
          if (this.#open) worker.postMessage({ id: -1, ...this.#open });
          resolve();
        } else if (data.progress) {
          this.onProgress(data.progress);
        } else {
          this.#answered(data);
        }
      };
      worker.postMessage({ module: this.#module });
    });
  }

  #answered({ id, answer, failure }) {
    const waiting = this.#waiting.get(id);
    if (failure?.stopped) this.#restart(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (failure) waiting.reject(failure);
    else waiting.resolve(answer);
  }

  /** Replaces a worker that broke or was stopped. Everything that waited for it fails. */
  #restart(but) {
    this.#worker.terminate();
    for (const [id, waiting] of this.#waiting) {
      if (id !== but) {
        waiting.reject({ cancelled: true });
        this.#waiting.delete(id);
      }
    }
    return this.#begin();
  }

  /** Stops the current work. */
  cancel() {
    return this.#restart(null);
  }

  ask(operation, ...values) {
    if (operation.startsWith("open")) this.#open = { operation, values };
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, operation, values });
    });
  }
}
