/* The words for each state, the same in the strip, in the list, and after saving. */
import { button, el, show, strip } from "./html.js";
import { isOpen, sendAll } from "./outbox.js";
import { mine } from "./person.js";
import { clock, word } from "./words.js";

export const link = (text, href) => el("a", { class: "btn plain", href }, text);
export const logIn = () =>
  link(word("logIn"), `/login?next=${encodeURIComponent(location.pathname + location.search)}`);
export const sendNow = () => button(word("sendNow"), () => sendAll(true));

/* Title, smaller line and sign of one record as it stands. */
export function stateOf(item) {
  const { receipt } = item;
  const got = receipt && word(receipt.number ? "received" : "taken", { number: receipt.number, time: clock(receipt.at) });
  if (item.state === "sent") return ["ok", "yes", word("sent"), got];
  if (item.state === "trouble") return ["late", "alert", word("trouble"), got ? `${got} ${item.why}` : item.why];
  if (item.state === "sending") return ["info", "send", item.left ? word("sendingPhotos", item) : word("sending"), got ?? word("storedToo")];
  return ["warn", "phone", receipt ? word("photosWait") : word("waiting"), got ?? reasonFor(item.why)];
}

export function reasonFor(why) {
  if (why === "login") return word("whyLogin");
  return why === "server" ? word("whyServer") : word("whyOffline");
}

/* One record right after it was saved. */
export function tell(panel, item) {
  if (!item) return;
  const ways = [];
  if (item.why === "login") ways.push(logIn());
  else if (item.state === "waiting" || item.state === "photos") ways.push(sendNow());
  if (item.receipt) ways.push(link(word("look"), item.receipt.url));
  /* without a network nothing else opens, unless a service worker keeps it */
  const stuck = item.why === "offline" && !navigator.serviceWorker?.controller;
  show(panel, strip(...stateOf(item), ...ways), stuck ? el("p", { class: "sub" }, word("stayHere"))
    : el("p", { class: "row wrap" }, link(word("allUnsent"), "/outbox"), link(word("home"), "/")));
}

/* The strip on every page: how many are not on the server yet. Of the only one, just saved, the
   page tells already. */
export async function tellAll() {
  const target = document.getElementById("outbox");
  if (!target) return;
  const items = await mine("outbox");
  const [open, troubled] = [items.filter(isOpen), items.filter((item) => item.state === "trouble")];
  if (!troubled.length && open.length <= document.querySelectorAll(".told").length) return show(target);
  const title = [
    open.length && word("countWaiting", { n: open.length }),
    troubled.length && word("countTrouble", { n: troubled.length }),
  ].filter(Boolean).join(" · ");
  const needsLogin = open.some((item) => item.why === "login");
  const detail = !open.length ? word("lookAtTrouble")
    : open.some((item) => item.state === "sending") ? word("sending")
    : reasonFor(needsLogin ? "login" : open[0].why);
  show(target, strip(troubled.length ? "late" : "warn", "send", el("a", { href: "/outbox" }, title), detail,
    needsLogin ? logIn() : open.length > 0 && sendNow()));
}
