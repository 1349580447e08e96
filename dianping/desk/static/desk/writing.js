// The list of shortcomings grows by one row at a click, and by itself when the last one is written in.
"use strict";

(function () {
  const list = document.querySelector("[data-problems]");
  if (!list) return;
  const rows = () => [...list.querySelectorAll("[data-problem]")];

  function add(focus) {
    const last = rows().at(-1);
    const number = rows().length + 1;
    if (number > 30) return;
    const row = last.cloneNode(true);
    row.querySelector("[data-number]").textContent = number;
    for (const field of row.querySelectorAll("textarea, input")) {
      field.value = "";
      field.name = field.name.replace(/\d+$/, number);
      if (field.placeholder && field.tagName === "TEXTAREA") field.placeholder = "";
      if (field.hasAttribute("aria-label")) field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+/, number));
    }
    window.days.dress(row);
    last.after(row);
    if (focus) row.querySelector("textarea").focus();
  }

  list.querySelector("[data-add-problem]").addEventListener("click", () => {
    const blank = rows().find((row) => !row.querySelector("textarea").value.trim());
    if (blank) blank.querySelector("textarea").focus();
    else add(true);
  });
  list.addEventListener("input", () => {
    if (rows().at(-1).querySelector("textarea").value.trim()) add(false);
  });
})();
