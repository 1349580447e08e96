// Forms with data-autosave keep themselves: 800 ms after the last key the whole form is posted to the address in
// data-autosave (or its action). Without a network the text stays in this browser (kept.js), keyed by person and form
// (data-autosave-key, else the address), and is sent when the network is back. The words shown are on #saved (reach.js).
// A form that is sent off stays here too, under its form_key, until the server says it took it: at data-autosave-filed
// (?key= the form's), or on the page it answers with (data-came-of; data-stored: the words lie in the draft there). Whether the
// browser calls itself online says nothing: a server that is down or starting again is reached by a network that is up.
"use strict";

(function () {
  const QUIET = 800;
  const AGAIN = 30000;
  const ANSWERED = 60000; // after so long no answer to a form that was sent off is still to come
  const prefix = `${window.kept.mine}draft:`; // on a shared machine nobody sends another person's draft
  const place = document.getElementById("saved");
  const timers = new Map();

  const address = (form) => form.dataset.autosave || form.action;
  const keyOf = (form) => prefix + (form.dataset.autosaveKey || address(form));

  const { show, showSaved } = window.reach;
  const draftAt = window.kept.at, forget = window.kept.drop;
  const allKeys = () => window.kept.keysOf("draft");
  // A refused draft stays for its own form to show again, but is not sent by itself; nor is one whose form is on its way.
  function keptKeys() {
    return allKeys().filter((key) => { const draft = draftAt(key); return draft && !draft.refused && !draft.sent && !draft.left; });
  }
  function showKept() {
    const n = keptKeys().length;
    if (n && place && !window.reach.cause()) show("kept", place.dataset.wordsKept.replace("{n}", n));
    return n;
  }
  // `left`: on its way; should the page close meanwhile, the draft there may have it or not, and its form will tell.
  function keep(key, url, fields, refused, sent, left) { window.kept.put(key, { url, fields, refused, sent, left }); }
  function gather(form) {
    return [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && name !== "form_key" && typeof value === "string");
  }

  // the version now standing (or true): taken; false: refused for good; null: not reached, try again later.
  async function post(url, fields, leaving) {
    const { answer, cause } = await window.reach.send(url, fields, { leaving, headers: { "X-Autosave": "1" } });
    if (cause) { window.reach.say(cause); return null; }
    if (answer.ok) return answer.headers.get("X-Version") || true;
    const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
    const words = plain ? await answer.text() : String(answer.status);
    show("refused", (place ? place.dataset.wordsRefused : "") + words, answer.headers.get("X-Refusal") || "");
    return false;
  }

  async function save(form, leaving) {
    clearTimeout(timers.get(form));
    timers.delete(form);
    const key = keyOf(form), url = address(form), fields = gather(form);
    keep(key, url, fields, false, undefined, true); // it is safe before it is sent
    const taken = await post(url, fields, leaving);
    const now = draftAt(key);
    if (now && now.sent) return; // the form itself was sent meanwhile
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
      const form = taken && taken !== true && [...document.querySelectorAll("form[data-autosave]")].find((one) => keyOf(one) === key);
      if (form && form.elements.version) form.elements.version.value = taken;
    }
    if (!showKept() && sent) showSaved();
  }

  // Forms that were sent off: those the server took are forgotten, those it surely did not become drafts again.
  async function settle() {
    for (const key of allKeys()) {
      const draft = draftAt(key);
      if (!draft || !draft.sent) continue;
      let told = "";
      try {
        const answer = await fetch(`${draft.sent.ask}?key=${encodeURIComponent(draft.sent.key)}`, { credentials: "same-origin", redirect: "manual" });
        if (answer.ok) told = (await answer.text()).trim();
      } catch (unreachable) { return; }
      const now = draftAt(key);
      if (!now || !now.sent || now.sent.key !== draft.sent.key) continue; // written anew meanwhile
      if (told === "filed") forget(key);
      else if (told === "open" && Date.now() - draft.sent.at > ANSWERED) keep(key, draft.url, draft.fields, false);
    }
  }
  // The answer to a form that was sent off stands on this very page: its words are here, and in the draft or nowhere else.
  function answered(form) {
    const key = keyOf(form), draft = draftAt(key);
    if (!draft || !draft.sent || draft.sent.key !== form.dataset.cameOf) return false;
    if ("stored" in form.dataset) forget(key);
    else keep(key, draft.url, draft.fields, true);
    return true;
  }

  // A draft that never reached the server is newer than the page: put it back before sending it.
  function restore(form) {
    const draft = draftAt(keyOf(form));
    if (!draft) return;
    const before = JSON.stringify(gather(form).filter(([name]) => name !== "version"));
    const values = new Map();
    for (const [name, value] of draft.fields) values.set(name, (values.get(name) || []).concat(value));
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "file") continue;
      const given = values.get(field.name) || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
      else if (given.length) field.value = given.shift();
    }
    if (!draft.left) return;
    if (JSON.stringify(gather(form).filter(([name]) => name !== "version")) === before) forget(keyOf(form)); // it had arrived
    else keep(keyOf(form), draft.url, draft.fields, false);
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
    const key = keyOf(form), ask = form.dataset.autosaveFiled, own = form.elements.form_key;
    if (ask && own) keep(key, address(form), gather(form), false, { key: own.value, ask, at: Date.now() }); // no draft may follow it
  });
  window.addEventListener("pagehide", () => { for (const form of [...timers.keys()]) save(form, true); });
  window.reach.whenBack(() => (keptKeys().length ? sendKept() : Promise.resolve()));
  async function goThrough() {
    await settle();
    if (keptKeys().length) await sendKept();
  }
  setInterval(() => { if (allKeys().length) goThrough(); }, AGAIN);

  (async function () {
    const forms = [...document.querySelectorAll("form[data-autosave]")].filter((form) => !answered(form));
    if (!allKeys().length) return;
    await settle(); // before anything is put back: what was filed is not written a second time
    for (const form of forms) restore(form);
    if (showKept()) sendKept();
  })();
})();
