// The list of shortcomings grows by one row at a click, and by itself when the last one is written in.
"use strict";

(function () {
  const list = document.querySelector("[data-problems]");
  if (!list) return;
  const rows = () => [...list.querySelectorAll("[data-problem]")];

  function add(focus) {
    const last = rows().at(-1), number = rows().length + 1;
    if (number > window.rows.MOST) return;
    const row = window.rows.problem(number);
    last.after(row);
    if (focus) row.querySelector("textarea").focus();
  }

  list.querySelector("[data-add-problem]").addEventListener("click", () => {
    const blank = rows().find((row) => !row.querySelector("textarea").value.trim());
    if (blank) blank.querySelector("textarea").focus();
    else add(true);
  });
  // A point of what the masses said becomes a problem: its text goes into the first blank row, the link with it.
  const takes = [...document.querySelectorAll("[data-take]")];
  const taken = () => new Set([...list.querySelectorAll("[name^=point-]")].map((one) => one.value));
  function mark() { const have = taken(); for (const one of takes) one.hidden = have.has(one.dataset.take); }
  function take(one) {
    const blank = () => rows().find((row) => !row.querySelector("textarea").value.trim());
    if (!blank()) add(false);
    const row = blank();
    if (!row) return;
    const text = row.querySelector("textarea");
    text.value = document.querySelector(`[data-said="${one.dataset.take}"]`).textContent;
    window.rows.origin(row, one.dataset.take, one.dataset.from);
    text.dispatchEvent(new Event("input", { bubbles: true }));
    mark();
    text.focus();
  }
  for (const one of takes) one.addEventListener("click", (event) => { event.preventDefault(); take(one); });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.code !== "KeyP" || event.isComposing) return;
    event.preventDefault();
    const next = takes.find((one) => !one.hidden);
    if (next) take(next);
  });
  mark();

  list.addEventListener("input", () => {
    if (rows().at(-1).querySelector("textarea").value.trim()) add(false);
  });
})();
