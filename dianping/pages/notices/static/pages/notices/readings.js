// Going through what was read from a paper by keyboard; the words a line comes from are marked in the text.
"use strict";

(function () {
  const page = document.querySelector("[data-readings]");
  if (!page) return;
  const lines = () => [...page.querySelectorAll("[data-line]")].filter((line) => line.offsetParent);

  function choose(line) {
    for (const other of page.querySelectorAll(".chosen")) other.classList.remove("chosen");
    if (!line) return;
    line.classList.add("chosen");
    const start = Number(line.dataset.start), end = Number(line.dataset.end);
    const words = [...page.querySelectorAll(".read")].filter((w) => Number(w.dataset.start) >= start && Number(w.dataset.end) <= end);
    for (const word of words) word.classList.add("chosen");
    if (words.length) words[0].scrollIntoView({ block: "nearest" });
    line.scrollIntoView({ block: "nearest" });
  }

  function go(line) {
    if (!line) return;
    line.focus({ preventScroll: true });
    choose(line);
  }

  page.addEventListener("focusin", (event) => choose(event.target.closest("[data-line]")));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, button, a, summary")) return;
    const here = page.querySelector("[data-line].chosen"), all = lines(), at = all.indexOf(here);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      go(all[event.key === "ArrowDown" ? at + 1 : Math.max(0, at - 1)]);
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = here && here.querySelector(`[data-key="${key}"]`);
    if (!act) return;
    event.preventDefault();
    if (act.tagName === "DETAILS") {
      act.open = true;
      act.querySelector("input").focus();
    } else act.click();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const now = document.getElementById(event.target.id);
    if (!now || !now.matches("[data-line]")) return;
    const told = document.querySelector("[data-waiting]"), left = page.querySelectorAll("[data-line][data-state=proposed]").length;
    if (told) told.textContent = left;
    if (Boolean(told) !== left > 0) {
      window.location.reload(); // the last line decided, or one taken back: the page's foot changes
      return;
    }
    const all = lines();
    go(now.dataset.state === "proposed" || now.querySelector("[role=alert]") ? now : all[all.indexOf(now) + 1] || now);
  });
  // Words selected in the paper go into the box one was in.
  let box = null;
  page.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-line] input:not([type=hidden])")) box = event.target;
  });
  const adding = document.getElementById("adding");
  if (adding) {
    adding.addEventListener("focusin", (event) => {
      if (event.target.matches("[data-words]")) box = event.target;
    });
  }
  document.addEventListener("mouseup", (event) => {
    const words = String(window.getSelection()).trim();
    if (!box || !box.isConnected || !words || !event.target.closest(".notice-paper")) return;
    box.value = words;
    box.focus();
  });
  go(lines().find((line) => line.dataset.state === "proposed"));
})();
