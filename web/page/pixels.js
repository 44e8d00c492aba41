// Pictures in pixels, which the browser makes from SVG.

/** The width of a slide. */
const WIDTH = 1920;

/** Converts an SVG picture to a PNG file, with its title and its alt text. */
export async function inPixels({ name, bytes }) {
  const text = new TextDecoder().decode(bytes);
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const [, , wide, high] = root.getAttribute("viewBox").split(" ").map(Number);
  const height = Math.round((WIDTH * high) / wide);
  root.setAttribute("width", String(WIDTH));
  root.setAttribute("height", String(height));
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: WIDTH, height });
    canvas.getContext("2d", { alpha: false }).drawImage(image, 0, 0, WIDTH, height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const png = new Uint8Array(await blob.arrayBuffer());
    const said = ["title", "desc"].map((tag) => root.querySelector(tag)?.textContent ?? "");
    return { name: name.replace(/svg$/, "png"), bytes: withTexts(png, [["Title", said[0]], ["Description", said[1]]]) };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** After the signature and the header (PNG, 5.6). */
const AFTER_HEADER = 33;

/** The PNG with its texts (PNG, 11.3.3.4). */
function withTexts(png, texts) {
  const encoder = new TextEncoder();
  const chunks = texts.map(([key, text]) => {
    const body = encoder.encode(`iTXt${key}\0\0\0\0\0${text}`);
    const chunk = new Uint8Array(body.length + 8);
    const view = new DataView(chunk.buffer);
    view.setUint32(0, body.length - 4);
    chunk.set(body, 4);
    view.setUint32(body.length + 4, checksum(body));
    return chunk;
  });
  return new Blob([png.subarray(0, AFTER_HEADER), ...chunks, png.subarray(AFTER_HEADER)]);
}

/** CRC-32 (PNG, annex D). */
function checksum(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
  }
  return ~sum >>> 0;
}
