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
  const label = document.querySelector(`label[for="${field.id}"]`);
  let said = label.querySelector(".counted");
  if (!said) {
    said = document.createElement("small");
    said.className = "counted";
    label.append(said);
  }
  said.textContent = field.dataset.countText.replace("{n}", [...field.value].length);
}
on("input", "[data-count-text]", count);
on("restored", "[data-count-text]", count);

on("change", "[data-auto-submit]", (control) => control.form.requestSubmit());

/* ---- a form whose saving takes a while: data-waits says where to ask how far it is ---- */
document.addEventListener("submit", (event) => {
  const waiting = event.target.querySelector?.(".waiting");
  if (!event.target.dataset.waits || !waiting) return;
  waiting.hidden = false;
  const ask = async () => {
    const answer = await fetch(event.target.dataset.waits).catch(() => null);
    if (answer?.ok) waiting.innerHTML = await answer.text();
    setTimeout(ask, 700);
  };
  ask();
});

/* ---- photos: how many were chosen, and a look at the first ---- */
on("change", ".slot input[type=file]", (input) => {
  if (input.form.dataset.kept) return;
  const slot = input.closest(".slot");
  const word = slot.querySelector("[data-count]");
  const [first] = input.files;
  word.dataset.empty ||= word.textContent;
  slot.parentElement.querySelector(`[data-of="${input.id}"]`)?.remove();
  slot.classList.toggle("has-file", Boolean(first));
  word.textContent = first ? word.dataset.count.replace("{n}", input.files.length) : word.dataset.empty;
  if (!first) return;
  /* one that this browser cannot read stays unseen; the server will say what it is */
  const image = el("img", { src: URL.createObjectURL(first), alt: first.name });
  const figure = el("figure", { class: "photo", "data-of": input.id }, image);
  image.onerror = () => (figure.hidden = true);
  slot.before(figure);
});

/* ---- one submit per click ---- */
function busy(form, submitter) {
  if (form.method !== "post" || form.target) return true;
  if (form.dataset.sending) return false;
  form.dataset.sending = "1";
  submitter?.setAttribute("aria-busy", "true");
  return true;
}
function rest(root) {
  for (const form of root.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  for (const button of root.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}
document.addEventListener(
  "submit",
  (e) => {
    if (busy(e.target, e.submitter)) return;
    e.preventDefault();
    e.stopImmediatePropagation();
  },
  true,
);
/* a download leaves the page standing; a page from the back cache must be usable again */
document.addEventListener("submit", (e) => {
  if (e.target.matches("[data-download]")) setTimeout(() => rest(document), 3000);
});
window.addEventListener("pageshow", () => rest(document));
document.addEventListener("htmx:finally:request", () => rest(document));
document.addEventListener("linli:arrived", () => settle());

/* ---- sheets ---- */
const sheet = () => document.getElementById("sheet");
on("click", "[data-close]", (button) => button.closest("dialog").close());
on("click", "dialog", (dialog, e) => e.target === dialog && dialog.close());
on("click", "[data-open]", (button, e) => {
  e.preventDefault();
  document.getElementById(button.dataset.open).showModal();
});

/* ---- after a page or a fragment has arrived ---- */
function settle() {
  document.querySelectorAll("[data-count-text]").forEach(count);
  const errors = document.querySelector(".errors[data-focus]");
  errors?.removeAttribute("data-focus");
  errors?.focus();
  if (!errors) document.querySelector("#say .problem")?.scrollIntoView({ block: "center" });
}
document.addEventListener("htmx:after:swap", () => {
  const body = document.getElementById("sheet-body");
  if (body?.firstElementChild && !sheet().open) sheet().showModal();
  settle();
});
document.addEventListener("close", (e) => {
  if (e.target.id === "sheet") document.getElementById("sheet-body").replaceChildren();
}, true);
settle();
