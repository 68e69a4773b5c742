/* Progressive enhancement. Every page works without scripts. */
import { el } from "./html.js";
import "./leaving.js";
import "./stairwell.js";

document.documentElement.classList.add("js");

const on = (event, selector, act) =>
  document.addEventListener(event, (e) => {
    const found = e.target.closest?.(selector);
    if (found) act(found, e);
  });

/* ---- passwords, templates, copying ---- */
on("click", "[data-show-password]", (button) => {
  const input = document.getElementById(button.dataset.showPassword);
  const word = button.querySelector("span");
  const shown = input.type === "password";
  button.dataset.showText ||= word.textContent;
  input.type = shown ? "text" : "password";
  word.textContent = shown ? button.dataset.hideText : button.dataset.showText;
  button.setAttribute("aria-pressed", shown);
});

on("click", "[data-fill]", (button) => {
  const input = document.getElementById(button.dataset.fill);
  const text = button.textContent.trim();
  const before = input.value.trim();
  if (before.includes(text)) return;
  input.value = before ? `${before.replace(/[，。；,.;]$/, "")}，${text}` : text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
});

on("click", "[data-copy]", async (button) => {
  const source = document.getElementById(button.dataset.copy);
  const text = source.value ?? source.textContent.trim();
  /* the clipboard API needs HTTPS; on a plain intranet the old command still works */
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else {
    source.select?.();
    document.execCommand("copy");
  }
  button.lastElementChild.textContent = button.dataset.done;
});

on("click", "[data-print]", () => window.print());

/* how long a text is, of how long it may be: <textarea data-count-text="{n} / 120 字"> */
function count(field) {
  const [label] = field.labels;
  if (!label.querySelector(".counted")) label.append(el("small", { class: "counted" }));
  label.querySelector(".counted").textContent = field.dataset.countText.replace("{n}", [...field.value].length);
}
on("input", "[data-count-text]", count);

on("change", "[data-auto-submit]", (control) => control.form.requestSubmit());

/* ---- a form whose saving takes a while: data-waits says where to ask how far it is ---- */
on("submit", "[data-waits]", (form) => {
  const waiting = form.querySelector(".waiting");
  waiting.hidden = false;
  const ask = async () => {
    const answer = await fetch(form.dataset.waits).catch(() => null);
    if (answer?.ok) waiting.innerHTML = await answer.text();
    setTimeout(ask, 700);
  };
  ask();
});

/* ---- one submit per click ---- */
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (form.method !== "post" || form.target || e.submitter?.formTarget) return;
  if (form.dataset.sending) {
    e.preventDefault();
    e.stopImmediatePropagation();
  }
  form.dataset.sending = "1";
  e.submitter?.setAttribute("aria-busy", "true");
}, true);
function rest() {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}
/* a download leaves the page standing; a page from the back cache must be usable again */
on("submit", "[data-download]", () => setTimeout(rest, 3000));
window.addEventListener("pageshow", rest);
document.addEventListener("htmx:finally:request", rest);
document.addEventListener("linli:arrived", settle);

/* ---- sheets ---- */
on("click", "[data-close]", (button) => button.closest("dialog").close());
on("click", "dialog", (dialog, e) => e.target === dialog && dialog.close());

/* ---- after a page or a fragment has arrived ---- */
function settle() {
  document.querySelectorAll("[data-count-text]").forEach(count);
  const errors = document.querySelector(".errors[data-focus]");
  errors?.removeAttribute("data-focus");
  errors?.focus();
  if (!errors) document.querySelector("#say .problem")?.scrollIntoView({ block: "center" });
}
document.addEventListener("htmx:after:swap", () => {
  const sheet = document.getElementById("sheet");
  if (sheet?.querySelector("#sheet-body > *") && !sheet.open) sheet.showModal();
  settle();
});
document.addEventListener("close", (e) => {
  if (e.target.id === "sheet") document.getElementById("sheet-body").replaceChildren();
}, true);
settle();
