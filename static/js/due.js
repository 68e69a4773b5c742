/* The short list of households to visit, for a stairwell without a signal: name, building and room,
   seven days, gone at log-out. Where a service worker can run, it also opens the pages for it. */
import { signedIn } from "./person.js";
import { all, change, one } from "./store.js";

const [FRESH, KEPT] = [3_600_000, 7 * 86_400_000];

export async function dueList() {
  const [own] = await all("own");
  return own && Math.abs(Date.now() - own.at) < KEPT ? own.due : [];
}

/* Take a new one while there is a network; an old one goes, network or not. */
export async function refreshDue() {
  const own = await one("own", signedIn);
  if (!own || !("due" in document.body.dataset)) return dropOld();
  if (Math.abs(Date.now() - own.at) < FRESH) return;
  const answer = await fetch("/outbox/due", { headers: { Outbox: signedIn } }).catch(() => null);
  if (!answer?.ok) return dropOld();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const due = [...page.querySelectorAll("[data-household]")].map((row) => ({
    id: row.dataset.household,
    name: row.querySelector("b").textContent,
    door: row.querySelector("small").textContent,
  }));
  await change(["own"], (store) => store.put({ person: signedIn, due, at: Date.now() }));
}

async function dropOld() {
  if ((await dueList()).length) return;
  for (const own of await all("own"))
    if (own.due.length) await change(["own"], (store) => store.put({ ...own, due: [], at: 0 }));
}

export async function startWorker() {
  if (signedIn) await navigator.serviceWorker?.register("/sw.js");
}

/* A form that was opened without a network learns from the list whom it is about. */
export async function fillBlank(form) {
  const household = new URLSearchParams(location.search).get("household");
  const found = (await dueList()).find((each) => each.id === household);
  if (!found) return false;
  form.dataset.path = location.pathname + location.search;
  form.dataset.keep = form.dataset.keep.replace("{home}", found.name);
  form.querySelector("[data-home]").textContent = found.name;
  form.querySelector("[data-door]").textContent = found.door;
  document.querySelector("[data-unknown]").remove();
  form.hidden = false;
  const today = new Date().toLocaleDateString("sv", { timeZone: "Asia/Shanghai" });
  const day = form.elements.other_day;
  if (day) day.value = today;
  return true;
}
