/* The tab of articles: list, search, upload, progress. */
hoidap.page = 0;
hoidap.seen = null;  // the generation this page has shown last

hoidap.listArticles = async (page = hoidap.page) => {
  const place = document.getElementById("hd-articles");
  if (!place) return;
  hoidap.page = page;
  const search = document.getElementById("hd-article-search").value;
  const { html } = await hoidap.call("articles", { search, page });
  place.innerHTML = html;
};
hoidap.actions.turn = (button) => hoidap.listArticles(Number(button.dataset.page));

hoidap.add = async (request) => {
  await hoidap.call("add", request);
  return hoidap.watch();
};
hoidap.addFiles = async (files) => {
  const bar = document.getElementById("hd-progress"), sent = [];
  for (const file of files) {
    bar.textContent = `${hoidap.word("stage_start")}: ${file.name} (${sent.length + 1}/${files.length})`;
    try { sent.push({ path: (await hoidap.upload(file)).path, name: file.name }); }
    catch (error) { hoidap.toast(`${file.name}: ${hoidap.word("failed")}`, true); }
  }
  if (sent.length) await hoidap.add({ files: sent });
  else bar.textContent = "";
};
const hoidapValue = (id) => document.getElementById(id).value;
hoidap.actions.addText = async () => {
  const text = Object.fromEntries(["title", "source", "day", "body"].map((name) => [name, hoidapValue(`hd-text-${name}`)]));
  await hoidap.add({ text });
  for (const name of Object.keys(text)) document.getElementById(`hd-text-${name}`).value = "";
};
hoidap.actions.addUrl = () => hoidap.add({ url: hoidapValue("hd-url") });
hoidap.actions.rebuild = () => hoidap.call("rebuild").then(hoidap.watch);
hoidap.actions.restore = (button) => hoidap.call("restore", { path: button.dataset.path }).then(hoidap.watch);
hoidap.actions.remove = async (button) => {
  if (!confirm(`${hoidap.word("remove_sure")}\n${button.getAttribute("aria-label")}`)) return;
  await hoidap.call("remove", { path: button.dataset.path });
  await hoidap.watch();
};
hoidap.actions.undo = async () => {
  await hoidap.call("undo");
  hoidap.toast(hoidap.word("undone"));
  await hoidap.look();
};

/* Looks once at what the index is doing; says so when another generation is published. */
hoidap.look = async () => {
  const now = await hoidap.call("progress");
  const bar = document.getElementById("hd-progress"), undo = document.getElementById("hd-undo");
  if (bar && bar.dataset.shown !== now.html) { bar.innerHTML = now.html; bar.dataset.shown = now.html; }
  if (undo) undo.disabled = !now.undo;
  if (hoidap.seen !== now.generation) {
    if (hoidap.seen !== null) {
      const { html, status } = await hoidap.call("news");
      document.getElementById("hd-head").querySelector(".hd-top > div").innerHTML = html;
      hoidap.toast(`${hoidap.word("updated")}: ${status}`);
    }
    hoidap.seen = now.generation;
    hoidap.listArticles().catch(() => {});
  }
  return now;
};
hoidap.watch = async () => {
  let now;
  do {
    now = await hoidap.look();
    await new Promise((resolve) => setTimeout(resolve, 500));
  } while (now.running);
  await hoidap.listArticles();
};

document.addEventListener("input", (event) => { if (event.target.id === "hd-article-search") hoidap.listArticles(0); });
document.addEventListener("change", (event) => {
  if (event.target.id !== "hd-files") return;
  hoidap.addFiles([...event.target.files]).catch(() => {});
  event.target.value = "";
});
document.addEventListener("keydown", (event) => {
  if ((event.key === "Enter" || event.key === " ") && event.target.matches?.("label.hd-button")) {
    event.preventDefault();
    event.target.querySelector("input").click();
  }
});
for (const kind of ["dragover", "dragleave", "drop"])
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("#hd-drop");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("hd-over", kind === "dragover");
    if (kind === "drop") hoidap.addFiles([...event.dataTransfer.files]).catch(() => {});
  });
hoidap.started.then(() => {
  const look = () => { if (!document.hidden) hoidap.look().catch(() => {}); };
  look();
  setInterval(look, 15000);  // someone else may have added articles
});
document.addEventListener("click", (event) => {  // Gradio draws a tab when it is first shown
  if (event.target.closest('[role="tab"]'))
    setTimeout(() => { if (document.getElementById("hd-articles")?.childElementCount === 0) hoidap.listArticles().catch(() => {}); }, 100);
}, true);
