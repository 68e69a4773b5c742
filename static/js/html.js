/* Small pieces of the page, made as elements: nothing that was typed is ever read as HTML. */

const sprite = document.querySelector("use")?.getAttribute("href").split("#")[0] ?? "";

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

export function icon(name) {
  const mould = el("template");
  mould.innerHTML = `<svg class="i" aria-hidden="true"><use href="${sprite}#i-${name}"/></svg>`;
  return mould.content.firstChild;
}

export function strip(kind, sign, title, detail, ...actions) {
  const text = el("p", { class: "grow" }, el("b", {}, title), " ",
    detail && el("small", { class: "blk" }, detail));
  return el("div", { class: `strip ${kind}` }, icon(sign), text, ...actions);
}

export const button = (text, act, kind = "plain") =>
  el("button", { class: `btn ${kind}`, type: "button", onclick: act }, text);

/* Exchange what an element shows, only when it would show something else: screen readers hear
   each change of a live region. */
export function show(target, ...children) {
  const next = el("div", {}, ...children);
  if (target.innerHTML !== next.innerHTML) target.replaceChildren(...next.childNodes);
}
