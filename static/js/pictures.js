/* Makes a photo small on the phone: upright, at most 1600 px, about 300 kB. Only its pixels are drawn
   anew, so place and camera do not leave the phone. */

const [LONG_EDGE, WANTED_BYTES] = [1600, 300_000];
const QUALITIES = [0.82, 0.7, 0.58, 0.46];

/* Answers the bytes of a JPEG. Fails where the browser cannot read the picture: a file that cannot
   be drawn anew would take its place along. */
export async function shrink(file) {
  const drawn = await onCanvas(file);
  let blob;
  for (const quality of QUALITIES) {
    blob = await new Promise((done) => drawn.toBlob(done, "image/jpeg", quality));
    if (blob.size <= WANTED_BYTES) break;
  }
  drawn.width = drawn.height = 0; /* cheap phones free a canvas late */
  return blob.arrayBuffer();
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
