/* What happens when a kept form is saved: frozen, queued, sent, and each state told as it is. */
import { discard, freeze, idOf, keep, sayUnsaved, thaw } from "./drafts.js";
import { button, el } from "./html.js";
import { refusedPage, send } from "./outbox.js";
import { putBack, settled } from "./photos.js";
import { link, tell } from "./telling.js";
import { one, onChange, photosOf } from "./store.js";
import { word } from "./words.js";

/* A button that does not validate asks for something else than saving. */
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (!("keep" in form.dataset) || e.defaultPrevented || e.submitter?.formNoValidate) return;
  e.preventDefault();
  if (form.dataset.kept) queue(form);
  else settled().then(() => form.submit());
});

/* The phone cannot keep it: say so, and send it with its photos as a browser without scripts would. */
async function fallBack(form) {
  sayUnsaved();
  const input = form.querySelector(".slots input");
  for (const photo of await photosOf(idOf(form)).catch(() => [])) putBack(input, photo);
  form.submit();
}

async function queue(form) {
  const id = await freeze(form).catch(() => fallBack(form));
  if (!id) return;
  const panel = el("div", { class: "stack told", role: "status", tabindex: "-1" });
  const update = async () => panel.isConnected && tell(panel, await one("outbox", id));
  form.replaceWith(panel);
  entitle(form.dataset.keep);
  panel.focus();
  onChange(update);
  await update();
  const item = await send(id);
  if (item.receipt) return location.assign(item.receipt.url);
  if (item.state !== "trouble") return update();
  const page = new DOMParser().parseFromString(refusedPage(id) ?? "", "text/html");
  const answer = page.querySelector("form[data-keep]") ?? page.querySelector("#problem");
  if (answer) await reopen(panel, answer, item, page);
}

/* What the page is about now. */
function entitle(heading, title = heading) {
  document.querySelector("h1").textContent = heading;
  document.title = title;
}

/* A refused record is a draft again: show the form with its errors, or the page that tells why. */
async function reopen(panel, answer, item, page) {
  await thaw(item.id);
  panel.replaceWith(answer);
  window.htmx?.process(answer);
  entitle(page.querySelector("h1")?.textContent ?? "", page.title);
  const form = answer.matches("form") ? answer : answer.querySelector("form[method=post]");
  if (form) {
    Object.assign(form.dataset, { keep: item.title, path: item.form });
    if (form === answer) await keep(form);
    else form.dataset.kept = "1";
  } else answer.append(ways(item));
  document.dispatchEvent(new Event("linli:arrived"));
}

function ways(item) {
  const drop = () => discard(item.id).then(() => location.assign("/"));
  return el("p", { class: "row wrap" },
    link(word("openAgain"), `${item.form}#${item.id}`), button(word("drop"), drop));
}
