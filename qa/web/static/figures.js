/* The tab of figures: what is typed into its fields filters the rows. */
hoidap.figureFilters = () => Object.fromEntries(
  ["indicator", "place", "year", "unit", "kind"].map((name) => [name, document.getElementById(`hd-figure-${name}`)?.value ?? ""]));
hoidap.listFigures = async (page = 0) => {
  const asked = hoidap.figureFilters();
  if (asked.year && !/^[12]\d{3}$/.test(asked.year.trim())) return;  // still being typed
  const { html } = await hoidap.call("figures", { ...asked, page });
  if (JSON.stringify(asked) === JSON.stringify(hoidap.figureFilters())) document.getElementById("hd-figures").innerHTML = html;
};
hoidap.actions.turnFigures = (button) => hoidap.listFigures(Number(button.dataset.page));
hoidap.actions.csv = async () => {
  const { csv } = await hoidap.call("csv", hoidap.figureFilters());
  hoidap.save("so-lieu.csv", csv, "text/csv;charset=utf-8");
};
let hoidapTyping = 0;
document.addEventListener("input", (event) => {
  if (!event.target.id?.startsWith("hd-figure-")) return;
  clearTimeout(hoidapTyping);
  hoidapTyping = setTimeout(() => hoidap.listFigures().catch(() => {}), 250);
});
document.addEventListener("click", (event) => {
  const tab = event.target.closest('[role="tab"]');
  if (tab) setTimeout(() => { if (document.getElementById("hd-figures")?.offsetParent && !document.getElementById("hd-figures").innerHTML) hoidap.listFigures().catch(() => {}); }, 100);
}, true);
