/* Sends what the phone keeps: the record first, then each of its photos under its own id.
   waiting → sending → photos → sent, or trouble. Only a receipt ends the waiting. */
import { request } from "./post.js";
import { mine } from "./person.js";
import { asJpeg } from "./photos.js";
import { asked, change, newId, one, photosOf } from "./store.js";

const [FIRST_PAUSE, LONGEST_PAUSE, ANSWER_WITHIN] = [5_000, 300_000, 30_000];
const RECEIPT_KEPT = 86_400_000;
const FINAL = [400, 403, 404, 409, 413, 415, 422];
const OPEN = ["waiting", "sending", "photos"];
const refusedPages = new Map();
let running;
let next;
let again;

export const isOpen = (item) => OPEN.includes(item.state);
export const refusedPage = (id) => refusedPages.get(id);

/* Send everything that is due; `now` also what was told to wait. One round at a time, and one more
   when somebody asked for it meanwhile. */
export function sendAll(now = false) {
  if (running) return now ? (next ??= running.then(() => sendAll(true))) : running;
  next = undefined;
  running = run(now).catch(() => {}).finally(() => (running = undefined));
  return running;
}

async function run(now) {
  for (const item of await mine("outbox")) {
    if (item.state === "sent" && Date.now() - item.at > RECEIPT_KEPT)
      await change(["outbox"], (outbox) => outbox.delete(item.id));
    if ((await send(item.id, now))?.why === "login") return;
  }
}

/* Come back when the next one is due. */
async function plan() {
  const open = (await mine("outbox")).filter((item) => isOpen(item) && item.why !== "login");
  clearTimeout(again);
  if (!open.length) return;
  const pauses = open.map((item) => remaining(item.until));
  again = setTimeout(sendAll, Math.max(1_000, Math.min(...pauses)));
}

/* How long until then; a clock that was set back must not make it endless. */
function remaining(until = 0) {
  const left = until - Date.now();
  return left > 0 && left <= LONGEST_PAUSE ? left : 0;
}

/* Send one record and its photos; answers how it stands afterwards. */
export const send = (id, now = true) =>
  inTurn(id, now).finally(() => plan().catch(() => {}));

/* Where the browser has locks (HTTPS), a dead tab's record is free at once, and `now` waits for
   whoever is at it; elsewhere it is free when its time is over. Should two tabs ever send the same,
   the server takes it once. */
async function inTurn(id, now) {
  if (!navigator.locks) return sendAlone(id, now, false);
  return navigator.locks.request(`linli ${id}`, { ifAvailable: !now }, (lock) =>
    lock ? sendAlone(id, now, true) : one("outbox", id),
  );
}

async function sendAlone(id, now, isLocked) {
  let item = await claim(id, now, isLocked);
  if (item?.state !== "sending" || !item.claim) return item;
  if (!item.receipt) item = await outcome(item, await request(item.form, new URLSearchParams(item.fields), item.person));
  return item.receipt && item.state === "sending" ? sendPhotos(item) : item;
}

function claim(id, now, isLocked) {
  return change(["outbox"], async (outbox) => {
    const item = await asked(outbox.get(id));
    if (!item || !isOpen(item)) return item;
    const left = remaining(item.until);
    if (left && !(item.state === "sending" ? isLocked : now)) return { ...item, claim: undefined };
    const claimed = { ...item, state: "sending", claim: newId(), until: Date.now() + ANSWER_WITHIN };
    outbox.put(claimed);
    return claimed;
  });
}

/* Write the next state, unless somebody else has taken the record over meanwhile. */
function store(item) {
  return change(["outbox"], async (outbox) => {
    const stored = await asked(outbox.get(item.id));
    if (stored?.claim !== item.claim) return { ...stored, state: "taken" };
    outbox.put(item);
    return item;
  });
}

/* What the answer means for the record. With the receipt its fields leave the phone. */
function outcome(item, answer) {
  const { receipt } = answer;
  if (receipt) return store({ ...item, fields: undefined, tries: 0, at: Date.now(), receipt });
  if (!FINAL.includes(answer.status)) return store(paused(item, answer));
  refusedPages.set(item.id, answer.text);
  return store({ ...item, state: "trouble", status: answer.status, why: reason(answer) });
}

/* Try again in 5 s, then 10, 20 … up to 5 minutes. */
function paused(item, answer) {
  const tries = (item.tries ?? 0) + 1;
  const until = Date.now() + Math.min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE);
  const why = answer.status === 401 ? "login" : answer.status ? "server" : "offline";
  return { ...item, state: item.receipt ? "photos" : "waiting", tries, until, why };
}

async function sendPhotos(item) {
  let { refused } = item;
  const photos = (await photosOf(item.id)).filter((each) => !each.why);
  for (const [sent, photo] of photos.entries()) {
    item = await store({ ...item, left: photos.length - sent, until: Date.now() + ANSWER_WITHIN });
    if (item.state !== "sending") return item;
    const answer = await request(`/outbox/photos/${photo.id}`, asFile(photo), item.person);
    if (!answer.receipt && !FINAL.includes(answer.status)) return store(paused(item, answer));
    if (!answer.receipt) refused = reason(answer);
    await change(["photos"], (photos) => {
      if (answer.receipt) photos.delete(photo.id);
      else photos.put({ ...photo, why: refused });
    });
  }
  /* the page of the record itself, where somebody waits for them */
  document.querySelector(`[data-missing="${item.receipt.url}"]`)?.remove();
  const done = { ...item, at: Date.now(), until: 0, why: undefined };
  return store(refused ? { ...done, state: "trouble", why: refused, refused } : { ...done, state: "sent" });
}

function asFile(photo) {
  const body = new FormData();
  body.append("photo", asJpeg(photo));
  return body;
}

/* What the refusing page says, in its own words. */
function reason({ status, text }) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const said = page.querySelector("#problem p") ?? page.querySelector(".errors li");
  return said?.textContent.trim() || String(status);
}
