/* The conversation: asking, sources beside it, history, links, export, feedback. */
hoidap.forced = null;   // {text, keep}: a question asked by a button, and how many turns stay before it
hoidap.editing = null;  // how many turns stay before the question that is being edited
hoidap.looked = null;   // the question in whose note is said what is done for it
hoidap.messages = [];   // what goes into the chat next, see hoidap.show

hoidap.turns = () => Array.from(document.querySelectorAll(".hd-reply, .hd-pending"));
hoidap.record = (reply) => reply?.dataset.record ? JSON.parse(reply.dataset.record) : null;
hoidap.records = () => hoidap.turns().map(hoidap.record).filter(Boolean);

hoidap.filters = () => Object.fromEntries(
  ["source", "since", "until"].map((name) => [name, document.getElementById(`hd-filter-${name}`)?.value.trim() ?? ""]));

/* As qa.web.markup.escape: neither HTML nor Markdown sees anything in it. */
hoidap.escape = (text) => text.replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`).replace(/\n/g, "<br>");
hoidap.waits = (messages) => messages.length > 0 && JSON.stringify(messages.at(-1).content).includes("hd-pending");
hoidap.said = (role, html) => ({ role, content: [{ type: "text", text: html }], metadata: null, options: null });

/* What somebody typed, out of a message of theirs. */
hoidap.typed = (message) => {
  const text = typeof message.content === "string" ? message.content : message.content.map((part) => part.text ?? "").join("");
  const area = hoidap.make("textarea");
  area.innerHTML = text.replaceAll("<br>", "\n");
  return area.value;
};

/* A question is shown at once, with a note in the place of its answer; what goes to the server is in the options. */
hoidap.outgoing = (question, messages, answer) => {
  const keep = hoidap.forced ? hoidap.forced.keep : hoidap.editing;
  const asked = (hoidap.forced ? hoidap.forced.text : question).trim();
  hoidap.forced = null;
  if (!asked || hoidap.waits(messages)) return [question, messages, "", answer];
  hoidap.stopEditing();
  hoidap.chips([]);
  hoidap.selected = null;
  const stay = keep === null || keep === undefined ? messages : messages.slice(0, 2 * keep);
  const history = stay.filter((message) => message.role === "user").map(hoidap.typed);
  const options = { ...hoidap.filters(), lang: hoidap.lang, question: asked, history };
  const stop = `<button type="button" class="hd-link" data-do="stop">${hoidap.word("stop")}</button>`;
  const note = hoidap.said("assistant", `<div class="hd-pending"><span class="hd-searching">${hoidap.word("pending")}</span>` +
    `<span class="hd-looking" aria-live="off"></span> ${stop}</div>`);
  sessionStorage.setItem("hoidap.asked", asked);
  hoidap.lookOn(options).catch(() => {});  // when it cannot be told, the note says enough
  return ["", [...stay, hoidap.said("user", hoidap.escape(asked)), note], JSON.stringify(options), ""];
};

/* Says in the note, once, what is done for a question whose answer is not there at once. A screen reader has read the note:
   it is told nothing more before the answer, but can look here. */
hoidap.lookOn = async (options) => {
  hoidap.looked = options;
  await new Promise((resolve) => setTimeout(resolve, 120));
  if (hoidap.looked !== options) return;
  const { lines } = await hoidap.server.looking(options);
  if (hoidap.looked !== options || !lines) return;
  document.querySelector(".hd-pending .hd-looking")?.replaceChildren(...lines.map((line) => hoidap.make("span", {}, line)));
};

hoidap.ask = (text, keep = null) => {
  hoidap.forced = { text, keep };
  document.getElementById("hd-ask").click();
};

hoidap.field = () => document.querySelector("#hd-question textarea");
hoidap.fill = (text) => {
  const field = hoidap.field();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
};

/* Puts an answer in the place of its note; one that never came is said to be missing. */
hoidap.answered = (messages, answer) => {
  hoidap.looked = null;
  if (!hoidap.waits(messages)) return messages;
  if (!answer) return hoidap.instead(messages, "lost");
  sessionStorage.removeItem("hoidap.asked");
  return [...messages.slice(0, -1), hoidap.said("assistant", answer)];
};
/* When it stands on the page: keep the conversation, offer what to ask next. */
hoidap.settled = (messages) => {
  hoidap.keep(messages);
  hoidap.offer().catch(() => {});
};
hoidap.instead = (messages, key) => !hoidap.waits(messages) ? messages : [...messages.slice(0, -1),
  hoidap.said("assistant", `<div class="hd-reply hd-problem"><p class="hd-text">${hoidap.word(key)}</p></div>`)];

hoidap.offer = async () => {
  const record = hoidap.record(hoidap.turns().at(-1));
  if (!record) return;
  const asked = { question: record.question, history: record.history, ...hoidap.filters() };
  const still = () => hoidap.record(hoidap.turns().at(-1))?.question === record.question;
  let said;
  do {
    await new Promise((resolve) => setTimeout(resolve, said ? 1500 : 500));  // a next question goes before
    if (!still()) return;
    said = await hoidap.call("suggest", asked);
  } while (said.later);
  if (still()) hoidap.chips(said.questions);
};

hoidap.chips = (questions) => {
  const bar = document.getElementById("hd-next");
  if (!bar) return;
  const buttons = questions.map((text) => hoidap.make("button", { type: "button", class: "hd-next", "data-do": "ask" }, text));
  bar.replaceChildren(...(buttons.length ? [hoidap.make("span", {}, hoidap.word("ask_next") + ":"), ...buttons] : []));
};

hoidap.actions.ask = (button) => hoidap.ask(button.textContent);
hoidap.actions.stop = () => document.getElementById("hd-stop").click();
hoidap.stopped = (messages) => {
  hoidap.looked = null;
  sessionStorage.removeItem("hoidap.asked");
  return hoidap.instead(messages, "stopped");
};

hoidap.turnOf = (button) => hoidap.turns().indexOf(button.closest(".hd-reply"));
hoidap.actions.retry = (button) => hoidap.ask(hoidap.record(button.closest(".hd-reply")).question, hoidap.turnOf(button));
hoidap.actions.edit = (button) => {
  hoidap.editing = hoidap.turnOf(button);
  hoidap.fill(hoidap.record(button.closest(".hd-reply")).question);
  const cancel = hoidap.make("button", { type: "button", class: "hd-link", "data-do": "cancel" }, hoidap.word("cancel"));
  document.getElementById("hd-editing").replaceChildren(hoidap.word("editing") + " ", cancel);
};
hoidap.stopEditing = () => {
  hoidap.editing = null;
  document.getElementById("hd-editing")?.replaceChildren();
};
hoidap.actions.cancel = () => { hoidap.stopEditing(); hoidap.fill(""); };

hoidap.day = (iso) => iso.split("-").reverse().join("/");
hoidap.actions.copy = async (button) => {
  const record = hoidap.record(button.closest(".hd-reply"));
  const lines = record.sources.map((source) => [`[${source.number}] ${source.title}`, source.source, source.url,
    source.published && hoidap.day(source.published)].filter(Boolean).join(", "));
  await hoidap.copy([record.text, ...(record.scope ? [`${hoidap.word("scope")}: ${record.scope}`] : []), ...lines].join("\n"));
  hoidap.confirm(button, "copied");
};
hoidap.actions.link = async (button) => {
  const { question } = hoidap.record(button.closest(".hd-reply"));
  const wanted = { q: question, nguon: hoidap.filters().source, tu: hoidap.filters().since, den: hoidap.filters().until };
  const address = new URL(location.origin + location.pathname);
  for (const [name, value] of Object.entries(wanted)) if (value) address.searchParams.set(name, value);
  if (hoidap.lang === "en") address.searchParams.set("lang", "en");
  await hoidap.copy(address.href);
  hoidap.confirm(button, "copied");
};
hoidap.actions.verdict = async (button) => {
  const record = hoidap.record(button.closest(".hd-reply"));
  await hoidap.call("feedback", { verdict: button.dataset.verdict, record });
  for (const other of button.parentElement.children) other.setAttribute("aria-pressed", String(other === button));
  hoidap.toast(hoidap.word("verdict_thanks"));
};

/* --- the sources beside the chat: a view of one answer's, the newest unless another was chosen --- */
hoidap.selected = null;
hoidap.drawPanel = () => {
  const panel = document.getElementById("hd-panel");
  if (!panel) return;
  const turns = hoidap.turns(), place = hoidap.selected ?? turns.length - 1;
  const cards = turns[place]?.querySelector(".hd-cards");
  const drawn = `${place}:${turns.length}:${turns[place]?.dataset.record ?? ""}`;
  if (panel.dataset.drawn === drawn) return;
  panel.dataset.drawn = drawn;
  if (hoidap.selected === null) hoidap.reveal();
  document.getElementById("hd-side-title").textContent =
    place >= 0 && cards ? `${hoidap.word("sources_of")} ${place + 1}` : hoidap.word("sources");
  if (!cards) return panel.replaceChildren(hoidap.make("p", { class: "hd-empty" }, hoidap.word("sources_here")));
  const copy = cards.cloneNode(true);
  for (const card of copy.querySelectorAll("[data-card]")) card.id = `nguon-${place + 1}-${card.dataset.card}`;
  panel.replaceChildren(copy);
};
/* Brings the newest question to the top of the chat, so that its answer is read from the beginning. */
hoidap.reveal = () => {
  const question = Array.from(document.querySelectorAll('#hd-chat [data-testid="user"]')).at(-1);
  let box = question?.parentElement;
  while (box && !(box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
  if (box && box.closest("#hd-chat")) box.scrollTop += question.getBoundingClientRect().top - box.getBoundingClientRect().top - 12;
};
hoidap.actions.source = (button) => {
  const reply = button.closest(".hd-reply");
  hoidap.selected = hoidap.turns().indexOf(reply);
  hoidap.drawPanel();
  const inline = reply.querySelector(".hd-sources");
  let card = document.getElementById(`nguon-${hoidap.selected + 1}-${button.dataset.number}`);
  if (!card?.offsetParent) {  // a narrow page: the sources are folded below the answer
    inline.open = true;
    card = inline.querySelector(`[data-card="${button.dataset.number}"]`);
  }
  if (!card) return;
  card.scrollIntoView({ behavior: "smooth", block: "nearest" });
  card.focus({ preventScroll: true });
  card.classList.add("hd-flash");
  setTimeout(() => card.classList.remove("hd-flash"), 2000);
};

/* --- conversations kept in this browser --- */
hoidap.conversation = () => {
  let id = sessionStorage.getItem("hoidap.conversation");
  if (!id) sessionStorage.setItem("hoidap.conversation", id = String(Date.now()));
  return id;
};
hoidap.keep = (messages) => {
  const id = hoidap.conversation(), others = hoidap.stored("conversations", []).filter((one) => one.id !== id);
  let kept = [{ id, when: new Date().toISOString(), questions: hoidap.records().map((record) => record.question), messages }, ...others];
  kept = kept.slice(0, 40);
  while (!hoidap.store("conversations", kept) && kept.length > 1) kept.pop();  // the browser's room is limited
};
hoidap.show = (messages) => {
  hoidap.messages = messages;
  hoidap.chips([]);
  hoidap.selected = null;
  hoidap.stopEditing();
  document.getElementById("hd-show").click();
};
hoidap.actions.fresh = () => {
  sessionStorage.removeItem("hoidap.conversation");
  hoidap.show([]);
  hoidap.fill("");
};
hoidap.actions.history = () => {
  const rows = hoidap.stored("conversations", []).map((one) => hoidap.make("li", {},
    hoidap.make("button", { type: "button", class: "hd-link", "data-do": "resume", "data-id": one.id },
      one.questions[0] ?? "…"),
    hoidap.make("span", { class: "hd-meta" },
      ` ${new Date(one.when).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" })} · ${one.questions.length} ${hoidap.word(one.questions.length === 1 ? "asked_one" : "asked")} `),
    hoidap.make("button", { type: "button", "data-do": "forget", "data-id": one.id,
      "aria-label": `${hoidap.word("delete")}: ${one.questions[0] ?? ""}` }, hoidap.word("delete"))));
  const note = hoidap.make("p", { class: "hd-meta" }, hoidap.word(rows.length ? "history_note" : "history_none"));
  hoidap.dialog([hoidap.make("h2", {}, hoidap.word("history")), note, hoidap.make("ul", { class: "hd-history" }, ...rows)],
    hoidap.word("history"));
};
hoidap.actions.resume = (button) => {
  const one = hoidap.stored("conversations", []).find((kept) => kept.id === button.dataset.id);
  hoidap.actions.close();
  sessionStorage.setItem("hoidap.conversation", one.id);
  hoidap.show(one.messages);
};
hoidap.actions.forget = (button) => {
  hoidap.store("conversations", hoidap.stored("conversations", []).filter((one) => one.id !== button.dataset.id));
  hoidap.actions.history();
};
hoidap.actions.export = () => {
  const choices = ["docx", "md"].map((format) => hoidap.make("button", { type: "button", "data-do": "download", "data-format": format },
    hoidap.word(format === "docx" ? "export_word" : "export_markdown")));
  hoidap.dialog([hoidap.make("h2", {}, hoidap.word("export")), hoidap.make("div", { class: "hd-actions" }, ...choices)], hoidap.word("export"));
};
hoidap.actions.download = async (button) => {
  const { name, base64, type } = await hoidap.call("export", { records: hoidap.records(), format: button.dataset.format });
  hoidap.save(name, Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)), type);
  hoidap.actions.close();
};

/* --- filters: shown as chips, removed by a click --- */
hoidap.drawFilters = () => {
  const chips = Object.entries(hoidap.filters()).filter(([, value]) => value).map(([name, value]) =>
    hoidap.make("button", { type: "button", class: "hd-chip", "data-do": "unfilter", "data-name": name,
      "aria-label": `${hoidap.word("clear_filter")}: ${hoidap.word(name)} ${value}` }, `${hoidap.word(name)}: ${value} ✕`));
  document.getElementById("hd-chips")?.replaceChildren(...chips);
};
hoidap.actions.unfilter = (button) => {
  document.getElementById(`hd-filter-${button.dataset.name}`).value = "";
  hoidap.drawFilters();
};
document.addEventListener("input", (event) => { if (event.target.id?.startsWith("hd-filter-")) hoidap.drawFilters(); });

/* --- the first moment: a shared link is asked, a reloaded conversation goes on --- */
hoidap.open = async () => {
  await hoidap.started;
  const address = new URLSearchParams(location.search);
  for (const [name, key] of [["source", "nguon"], ["since", "tu"], ["until", "den"]])
    if (address.get(key)) document.getElementById(`hd-filter-${name}`).value = address.get(key);
  hoidap.drawFilters();
  const question = address.get("q"), id = sessionStorage.getItem("hoidap.conversation");
  const kept = id && hoidap.stored("conversations", []).find((one) => one.id === id);
  if (kept && (!question || kept.questions[0] === question)) hoidap.show(kept.messages);
  else if (question) hoidap.ask(question);
  const lost = sessionStorage.getItem("hoidap.asked");  // the page was loaded anew before its answer came
  if (lost && lost !== question) hoidap.fill(lost);
};
new MutationObserver(() => {
  hoidap.drawPanel();
  // Gradio names each message by its raw markup, which a screen reader would spell out
  for (const [role, key] of [["bot", "said_by"], ["user", "question"]])
    for (const message of document.querySelectorAll(`[data-testid="${role}"][aria-label*="message: "]`))
      message.setAttribute("aria-label", hoidap.word(key));
  for (const part of document.querySelectorAll(".toast-wrap :not(:has(*))"))  // Gradio's own words that cannot be set
    if (part.textContent.trim().startsWith("Connection to the server was lost")) part.textContent = hoidap.word("disconnected");
}).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["aria-label"] });
