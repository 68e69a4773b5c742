/* A form with data-keep saves itself while it is filled in, comes back after whatever happened, and
   is frozen into the outbox when it is saved. data-keep holds the title it goes by. */
import { button, el, show, strip } from "./html.js";
import { mine, person } from "./person.js";
import { listPhotos, settled } from "./photos.js";
import { change, photosOf } from "./store.js";
import { clock, word } from "./words.js";

const NOT_KEPT = new Set(["csrf_token", "photo_slot"]);
const SOON = 400;

export const idOf = (form) => form.elements.submission_id.value;

/* The page a form belongs to, whatever it was opened with. */
export function pathOf(form) {
  if (form.dataset.path) return form.dataset.path;
  const query = new URLSearchParams(location.search);
  query.delete("restore");
  return location.pathname + (String(query) && `?${query}`);
}

export function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string");
}

/* Bring a draft back, then keep the form from now on. */
export async function keep(form) {
  const me = await person();
  if (!me || !form.elements.submission_id) return;
  /* an answer to what was just typed is newer than the draft */
  const answered = "posted" in form.elements.submission_id.dataset;
  const draft = !answered && (await takeUp(form, me));
  if (draft) restore(form, draft);
  form.dataset.kept = "1";
  await listPhotos(form);
  let timer;
  const later = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      save(form);
    }, SOON);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && timer) save(form);
  });
  if (answered) await save(form);
}

/* The draft that the address names (#id), else the latest of this page; a refused record of the
   outbox that the address names becomes a draft again. */
async function takeUp(form, me) {
  const named = decodeURIComponent(location.hash.slice(1));
  const path = pathOf(form);
  const ours = (await mine("drafts")).filter((draft) => draft.form === path).sort((a, b) => b.at - a.at);
  return ours.find((draft) => draft.id === named) ?? (await thaw(named)) ?? ours[0];
}

/* Turn a refused record back into a draft; answers it, or nothing when it is not refused. */
export async function thaw(id) {
  const item = (await mine("outbox")).find((each) => each.id === id);
  if (item?.state !== "trouble" || item.receipt) return undefined;
  await change(["outbox", "drafts"], (outbox, drafts) => {
    outbox.delete(id);
    drafts.put(asDraft(item));
  });
  return item;
}

const recordOf = async (form) => ({ id: idOf(form), person: await person(), form: pathOf(form),
  title: form.dataset.keep, fields: fieldsOf(form), at: Date.now() });

const asDraft = ({ person, form, id, title, fields, at }) =>
  ({ key: [person, form, id], person, form, id, title, fields, at });

async function save(form) {
  try {
    const record = await recordOf(form);
    await change(["drafts"], (drafts) => {
      if (!form.dataset.frozen) drafts.put(asDraft(record));
    });
    say(word("stored", { time: clock(record.at) }));
  } catch {
    sayUnsaved();
  }
}

/* Beside the title: saved and when. */
function say(text) {
  document.getElementById("kept").textContent = text;
  document.getElementById("unsaved")?.remove();
}

/* Loud, and there until a write succeeds. */
export function sayUnsaved() {
  say("");
  const alert = strip("late", "alert", word("unsaved"), word("unsavedHow"));
  alert.id = "unsaved";
  alert.setAttribute("role", "alert");
  document.getElementById("say").after(alert);
}

function restore(form, { id, fields, at }) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!control.name || NOT_KEPT.has(control.name) || control.type === "file") continue;
    const typed = values.get(control.name) ?? [];
    if (control.type === "checkbox" || control.type === "radio")
      control.checked = typed.includes(control.value);
    else if (typed.length) control.value = typed.shift();
  }
  form.elements.submission_id.value = id;
  for (const fold of form.querySelectorAll("details.fold"))
    fold.open ||= [...fold.querySelectorAll("input:not([type=radio]), textarea")].some((c) => c.value);
  document.dispatchEvent(new Event("linli:arrived"));
  form.dispatchEvent(new Event("input"));
  const again = button(word("startAnew"), () => discard(id).then(() => location.replace(pathOf(form))));
  show(document.getElementById("say"), strip("info", "undo", word("draftBack"), word("draftOf", { time: clock(at) }), again));
}

/* By the person's own decision: the draft or record and its photos are gone. */
export async function discard(id) {
  const [drafts, photos] = [await mine("drafts"), await photosOf(id)];
  await change(["drafts", "outbox", "photos"], (d, o, p) => {
    drafts.filter((each) => each.id === id).forEach((each) => d.delete(each.key));
    photos.forEach((each) => p.delete(each.id));
    o.delete(id);
  });
}

/* Freeze the form as it is now and queue it; answers its id. Fails when it cannot be stored. */
export async function freeze(form) {
  await settled();
  const record = await recordOf(form);
  const slots = (await photosOf(record.id)).map((photo) => ["photo_slot", `${photo.id} ${photo.digest}`]);
  form.dataset.frozen = "1";
  await change(["drafts", "outbox"], (drafts, outbox) => {
    outbox.put({ ...record, fields: [...record.fields, ...slots], state: "waiting" });
    drafts.delete(asDraft(record).key);
  }).catch((error) => {
    delete form.dataset.frozen;
    throw error;
  });
  return record.id;
}
