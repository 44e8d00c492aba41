// Runs the engine in a worker, so that the page stays responsive during counting.
import { Engine, initSync } from "bound/engine.js";

let engine;
let files = [];
let panic = "";
let lastTold = 0;
let wasm;

globalThis.told_panic = (message) => {
  panic = message;
};

const reader = new FileReaderSync();
globalThis.read_block = (number, from, to) => {
  const file = files[number];
  const now = performance.now();
  if (now - lastTold > 80) {
    lastTold = now;
    postMessage({ progress: { file: file.name, read: to, size: file.size } });
  }
  try {
    return new Uint8Array(reader.readAsArrayBuffer(file.slice(from, to)));
  } catch {
    // The engine reports that the file can't be read.
    return new Uint8Array(0);
  }
};

const operations = {
  open(list) {
    files = list;
    engine.open(JSON.stringify(list.map(({ name, size }) => ({ name, size }))));
    return null;
  },
  openSample() {
    files = [];
    engine.open_sample();
    return null;
  },
  about: () => JSON.parse(engine.about()),
  glance: (ask) => JSON.parse(engine.glance(JSON.stringify(ask))),
  suggest: (ask) => JSON.parse(engine.suggest(JSON.stringify(ask))),
  look: (ask) => JSON.parse(engine.look(JSON.stringify(ask))),
  sheet: (ask) => JSON.parse(engine.sheet(JSON.stringify(ask))),
  explain: (ask, figure) => JSON.parse(engine.explain(JSON.stringify(ask), figure)),
  compare: (ask, year, today) => JSON.parse(engine.compare(JSON.stringify(ask), year, today)),
  audit: (ask) => JSON.parse(engine.audit(JSON.stringify(ask))),
  profile: (state) => JSON.parse(engine.profile(state)),
  toml: (file, text) => JSON.parse(engine.toml(file, text)),
  isRight: (ask, what) => JSON.parse(engine.is_right(JSON.stringify(ask), what)),
  files: (ask, kind) =>
    engine.files(JSON.stringify(ask), kind).map((made) => {
      const file = { name: made.name, bytes: made.bytes };
      made.free();
      return file;
    }),
  beside: (ask) => JSON.parse(engine.beside(JSON.stringify(ask))),
  /** Makes the sample's sheet and discards it, so that everything needed is ready for the first real sheet. */
  warmUp() {
    const other = new Engine();
    const ask = JSON.stringify({ state: "NM", year: 2016, language: "en", page_language: "en" });
    other.open_sample();
    other.sheet(ask);
    for (const made of other.files(ask, "pdf")) made.free();
    other.free();
    return null;
  },
  memory: () => wasm.memory.buffer.byteLength,
  /** For tests: breaks the engine. */
  break(how) {
    if (how === "memory") throw new WebAssembly.RuntimeError("unreachable");
    panic = "broken on purpose";
    throw new WebAssembly.RuntimeError("unreachable");
  },
};

/** A failure that the engine reports, with its texts. Anything else has stopped the engine. */
function failure(error) {
  if (typeof error === "string") return JSON.parse(error);
  const what = panic || String(error?.message ?? error);
  return { stopped: true, memory: panic === "" && error instanceof WebAssembly.RuntimeError, message: what };
}

onmessage = ({ data }) => {
  if (data.module) {
    wasm = initSync({ module: data.module });
    engine = new Engine();
    postMessage({ ready: true });
    return;
  }
  const { id, operation, values } = data;
  try {
    postMessage({ id, answer: operations[operation](...values) });
  } catch (error) {
    postMessage({ id, failure: failure(error) });
  }
};
