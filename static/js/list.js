/* The page of what this phone keeps: what waits, drafts, what arrived, and whom to visit. */
import { discard } from "./drafts.js";
import { button, el, icon, show } from "./html.js";
import { dueList } from "./due.js";
import { isOpen } from "./outbox.js";
import { mine, person } from "./person.js";
import { link, stateOf } from "./telling.js";
import { all } from "./store.js";
import { clock, word } from "./words.js";

export async function showList() {
  const page = document.getElementById("kept-here");
  if (!page) return;
  const [items, drafts, me] = [await mine("outbox"), await mine("drafts"), await person()];
  const [sent, unsent] = [true, false].map((is) => items.filter((item) => (item.state === "sent") === is));
  const parts = {
    unsent: unsent.map(row), drafts: drafts.map(draftRow), sent: sent.map(row),
    due: (await dueList()).map(dueRow),
    lost: location.pathname !== "/outbox",
    nobody: !me, empty: me && !unsent.length && !drafts.length,
    others: (await all("outbox")).some((item) => item.person !== me && isOpen(item)),
    https: isSecureContext, http: !isSecureContext,
  };
  for (const part of page.querySelectorAll("[data-part]")) {
    const content = parts[part.dataset.part];
    part.hidden = !(content.length ?? content);
    if (content.map) show(part.lastElementChild, ...content);
  }
  page.hidden = false;
}

const line = (sign, title, detail, ...ways) =>
  el("li", {}, icon(sign), el("p", { class: "grow" }, el("b", {}, title), el("small", { class: "blk" }, detail)),
    el("p", { class: "row ways" }, ...ways));

function row(item) {
  const [, sign, state, detail] = stateOf(item);
  const trouble = item.state === "trouble";
  return line(sign, item.title, [`${state} · ${detail}`, ...(trouble ? typedIn(item) : [])].join(" · "),
    trouble && !item.receipt && link(word("openAgain"), `${item.form}#${item.id}`),
    item.receipt && link(word("look"), item.receipt.url),
    trouble && dropButton(item.id));
}

/* What was written, for a record that the server will never take: to be copied or told. */
const typedIn = ({ fields = [] }) => fields.map(([, text]) => text).filter((text) => /[^\x00-\x7f]/.test(text));

const draftRow = ({ title, at, form, id }) =>
  line("pen", title, word("stored", { time: clock(at) }), link(word("goOn"), `${form}#${id}`), dropButton(id));

const dueRow = ({ id, name, door }) =>
  line("door", name, door, link(word("writeVisit"), `/visits/new?household=${id}`));

/* Asks once: the second tap throws away. */
function dropButton(id) {
  const drop = button(word("drop"), () => {
    if (drop.dataset.sure) return discard(id);
    drop.dataset.sure = "1";
    drop.textContent = word("dropSure");
  }, "link");
  return drop;
}
