// Forms with data-autosave keep themselves: 800 ms after the last key the whole form is posted to the address in
// data-autosave (or its action). Without a network the text stays in this browser, keyed by viewer and form
// (data-autosave-key, else the address), and is sent when the network is back. The words shown are on #saved.
"use strict";

(function () {
  const QUIET = 800;
  const AGAIN = 30000;
  const viewer = document.body.dataset.viewer || "";
  const prefix = `dianping:draft:${viewer}:`; // on a shared machine nobody sends another person's draft
  const place = document.getElementById("saved");
  const timers = new Map();

  const address = (form) => form.dataset.autosave || form.action;
  const keyOf = (form) => prefix + (form.dataset.autosaveKey || address(form));

  function show(state, words) {
    if (!place) return;
    place.dataset.state = state;
    place.textContent = words;
  }
  function showSaved() {
    const now = new Date();
    show("saved", `${place ? place.dataset.wordsSaved : ""} ${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`);
  }
  function draftAt(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch (unreadable) { return null; }
  }
  // A refused draft stays for its own form to show again, but is not sent by itself.
  function keptKeys() {
    let keys = [];
    try { keys = Object.keys(localStorage); } catch (switchedOff) { /* no storage: nothing is kept */ }
    return keys.filter((key) => key.startsWith(prefix) && !(draftAt(key) || { refused: true }).refused);
  }
  function showKept() {
    const n = keptKeys().length;
    if (n && place) show("kept", place.dataset.wordsKept.replace("{n}", n));
    return n;
  }
  function keep(key, url, fields, refused) {
    try { localStorage.setItem(key, JSON.stringify({ url, fields, refused })); } catch (full) { /* the page still holds it */ }
  }
  function forget(key) {
    try { localStorage.removeItem(key); } catch (refused) { /* nothing was kept */ }
  }
  function gather(form) {
    return [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && name !== "form_key" && typeof value === "string");
  }
  function token() {
    try { return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]; } catch (missing) { return ""; }
  }

  // the version now standing (or true): taken; false: refused for good; null: not reached, try again later.
  async function post(url, fields, leaving) {
    let answer;
    try {
      answer = await fetch(url, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { "X-CSRFToken": token(), "X-Autosave": "1" },
        credentials: "same-origin",
        redirect: "manual",
        keepalive: leaving,
      });
    } catch (unreachable) {
      return null;
    }
    if (answer.ok) return answer.headers.get("X-Version") || true;
    if (answer.status >= 500 || answer.status === 403 || answer.type === "opaqueredirect") return null; // down, or signed out meanwhile
    const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
    const words = plain ? await answer.text() : String(answer.status);
    show("refused", (place ? place.dataset.wordsRefused : "") + words);
    return false;
  }

  async function save(form, leaving) {
    clearTimeout(timers.get(form));
    timers.delete(form);
    const key = keyOf(form), url = address(form), fields = gather(form);
    const taken = await post(url, fields, leaving);
    if (!taken) keep(key, url, fields, taken === false);
    if (taken === null) showKept();
    if (!taken) return;
    if (taken !== true && form.elements.version) form.elements.version.value = taken; // the next save builds on this one
    forget(key);
    if (!showKept()) showSaved();
  }

  async function sendKept() {
    let sent = 0;
    for (const key of keptKeys()) {
      const draft = draftAt(key);
      const taken = await post(draft.url, draft.fields, false);
      if (taken === null) break;
      if (!taken) keep(key, draft.url, draft.fields, true);
      if (taken) { forget(key); sent += 1; }
    }
    if (!showKept() && sent) showSaved();
  }

  // A draft that never reached the server is newer than the page: put it back before sending it.
  function restore(form) {
    const draft = draftAt(keyOf(form));
    if (!draft) return;
    const values = new Map();
    for (const [name, value] of draft.fields) values.set(name, (values.get(name) || []).concat(value));
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "file") continue;
      const given = values.get(field.name) || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
      else if (given.length) field.value = given.shift();
    }
  }

  function changed(event) {
    const form = event.target.form;
    if (!form || !form.matches("form[data-autosave]")) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(save, QUIET, form, false));
  }
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-autosave]")) return;
    clearTimeout(timers.get(form));
    timers.delete(form);
    if (navigator.onLine) forget(keyOf(form)); // the whole form is on its way; no draft may follow it
  });
  window.addEventListener("pagehide", () => { for (const form of [...timers.keys()]) save(form, true); });
  window.addEventListener("online", sendKept);
  setInterval(() => { if (keptKeys().length) sendKept(); }, AGAIN);

  for (const form of document.querySelectorAll("form[data-autosave]")) restore(form);
  if (viewer && showKept()) sendKept();
})();
