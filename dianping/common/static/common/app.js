// The frame's few habits: keyboard, large type, menus that close, forms that are sent once.
"use strict";

(function () {
  const root = document.documentElement;
  const onMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const writing = (node) => node instanceof Element && node.closest("input, textarea, select, [contenteditable]");
  const visible = (node) => node.getClientRects().length > 0;

  // Large type
  function showType(size) {
    root.classList.remove("type-125", "type-150");
    if (size !== "100") root.classList.add("type-" + size);
    for (const button of document.querySelectorAll("[data-type]")) {
      button.setAttribute("aria-pressed", String(button.dataset.type === size));
    }
  }
  function chooseType(size) {
    try { localStorage.setItem("dianping:type", size); } catch (refused) { /* holds for this page only */ }
    showType(size);
    window.dispatchEvent(new Event("resize")); // charts measure their type anew
  }
  showType(root.classList.contains("type-150") ? "150" : root.classList.contains("type-125") ? "125" : "100");

  // Keyboard
  function pressed(event) {
    const parts = [];
    if (event.ctrlKey) parts.push("Ctrl");
    if (event.altKey) parts.push("Alt");
    if (event.metaKey) parts.push("Meta");
    return parts.concat(event.key.length === 1 ? event.key.toLowerCase() : event.key).join("+");
  }
  function toSearch() {
    const box = [...document.querySelectorAll("[data-search]")].find(visible);
    if (box) { box.focus(); box.select(); return; }
    const more = document.querySelector(".bottom .menu");
    const hidden = more && more.querySelector("[data-search]");
    if (hidden) { more.open = true; hidden.focus(); }
  }
  function openKeys() {
    const list = document.getElementById("keys");
    if (list && !list.open) list.showModal();
  }
  // data-hotkey="Alt+ArrowDown" presses the element; inside a [data-row] the row's own keys come first.
  function pressHotkey(event) {
    const keys = pressed(event);
    if (writing(event.target) && !event.altKey && !event.ctrlKey) return;
    if (keys === "Enter" && event.target.closest("a, button, summary")) return;
    const wanted = `[data-hotkey="${CSS.escape(keys)}"]`;
    const row = event.target.closest("[data-row]");
    const target = (row && row.querySelector(wanted)) || [...document.querySelectorAll(wanted)].find((n) => !n.closest("[data-row]"));
    if (!target) return;
    event.preventDefault();
    target.click();
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return; // a Chinese input method is still choosing
    if (event.key === "Escape") { closeMenus(null); return; }
    if (document.querySelector("dialog[open]")) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); toSearch(); return; }
    if ((event.key === "?" || event.key === "？") && !writing(event.target)) { event.preventDefault(); openKeys(); return; }
    pressHotkey(event);
  });
  if (onMac) for (const key of document.querySelectorAll("[data-command-k]")) key.textContent = "⌘K";

  // Menus
  function closeMenus(but) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu === but) continue;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  }
  document.addEventListener("click", (event) => {
    const target = event.target;
    closeMenus(target.closest("details.menu"));
    const size = target.closest("[data-type]");
    if (size) chooseType(size.dataset.type);
    if (target.closest("[data-print]")) window.print();
    const all = target.closest("[data-tick-all]"); // ticks every box of its form, or none when all are ticked
    if (all) {
      const boxes = [...all.closest("form").querySelectorAll("input[type=checkbox]:not(:disabled)")], on = !boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = on;
    }
    if (target.closest("[data-open-keys]")) { closeMenus(null); openKeys(); }
  });

  // Side panes are open on a desk and folded on a narrow screen; without this script they stay open.
  if (matchMedia("(max-width: 1023.98px)").matches) {
    for (const pane of document.querySelectorAll("details.pane[data-fold]")) pane.open = false;
  }

  // A form with data-once is sent once: its buttons rest while it is on its way.
  function rest(form, resting) {
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      button.disabled = resting;
      if (!button.classList.contains("main") || !form.dataset.once) continue;
      if (resting) button.dataset.word = button.textContent;
      button.textContent = resting ? form.dataset.once : button.dataset.word || button.textContent;
    }
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]")) return;
    setTimeout(() => { if (!event.defaultPrevented || form.matches("[hx-post]")) rest(form, true); }); // after the fields are gathered
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.querySelectorAll("form[data-once]")) rest(form, false);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form[data-once]");
    if (form) rest(form, false);
  });
  function tellUnsent() {
    const place = document.getElementById("saved");
    if (place) { place.dataset.state = "refused"; place.textContent = place.dataset.wordsUnsent; }
  }
  // What was chosen stays chosen: a list that was asked for before it comes too late.
  const picker = (event) => event.target.closest && event.target.closest("[data-picker]");
  document.addEventListener("change", (event) => { if (event.target.type === "radio" && picker(event)) picker(event).dataset.chosen = ""; });
  document.addEventListener("htmx:beforeRequest", (event) => { if (picker(event)) delete picker(event).dataset.chosen; });
  document.addEventListener("htmx:beforeSwap", (event) => { if (picker(event) && "chosen" in picker(event).dataset) event.detail.shouldSwap = false; });
  document.addEventListener("htmx:sendError", tellUnsent);
  document.addEventListener("htmx:responseError", tellUnsent);
  document.addEventListener("htmx:afterOnLoad", (event) => { if (event.detail.xhr.status < 400) window.reach.show("", ""); });
})();
