/* Makes a photo small on the phone, one at a time: upright, at most 1600 px, about 300 kB. Only its
   pixels are drawn anew, so place and camera do not leave the phone. */

const [LONG_EDGE, WANTED_BYTES, LARGEST_FILE] = [1600, 300_000, 15 * 1024 * 1024];
const QUALITIES = [0.82, 0.7, 0.58, 0.46];
let turns = Promise.resolve();

/* Answers {data, type, name}. A format the browser cannot read goes to the server as it is; what
   is too large for that fails. */
export function shrink(file) {
  const result = turns.then(() => small(file));
  turns = result.catch(() => {});
  return result;
}

async function small(file) {
  let drawn;
  try {
    drawn = await onCanvas(file);
  } catch {
    if (file.size > LARGEST_FILE || !file.size) throw new Error("unreadable");
    return { data: await file.arrayBuffer(), type: file.type, name: file.name };
  }
  let blob;
  for (const quality of QUALITIES) {
    blob = await new Promise((done) => drawn.toBlob(done, "image/jpeg", quality));
    if (blob.size <= WANTED_BYTES) break;
  }
  drawn.width = drawn.height = 0; /* cheap phones free a canvas late */
  return { data: await blob.arrayBuffer(), type: "image/jpeg", name: "photo.jpg", small: true };
}

async function onCanvas(file) {
  const upright = { imageOrientation: "from-image" };
  const bitmap = await createImageBitmap(file, upright).catch(() => shown(file));
  const scale = Math.min(1, LONG_EDGE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close?.();
  return canvas;
}

/* Older iPhones show HEIC but make no bitmap of it. */
async function shown(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  return image;
}
