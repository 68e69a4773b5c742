/* The photos of a form: made small, stored, and shown at once; they leave after their record. No file
   leaves as it was taken: it would bring its place along. */
import { el, icon } from "./html.js";
import { person } from "./person.js";
import { shrink } from "./pictures.js";
import { sha256 } from "./sha256.js";
import { change, newId, photosOf } from "./store.js";
import { word } from "./words.js";

let pending = Promise.resolve();

/* All that was chosen is stored, or was refused aloud. */
export const settled = () => pending;

export const asJpeg = ({ data }) => new File([data], "photo.jpg", { type: "image/jpeg" });

/* Also those that were chosen before this script had come. */
export async function listPhotos(form) {
  const inputs = form.querySelectorAll(".slots input");
  for (const photo of await photosOf(form.elements.submission_id.value)) add(inputs[0], figureOf(photo));
  for (const input of inputs) takeIn(form, input);
}

/* Take what was chosen out of the input, one photo after the other. */
export function takeIn(form, input) {
  const files = [...input.files];
  input.value = "";
  for (const file of files) pending = pending.then(() => takeOne(form, input, file));
}

async function takeOne(form, input, file) {
  const waiting = el("figure", { class: "photo" }, el("div", { class: "slot", "aria-busy": "true" }, word("shrinking")));
  add(input, waiting);
  let why = "photoUnreadable";
  try {
    const photo = { data: await shrink(file) };
    why = "photoUnsaved";
    if (form.dataset.kept) await keepPhoto(form, photo);
    else putBack(input, photo);
    waiting.replaceWith(figureOf(photo));
    form.dispatchEvent(new Event("change", { bubbles: true }));
  } catch {
    waiting.replaceWith(el("p", { class: "err", role: "alert" }, icon("alert"), `${file.name}：${word(why)}`));
  }
}

async function keepPhoto(form, photo) {
  Object.assign(photo, { id: newId(), person: await person(), digest: await sha256(photo.data),
    record: form.elements.submission_id.value, at: Date.now() });
  await change(["photos"], (photos) => photos.put(photo));
}

/* Where nothing can be kept, the small one goes with the form in place of what was chosen. */
export function putBack(input, photo) {
  const files = new DataTransfer();
  for (const file of [...input.files, asJpeg(photo)]) files.items.add(file);
  input.files = files.files;
}

/* The newest stands right above the places to choose one. */
const add = (input, figure) => input.closest(".slots").before(figure);

function figureOf(photo) {
  const address = URL.createObjectURL(asJpeg(photo));
  const picture = el("img", { src: address, alt: word("photo"), width: 320, height: 240 });
  const drop = el("button", { class: "icon-btn", type: "button", onclick: () => remove(photo.id, figure) },
    icon("x"), el("span", { class: "vh" }, word("photoDrop")));
  const figure = el("figure", { class: "photo" }, picture,
    photo.id && drop, photo.id && el("figcaption", { class: "is-wait" }, icon("phone"), word("waiting")));
  return figure;
}

async function remove(id, figure) {
  await change(["photos"], (photos) => photos.delete(id));
  figure.remove();
}
