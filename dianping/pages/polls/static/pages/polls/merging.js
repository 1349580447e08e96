// Merging sayings by keyboard: J and K go up and down, X ticks, M goes to the words.
"use strict";

(function () {
  const form = document.querySelector("[data-merging]");
  if (!form) return;
  const rows = [...form.querySelectorAll("[data-saying]")], words = form.querySelector("[name=text]"), told = form.querySelector("[data-ticked]"), into = form.querySelector("[name=into]"), merge = form.querySelector("[data-merge]");
  const ticked = () => rows.filter((row) => row.querySelector("input:checked"));
  let here = -1;

  function mark(to) {
    if (rows[here]) rows[here].classList.remove("chosen");
    here = Math.max(0, Math.min(rows.length - 1, to));
    rows[here].classList.add("chosen");
  }
  function go(to) {
    if (!rows.length) return;
    mark(to);
    rows[here].focus({ preventScroll: true });
    rows[here].scrollIntoView({ block: "center" });
  }

  function show() {
    const some = ticked();
    if (told) told.textContent = some.length ? `勾选了 ${some.length} 条` : "";
    if (merge) merge.textContent = into.value && into.selectedOptions[0].closest("[data-aside]") ? "不列为意见" : "归并";
  }

  for (const button of form.querySelectorAll("[data-tick-bundle]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const box of button.closest(".bundle").querySelectorAll("input[type=checkbox]")) box.checked = true;
      if (button.dataset.tickBundle) into.value = button.dataset.tickBundle;
      show();
    });
  }
  form.addEventListener("change", show);
  form.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-saying]");
    if (row) mark(rows.indexOf(row));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.target.closest("textarea, select, input:not([type=checkbox])")) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") { event.preventDefault(); go(here + (key === "j" ? 1 : -1)); }
    const box = rows[here] && rows[here].querySelector("input");
    if (key === "x" && box) { event.preventDefault(); box.checked = !box.checked; show(); }
    if (key === "m" && words) { event.preventDefault(); words.focus(); words.select(); }
  });
  show();
  if (rows.length && words) mark(0);
})();
