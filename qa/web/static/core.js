"use strict";
/* Shared by the whole page: the bridge to the server, words, dialogs, toasts, look. Nothing is fetched from elsewhere. */
const hoidap = window.hoidap = {
  actions: {},
  lang: new URLSearchParams(location.search).get("lang") === "en" ? "en" : "vi",
  started: new Promise((resolve) => { window.hoidapStarted = resolve; }),
};
document.documentElement.lang = hoidap.lang;
hoidap.word = (key) => hoidapWords[hoidap.lang][key];

hoidap.start = (server, upload) => {
  hoidap.server = server;
  hoidap.upload = upload;
  window.hoidapStarted();
};

/* Calls a function of the server; what went wrong is said and thrown. */
hoidap.call = async (name, request = {}) => {
  await hoidap.started;
  let said;
  try { said = await hoidap.server[name]({ ...request, lang: hoidap.lang }); }
  catch (error) { said = { error: hoidap.word("failed") }; }
  if (said && said.error) {
    hoidap.toast(said.error, true);
    throw new Error(said.error);
  }
  return said;
};

hoidap.make = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

hoidap.toast = (text, wrong = false) => {
  let box = document.getElementById("hd-toasts");
  if (!box) box = document.body.appendChild(hoidap.make("div", { id: "hd-toasts", role: "status", "aria-live": "polite" }));
  const toast = box.appendChild(hoidap.make("div", { class: wrong ? "hd-toast hd-wrong" : "hd-toast" }, text));
  setTimeout(() => toast.remove(), wrong ? 8000 : 4000);
};

/* Shows HTML made by the server, or elements, in a dialog; Escape and a click beside it close it. */
hoidap.dialog = (content, label) => {
  document.getElementById("hd-dialog")?.remove();
  const close = hoidap.make("button", { type: "button", class: "hd-close", "data-do": "close" }, hoidap.word("close"));
  const body = hoidap.make("div", { class: "hd-body", tabindex: "0", role: "region", "aria-label": label });
  if (typeof content === "string") body.innerHTML = content;
  else body.append(...content);
  const dialog = hoidap.make("dialog", { id: "hd-dialog", class: "hd-dialog", "aria-label": label }, close, body);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return body;
};
hoidap.actions.close = () => document.getElementById("hd-dialog")?.close();

/* Opens an article at a sentence: {id, quote, start, marks}. */
hoidap.actions.open = async (button) => {
  const { html } = await hoidap.call("article", JSON.parse(button.dataset.at));
  const body = hoidap.dialog(html, hoidap.word("whole_article"));
  const here = body.querySelector(".hd-here");
  if (here) body.scrollTop = Math.max(0, here.offsetTop - body.clientHeight / 3);
  body.focus({ preventScroll: true });
};

hoidap.save = (name, content, type) => {
  const link = hoidap.make("a", { download: name, href: URL.createObjectURL(new Blob([content], { type })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

hoidap.copy = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.body.appendChild(hoidap.make("textarea"));
  area.value = text;
  area.select();
  document.execCommand("copy");
  area.remove();
};

/* Says on a button, for two seconds, that it was done. */
hoidap.confirm = (button, key) => {
  const before = button.textContent;
  button.textContent = hoidap.word(key);
  setTimeout(() => { button.textContent = before; }, 2000);
};

hoidap.stored = (key, otherwise) => {
  try { return JSON.parse(localStorage.getItem(`hoidap.${key}`)) ?? otherwise; }
  catch { return otherwise; }
};
hoidap.store = (key, value) => {
  try { localStorage.setItem(`hoidap.${key}`, JSON.stringify(value)); return true; }
  catch { return false; }
};

hoidap.actions.look = () => hoidap.store("dark", document.body.classList.toggle("dark"));
document.addEventListener("DOMContentLoaded", () => {
  const dark = hoidap.stored("dark", null);
  if (dark !== null) hoidap.started.then(() => document.body.classList.toggle("dark", dark));
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do], .hd-tries button");  // Gradio strips data-do from the placeholder
  const action = button && hoidap.actions[button.dataset.do ?? "ask"];
  if (!action) return;
  event.preventDefault();
  Promise.resolve(action(button)).catch(() => {});  // what went wrong has been said
}, true);
