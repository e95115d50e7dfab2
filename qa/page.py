"""The chat page's look, script and Vietnamese words: constants, nothing fetched from anywhere."""

from __future__ import annotations

CSS = """
:root { --hd-key: #ffe08a; --hd-quote: #fff6d6; --hd-ink: #1c1917; --hd-warn: #b45309; --hd-good: #15803d;
  --hd-link: #1d4ed8; --hd-soft: #57534e; }
.dark { --hd-key: #a16207; --hd-quote: #453a1a; --hd-ink: #fafaf9; --hd-warn: #fbbf24; --hd-good: #4ade80;
  --hd-link: #7cb0ff; --hd-soft: #b5b0aa; }
.gradio-container { width: 100% !important; max-width: 1360px !important; margin: 0 auto !important; }
.gradio-container textarea::placeholder { color: var(--hd-soft) !important; }
#hd-head { padding: 0; }
#hd-head h1 { font-size: 1.35rem; font-weight: 700; margin: 0; }
#hd-head .hd-status, #hd-head .hd-skipped { display: inline-block; vertical-align: top;
  margin: .15rem 1rem 0 0; color: var(--hd-soft); font-size: .9rem; }
#hd-head .hd-skipped[open] { display: block; }
#hd-head .hd-skipped ul { max-height: 30dvh; overflow: auto; margin: .25rem 0 0; padding-left: 1.2rem;
  list-style: disc; overflow-wrap: anywhere; }
#hd-head summary { cursor: pointer; }
#hd-question button { background: var(--button-primary-background-fill);
  color: var(--button-primary-text-color); }
#hd-head .hd-skipped, #hd-head .hd-skipped * { color: var(--hd-soft); line-height: 1.5; }
.message .prose { opacity: 1; }
#hd-filters .form { display: flex; flex-flow: row wrap; }
#hd-filters .form > * { flex: 1 1 160px; min-width: 160px; }
.hd-hello { text-align: center; line-height: 1.6; }
.hd-reply { color: var(--body-text-color); }
.hd-reply p { margin: 0 0 .5rem; }
.hd-reply .hd-text { font-size: 1.05rem; line-height: 1.6; overflow-wrap: anywhere; }
.hd-reply .hd-heading { font-weight: 700; color: var(--hd-warn); }
.hd-nearest, .hd-none, .hd-problem { border-left: 4px solid var(--hd-warn); padding-left: .75rem; }
.hd-none { border-left: 4px dashed var(--hd-soft); }
.hd-none .hd-heading { color: var(--hd-soft); }
.hd-reply .hd-references { list-style: none; padding: 0; margin: 0 0 .5rem; font-size: .88rem; }
.hd-reply .hd-references li { margin: 0 0 .15rem; line-height: 1.45; color: var(--hd-soft); }
.hd-reply .hd-understood, .hd-reply .hd-scope, .hd-reply .hd-footer { font-size: .85rem; color: var(--hd-soft); }
.hd-reply .hd-footer { margin: 0; display: flex; gap: .75rem; align-items: center; flex-wrap: wrap; }
.hd-reply .hd-high { color: var(--hd-good); }
.hd-reply .hd-low { color: var(--hd-warn); }
.hd-reply a.hd-marker { text-decoration: none; font-weight: 600; padding: 0 .1rem; color: var(--hd-link); }
.hd-reply a.hd-copy { color: var(--hd-link); }
.hd-reply blockquote, #hd-side .hd-panel blockquote { border: 0;
  border-left: 3px solid var(--border-color-primary); margin: .5rem 0 !important;
  padding: .1rem 0 .1rem .75rem; overflow-wrap: anywhere; line-height: 1.55; }
.hd-panel { color: var(--body-text-color); }
.hd-panel h2 { font-size: 1rem; font-weight: 700; margin: 0 0 .5rem; }
.hd-panel h3 { font-size: .98rem; font-weight: 650; margin: 0; line-height: 1.4; overflow-wrap: anywhere; }
.hd-panel .hd-number { display: inline-block; min-width: 1.45em; text-align: center; border-radius: .4em;
  background: #1d4ed8; color: #fff; font-size: .82em; }
.hd-panel .hd-meta, .hd-panel .hd-empty, .hd-panel .hd-note { font-size: .85rem; margin: .25rem 0;
  color: var(--hd-soft); overflow-wrap: anywhere; }
.hd-panel .hd-note { color: var(--hd-warn); }
.hd-panel .hd-card { border: 1px solid var(--border-color-primary); border-radius: 10px; padding: .75rem;
  margin: 0 0 .75rem; background: var(--background-fill-primary); scroll-margin-top: .5rem; }
.hd-panel .hd-card:focus { outline: none; }
.hd-panel .hd-card.hd-flash { box-shadow: inset 0 0 0 3px var(--hd-link); }
.hd-panel summary { cursor: pointer; padding: .35rem 0; font-size: .92rem; }
.hd-panel summary:focus-visible, .hd-panel a:focus-visible, .hd-reply a:focus-visible {
  outline: 2px solid var(--hd-link); outline-offset: 2px; }
.hd-panel .hd-article summary, .hd-panel a.hd-original { color: var(--hd-link); font-size: .92rem; }
.hd-panel a.hd-original { display: inline-block; margin: 0; padding: .25rem 0; }
.hd-panel .hd-body { max-height: 55dvh; overflow: auto; border: 1px solid var(--border-color-primary);
  border-radius: 8px; padding: .5rem .75rem; line-height: 1.6; overflow-wrap: anywhere; position: relative; }
.hd-panel .hd-body p { margin: 0 0 .6rem; }
.hd-panel .hd-others ul { list-style: none; padding: 0; margin: 0; font-size: .9rem; }
.hd-panel mark { background: var(--hd-quote); color: var(--hd-ink); padding: .05em 0; }
.hd-panel mark.hd-key { background: var(--hd-key); font-weight: 650; }
@media (min-width: 900px) { #hd-side { max-height: calc(100dvh - 8rem); overflow: auto; flex-wrap: nowrap; } }
"""

HEAD = """
<style>@media (max-width: 640px) { .gradio-container .main.app { padding: .5rem !important; } }</style>
<script>
document.documentElement.lang = "vi";
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.hd-marker, a.hd-copy");
  if (!link) return;
  event.preventDefault();
  if (link.classList.contains("hd-copy")) return hoidapCopy(link);
  const card = document.getElementById(link.hash.slice(1));
  if (!card) return;
  const folded = card.closest("details.hd-earlier");
  if (folded) folded.open = true;
  card.scrollIntoView({ behavior: "smooth", block: "start" });
  card.focus({ preventScroll: true });
  card.classList.add("hd-flash");
  setTimeout(() => card.classList.remove("hd-flash"), 2000);
}, true);
document.addEventListener("toggle", (event) => {
  const details = event.target;
  if (!details.open || !details.matches("details.hd-article")) return;
  const body = details.querySelector(".hd-body"), here = body.querySelector(".hd-here");
  if (here) body.scrollTop = Math.max(0, here.offsetTop - body.clientHeight / 3);
  details.scrollIntoView({ block: "nearest" });
}, true);
new MutationObserver(() => {
  // Gradio names each message by its raw markup, which a screen reader would spell out
  for (const [role, name] of [["bot", "Trả lời"], ["user", "Câu hỏi"]])
    for (const message of document.querySelectorAll(`[data-testid="${role}"][aria-label*="message: "]`))
      message.setAttribute("aria-label", name);
}).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["aria-label"] });
async function hoidapCopy(link) {
  const wanted = ".hd-heading, .hd-text, blockquote, .hd-references li";
  const parts = link.closest(".hd-reply").querySelectorAll(wanted);
  const text = Array.from(parts, (part) => part.innerText.trim()).join("\\n");
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else {
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  link.textContent = "Đã chép";
  setTimeout(() => { link.textContent = "Chép"; }, 2000);
}
</script>
"""

HELLO = (
    '<div class="hd-hello"><b>Hỏi bằng câu thường.</b><br>Câu trả lời được trích nguyên văn, kèm nguồn.</div>'
)
"""Stands in the chat before the first question."""

WORDS = {
    "chatbot.retry": "Hỏi lại",
    "chatbot.undo": "Bỏ lượt cuối",
    "chatbot.clear": "Xóa cuộc trò chuyện",
    "common.clear": "Xóa",
    "common.loading": "Đang tải",
    "common.error": "Lỗi",
}
"""Gradio's own words, by its keys; it ships no Vietnamese."""
