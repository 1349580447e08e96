// Whoever goes on to the reviews from the page of an event takes its list along: ticks and minutes are saved first.
"use strict";

(function () {
  const form = document.getElementById("attend");
  if (!form) return;
  form.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches("input")) event.preventDefault(); }); // it would go on in the agenda
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-attend]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const on = Object.assign(document.createElement("input"), { type: "hidden", name: "then", value: link.dataset.attend });
    form.append(on);
    form.requestSubmit();
    setTimeout(() => on.remove(), 60000); // also where it waits for the network
  });
})();
