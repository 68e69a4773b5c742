/* Logging out takes what this person left on the phone with it, after saying what is unsent. */
import { button, el, icon } from "./html.js";
import { forget, mine } from "./person.js";
import { word } from "./words.js";

document.addEventListener("submit", (e) => {
  if (!e.target.action.endsWith("/logout") || e.defaultPrevented) return;
  e.preventDefault();
  leave(e.target, e.submitter).catch(() => e.target.submit());
});

async function leave(form, pressed) {
  const unsent = (await mine("outbox")).filter((item) => item.state !== "sent").length;
  const drafts = (await mine("drafts")).length;
  if (!unsent && !drafts) return goAway(form);
  delete form.dataset.sending;
  pressed?.removeAttribute("aria-busy");
  ask(form, word("leaveWarning", { unsent, drafts }));
}

async function goAway(form) {
  await forget();
  form.submit();
}

function ask(form, warning) {
  const [sheet, body] = ["sheet", "sheet-body"].map((id) => document.getElementById(id));
  body.replaceChildren(
    el("h2", {}, icon("alert"), word("leaveTitle")),
    el("p", {}, warning),
    el("p", { class: "row wrap" },
      button(word("leaveStay"), () => sheet.close(), ""),
      button(word("leaveAnyway"), () => goAway(form), "link")));
  sheet.showModal();
}
