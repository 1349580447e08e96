// Typing paper forms: Enter goes on, a digit is said back in words. Nothing is kept in the browser.
"use strict";

(function () {
  const form = document.querySelector("[data-typing]");
  if (!form) return;
  const boxes = () => [...form.querySelectorAll("input:not([type=hidden]), textarea")];

  function say(box) {
    const grades = (box.dataset.grades || "").split("|"), told = box.nextElementSibling, typed = box.value.normalize("NFKC").trim();
    if (!box.dataset.grades || !told) return;
    const grade = /^[0-9]+$/.test(typed) ? grades[Number(typed) - 1] : undefined;
    told.textContent = typed === "" ? "" : grade || `应为 1 到 ${grades.length}`;
    told.classList.toggle("bad", typed !== "" && !grade);
  }

  function go(from, step) {
    const all = boxes(), next = all[all.indexOf(from) + step];
    if (!next) {
      if (step > 0) form.querySelector("button.main").focus();
      return;
    }
    next.focus();
    if (next.tagName === "INPUT") next.select();
  }

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!event.target.matches("input, textarea")) return;
    event.preventDefault();
    go(event.target, event.shiftKey ? -1 : 1);
  });
  form.addEventListener("input", (event) => say(event.target));
  form.addEventListener("focusin", (event) => { if (event.target.dataset.grades) event.target.select(); });
  for (const box of boxes()) say(box);
  const marked = form.querySelector("[aria-invalid=true]");
  if (marked) { marked.focus(); if (marked.select) marked.select(); }
  // A page come back to shows nothing of the form that stood on it.
  window.addEventListener("pageshow", (event) => {
    const came = performance.getEntriesByType("navigation")[0];
    if (!event.persisted && !(came && came.type === "back_forward")) return;
    for (const box of boxes()) { box.value = ""; say(box); }
    boxes()[0].focus();
  });
})();
