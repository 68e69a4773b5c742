/* The photos of a kept form: made small, stored, and shown at once; they leave after their record. */
import { el, icon } from "./html.js";
import { person } from "./person.js";
import { shrink } from "./pictures.js";
import { sha256 } from "./sha256.js";
import { change, newId, photosOf } from "./store.js";
import { word } from "./words.js";

const pending = new Map();

/* All that was chosen is stored, or was refused aloud. */
export const settled = (form) => pending.get(form) ?? Promise.resolve();

export async function listPhotos(form) {
  const input = form.querySelector(".slot input[type=file]");
  if (!input) return;
  for (const photo of await photosOf(form.elements.submission_id.value))
    input.closest(".photos").prepend(figureOf(photo));
}

/* Take what was chosen out of the input, one photo after the other. */
export function takeIn(form, input) {
  const files = [...input.files];
  const list = input.closest(".photos");
  input.value = "";
  const work = settled(form).then(async () => {
    for (const file of files) await takeOne(form, list, file);
  });
  pending.set(form, work);
  return work;
}

async function takeOne(form, list, file) {
  const waiting = el("figure", { class: "photo" }, el("div", { class: "slot", "aria-busy": "true" }, word("shrinking")));
  list.prepend(waiting);
  try {
    const small = await shrink(file);
    const photo = { ...small, id: newId(), person: await person(), digest: await sha256(small.data),
      record: form.elements.submission_id.value, at: Date.now() };
    await change(["photos"], (photos) => photos.put(photo));
    waiting.replaceWith(figureOf(photo));
    form.dispatchEvent(new Event("change", { bubbles: true }));
  } catch (error) {
    const why = error.message === "unreadable" ? word("photoUnreadable") : word("photoUnsaved");
    waiting.replaceChildren(el("p", { class: "error", role: "alert" }, icon("alert"), `${file.name}：${why}`));
  }
}

function figureOf(photo) {
  const address = URL.createObjectURL(new Blob([photo.data], { type: photo.type }));
  const picture = el("img", { src: address, alt: word("photo"), width: 320, height: 240 });
  const drop = el("button", { class: "icon-btn", type: "button", onclick: () => remove(photo.id, figure) },
    icon("x"), el("span", { class: "vh" }, word("photoDrop")));
  const figure = el("figure", { class: "photo" }, picture, drop,
    el("figcaption", { class: "is-wait" }, icon("phone"), word(photo.small ? "waiting" : "photoAsIs")));
  return figure;
}

async function remove(id, figure) {
  await change(["photos"], (photos) => photos.delete(id));
  figure.remove();
}
