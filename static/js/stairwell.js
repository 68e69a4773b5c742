/* Keeping and sending, started on every page. */
import { keep, sayUnsaved } from "./drafts.js";
import { fillBlank, refreshDue, startWorker } from "./due.js";
import { showList } from "./list.js";
import { sendAll } from "./outbox.js";
import { greet } from "./person.js";
import { takeIn } from "./photos.js";
import "./sending.js";
import { onChange } from "./store.js";
import { tellAll } from "./telling.js";

/* What the next stairwell needs must not hold up this page on a weak line. */
const LATER = 3_000;
const forms = document.querySelectorAll("form[data-keep]");

async function start() {
  await greet();
  for (const form of forms)
    if (!("blank" in form.dataset) || (await fillBlank(form))) await keep(form);
  const tell = () => Promise.all([tellAll(), showList()]);
  onChange(tell);
  await tell();
  sendAll(true);
  setTimeout(() => refreshDue().then(startWorker).catch(() => {}), LATER);
}

document.addEventListener("change", (e) => {
  if (e.target.closest(".slots")) takeIn(e.target.form, e.target);
});
addEventListener("online", () => sendAll(true));
document.addEventListener("visibilitychange", () => document.hidden || sendAll(true));
start().catch(() => forms.length && sayUnsaved());
