// What somebody writes is kept on this device until the server says it took it in: one place, bound to the person (data-keeper), the
// address and the form. It is offered when the form is opened again, gone at the sign-out, and when somebody else signs in here.
// Never kept: passwords, files, hidden fields, and whatever says autocomplete="off" (keys, codes, ballots). A form is sent off only
// when its person is still signed in and the server is there (reach.js).
"use strict";

window.kept = (function () {
  const ALL = "dianping:kept:", PAGES = "dianping-page:";
  const QUIET = 300;
  const keeper = document.body.dataset.keeper || "";
  const mine = `${ALL}${keeper}:`;

  // ---- the place: drafts and sittings keep theirs here too (autosave.js, sitting.js)
  function allKeys() {
    try { return Object.keys(localStorage); } catch (switchedOff) { return []; /* nothing is kept */ }
  }
  const keysOf = (kind) => (keeper ? allKeys().filter((key) => key.startsWith(`${mine}${kind}:`)) : []);
  function at(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch (unreadable) { return null; }
  }
  function put(key, value) {
    if (!keeper) return;
    try { localStorage.setItem(key, JSON.stringify(value)); } catch (full) { /* the page still holds it */ }
  }
  function drop(key) {
    try { localStorage.removeItem(key); } catch (refused) { /* nothing was kept */ }
  }
  function dropPages(but) {
    if (!window.caches) return; // only where the address is a safe one
    caches.keys().then((names) => { for (const name of names) if (name.startsWith(PAGES) && name !== but) caches.delete(name); }, () => {});
  }
  if ("left" in document.body.dataset) {
    for (const key of allKeys()) if (key.startsWith("dianping:") && key !== "dianping:type") drop(key);
    try { localStorage.setItem("dianping:left", "1"); localStorage.removeItem("dianping:left"); } catch (refused) { /* other tabs find out when they ask */ }
    dropPages("");
  } else if (keeper) { // another person's words go when one's own page opens
    const seeds = `dianping:seed:${keeper}:`; // of draws (seed.js)
    for (const key of allKeys()) if (key.startsWith(ALL) && !key.startsWith(mine) || key.startsWith("dianping:seed:") && !key.startsWith(seeds)) drop(key);
    dropPages(PAGES + keeper);
  }

  // ---- pages that open without a network (worker.js), where the browser can: at a safe address
  if (keeper && "offline" in document.body.dataset && navigator.serviceWorker) {
    navigator.serviceWorker.register(`${document.body.dataset.home}worker.js`).then(async () => {
      if (navigator.serviceWorker.controller) return; // it has seen this page come
      const ready = await navigator.serviceWorker.ready;
      ready.active.postMessage({ keep: location.href.replace(/#.*/, "") });
    }).catch(() => { /* then the page opens with a network only */ });
  }

  // ---- forms with words
  const TYPED = new Set(["text", "search", "email", "tel", "url", "textarea"]);
  const NEVER = new Set(["password", "file", "hidden", "submit", "button", "reset", "image", "fieldset", "output"]);
  const isPost = (form) => (form.getAttribute("method") || "").toLowerCase() === "post";
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !NEVER.has(field.type) && (field.getAttribute("autocomplete") !== "off" || "day" in field.dataset));
  const keeps = (form) => isPost(form) && !form.matches("[data-autosave], [data-one]") && form.getAttribute("autocomplete") !== "off" && fieldsOf(form).some((field) => TYPED.has(field.type));
  const forms = () => [...document.forms].filter(keeps);
  const addressOf = (form) => { const to = new URL(form.getAttribute("action") || location.href, location.href); return to.pathname + to.search; };
  const formKey = (form) => { const field = form.querySelector("input[name=form_key]"); return field ? field.value : ""; };
  function baseKey(form) {
    const names = [...new Set(fieldsOf(form).map((field) => field.name))].sort().join(",");
    return `${mine}form:${addressOf(form)}|${names}`;
  }
  // An answer that gives the words back (errors.py) has the form's key, and fewer fields: it is the same form.
  const slots = new Map(); // where a form's words go while earlier ones of the same form are not decided upon
  function ownKey(form) {
    const key = baseKey(form), twins = forms().filter((one) => baseKey(one) === key);
    return twins.length > 1 ? `${key}|${twins.indexOf(form)}` : key;
  }
  function keyOf(form) {
    const own = formKey(form), alike = own && keysOf("form").find((key) => (at(key) || {}).form === own);
    return alike || slots.get(form) || ownKey(form);
  }
  const isOn = (field) => field.type === "checkbox" || field.type === "radio";
  function values(form, asOpened = false) {
    const found = [];
    for (const field of fieldsOf(form)) {
      if (isOn(field)) { if (asOpened ? field.defaultChecked : field.checked) found.push([field.name, field.value]); }
      else if (field.options) {
        const chosen = [...field.options].filter((one) => (asOpened ? one.defaultSelected : one.selected));
        if (!chosen.length && asOpened && !field.multiple && field.options.length) chosen.push(field.options[0]);
        for (const one of chosen) found.push([field.name, one.value]);
      } else found.push([field.name, asOpened ? field.defaultValue : field.value]);
    }
    return found;
  }
  const same = (some, others) => JSON.stringify(some) === JSON.stringify(others);
  const isChanged = (form) => !same(values(form), values(form, true));
  function title() {
    const heading = document.querySelector("h1");
    return ((heading && heading.textContent) || document.title).trim();
  }
  function nameOf(field) {
    const label = field.getAttribute("aria-label") || (field.labels && field.labels[0] && field.labels[0].firstChild && field.labels[0].firstChild.textContent) || "";
    return label.trim();
  }
  function hold(form, pressed = "") {
    const key = keyOf(form), there = at(key);
    if (!isChanged(form) && !there) return;
    if (!isChanged(form) && !pressed && there.form === formKey(form)) { drop(key); return; } // it was emptied again
    const labels = Object.fromEntries(fieldsOf(form).filter((field) => TYPED.has(field.type)).map((field) => [field.name, nameOf(field)]));
    const where = there && there.form === formKey(form) ? there : { page: location.pathname + location.search, title: title() };
    put(key, { at: Date.now(), page: where.page, title: where.title, fields: values(form), labels, form: formKey(form), pressed });
  }
  const timers = new Map();
  function changed(event) {
    const form = event.target.form;
    if (!form || !keeper || !keeps(form)) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => { timers.delete(form); hold(form); }, QUIET));
  }
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  function holdNow() {
    for (const [form, timer] of timers) { clearTimeout(timer); hold(form); }
    timers.clear();
  }
  window.addEventListener("pagehide", holdNow);
  document.addEventListener("visibilitychange", () => { if (document.hidden) holdNow(); });

  // ---- sending off
  const through = new WeakSet(), going = new WeakSet();
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!isPost(form) || form.matches("[data-one]")) return;
    if (through.delete(form)) return;
    const words = keeps(form);
    const leaves = "leave" in form.dataset && ["form", "draft", "sitting"].flatMap(keysOf).filter((key) => { const entry = at(key); return entry && !entry.done; }).length;
    const known = keeper || document.getElementById("again");
    clearTimeout(timers.get(form));
    timers.delete(form);
    if (!known || !(leaves || window.reach.isStale())) { if (keeps(form)) hold(form, formKey(form)); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (going.has(form)) return;
    going.add(form);
    if (words) hold(form);
    window.reach.forgive();
    try {
      const leave = !leaves || await window.reach.ask("本机还有没有交的字", `有 ${leaves} 份写了还没有交上，只在这台机器上。退出登录，就从这台机器上清掉。`, "清掉，退出登录", "先不退出");
      if (!leave || !(leaves || await window.reach.clear())) return;
      clearTimeout(timers.get(form));
      timers.delete(form);
      if (words) hold(form, formKey(form));
      through.add(form);
      form.requestSubmit(event.submitter && event.submitter.isConnected ? event.submitter : undefined);
    } finally {
      going.delete(form);
    }
  }, true);
  // A form that htmx sends is answered here: taken in where the server says so.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.elt && event.detail.elt.closest && event.detail.elt.closest("form");
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    if (form && keeps(form) && status >= 200 && status < 300) drop(keyOf(form));
  });

  // ---- offering
  function when(moment) {
    const then = new Date(moment);
    return `${then.getMonth() + 1} 月 ${then.getDate()} 日 ${then.getHours()}:${String(then.getMinutes()).padStart(2, "0")}`;
  }
  function node(name, words = "", kind = "") { return Object.assign(document.createElement(name), { textContent: words, className: kind }); }
  // What a form has no field for (any more), to be read and copied.
  function listed(fields, labels) {
    const rows = fields.filter(([name, value]) => name in labels && value.trim());
    if (!rows.length) return [];
    const list = node("dl", "", "facts");
    for (const [name, value] of rows) list.append(node("dt", labels[name] || "内容"), node("dd", value, "kept-lines"));
    return [list];
  }
  function notice(words, key, ...buttons) {
    const box = node("div", "", "notice near no-print"), row = node("div", "", "row");
    box.dataset.kept = "";
    box.setAttribute("role", "status");
    const away = Object.assign(node("button", "丢掉", "small plain"), { type: "button" });
    away.onclick = () => { drop(key); box.remove(); };
    row.append(...buttons, away);
    box.append(node("p", words), row);
    return box;
  }
  function putBack(form, entry) {
    const given = new Map(), left = [];
    for (const [name, value] of entry.fields) given.set(name, (given.get(name) || []).concat([value]));
    for (const field of fieldsOf(form)) {
      const some = given.get(field.name) || [];
      if (isOn(field)) field.checked = some.includes(field.value);
      else if (field.multiple && field.options) for (const one of field.options) one.selected = some.includes(one.value);
      else if (some.length) field.value = some.shift();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const names = new Set(fieldsOf(form).map((field) => field.name));
    for (const [name, some] of given) if (!names.has(name)) for (const value of some) left.push([name, value]);
    return left;
  }
  function offer(form, key, entry) {
    const back = Object.assign(node("button", "放回", "small main"), { type: "button" });
    const box = notice(`上次写到一半的“${entry.title}”，${when(entry.at)} 记在本机，${entry.pressed ? "没有交上" : "还没有交"}。`, key, back);
    back.onclick = () => {
      if (slots.get(form) !== key) drop(slots.get(form) || "");
      slots.set(form, key);
      const left = putBack(form, entry);
      const rest = listed(left, entry.labels);
      if (rest.length) box.replaceChildren(node("p", "这一页没有地方放的，在这里："), ...rest);
      else box.remove();
      hold(form);
      const first = fieldsOf(form).find((field) => TYPED.has(field.type));
      if (first) first.focus();
    };
    let before = form;
    for (let around = form.parentElement; around; around = around.parentElement) if (around.matches("details:not([open])")) before = around;
    before.before(box);
  }
  // Words whose form does not stand on this page: where they were written, or sent and not taken.
  function tellAstray(key, entry) {
    const again = node("a", "打开那一页，放回再交", "button small");
    again.href = entry.page;
    const fold = node("details"), rest = listed(entry.fields, entry.labels);
    const words = `“${entry.title}”${entry.pressed || entry.refused ? "没有交上" : "上次写到一半"}，写的字（${when(entry.at)}）还在本机。`;
    const box = notice(words, key, again);
    if (rest.length) { fold.append(node("summary", "看写的字"), ...rest); box.append(fold); }
    document.getElementById("main").prepend(box);
  }
  async function settle() {
    const refused = document.querySelector("[data-untaken]"), not = refused ? refused.dataset.untaken : "";
    const keys = keysOf("form").filter((key) => at(key));
    for (const key of keys) {
      const entry = at(key);
      if (not && entry.pressed === not) put(key, Object.assign(entry, { pressed: "", form: "", refused: true }));
    }
    const pressed = [...new Set(keys.map((key) => at(key).pressed).filter(Boolean))].slice(0, 40);
    if (!pressed.length) return true;
    const told = await window.reach.standing(pressed);
    if (told.cause) return false;
    for (const key of keys) { const entry = at(key); if (entry && told.taken.includes(entry.pressed)) drop(key); }
    return true;
  }
  async function open() {
    if (!keeper || !keysOf("form").length) return;
    const known = await settle(), standing = forms().map((form) => [keyOf(form), form]);
    const here = location.pathname + location.search;
    for (const key of keysOf("form")) {
      const entry = at(key), [, form] = standing.find(([own]) => key === own || key.startsWith(`${own}|~`)) || [];
      if (!entry || (entry.pressed && !known)) continue;
      // The answer gave them back; whoever typed on before the server was asked has changed them since.
      if (form && (same(entry.fields, values(form)) || same(entry.fields, values(form, true)))) slots.set(form, key);
      else if (form) {
        if (!slots.has(form)) slots.set(form, `${ownKey(form)}|~${Date.now().toString(36)}`);
        offer(form, key, entry);
      } else if (entry.pressed || entry.refused || entry.page === here) tellAstray(key, entry);
    }
  }
  open();

  // Who wrote what an answer gives back, though its page names nobody: as it is kept here under the form's key.
  function keeperOf(form) {
    const own = formKey(form), key = own && allKeys().find((one) => one.startsWith(ALL) && (at(one) || {}).form === own);
    return key ? key.slice(ALL.length).split(":")[0] : "";
  }

  return { keeperOf, mine, keysOf, at, put, drop };
})();
