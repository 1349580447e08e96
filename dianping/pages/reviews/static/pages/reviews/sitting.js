// Forty in one sitting: one form goes from person to person, nothing reloads. What is written is kept in this browser until
// the server has it; a review sent while the network is down is sent again with the same key, so it is filed once.
"use strict";

(function () {
  const page = document.querySelector("[data-sitting]");
  if (!page) return;
  const QUIET = 800, AGAIN = 10000;
  const form = page.querySelector("[data-one]"), boxes = form.querySelector("[data-boxes]"), place = document.getElementById("saved");
  const targets = JSON.parse(document.getElementById("targets").textContent), byId = new Map(targets.map((t) => [String(t.id), t]));
  const prefix = `${window.kept.mine}sitting:${page.dataset.occasion}:${page.dataset.seat}:`;
  const WORDS = [...boxes.querySelectorAll("textarea")].map((box) => box.name); // the parts of a review; rows come later
  const list = form.querySelector("[data-problems]"), adder = list.querySelector("[data-add-problem]").parentNode;
  const rows = () => [...list.querySelectorAll("[data-problem]")];
  let now = null, timer = 0;

  // What this browser holds and the server has not confirmed.
  const keep = (t) => window.kept.put(prefix + t.id, { words: t.words, problems: t.problems, met: t.met, grounds: t.grounds, pending: t.pending, key: t.key, refused: t.refused || "" });
  const forget = (t) => window.kept.drop(prefix + t.id);
  // What is on file comes from the server; what was ticked among it, from here.
  function tickedAs(grounds, before) {
    const was = new Map(before.map(([name, , , ticked]) => [name, ticked]));
    return grounds.map(([name, told, address, ticked]) => [name, told, address, was.has(name) ? was.get(name) : ticked]);
  }
  for (const t of targets) {
    t.chain = Promise.resolve();
    const kept = window.kept.at(prefix + t.id);
    t.own = t.key; // this very page's, also where it opens again without a network
    if (kept && kept.done && !t.done && kept.own === t.own) t.done = true; // filed since the page was made
    else if (kept && !kept.done && !t.done) Object.assign(t, kept, { grounds: tickedAs(t.grounds, kept.grounds || []), unsent: !kept.refused && kept.pending !== "file" });
    else if (kept) forget(t);
  }
  const waiting = () => targets.filter((t) => t.pending === "file" || t.unsent);

  function tell() {
    const n = waiting().length;
    if (!n) window.reach.showSaved();
    else if (!window.reach.cause()) window.reach.show("kept", place.dataset.wordsKept.replace("{n}", n));
  }
  function mark(t) {
    const link = page.querySelector(`[data-target="${t.id}"]`);
    link.classList.toggle("done", t.done);
    link.classList.toggle("waiting", t.pending === "file");
    link.classList.toggle("refused", Boolean(t.refused));
    link.querySelector("[data-mark]").textContent = t.done ? "已登记" : t.pending === "file" ? "待送" : t.refused ? "没有登记，要看一看" : "";
    for (const count of document.querySelectorAll("[data-done]")) count.textContent = targets.filter((one) => one.done).length;
  }

  // The form and the target that is in it.
  const called = (t) => (t.parts.find(([key]) => key === "problems") || [])[1];
  const problemRow = (number, problem) => window.rows.problem(number, problem, now && called(now));
  const blank = () => ({ text: "", owner: "本人", due: page.dataset.due || "" });
  function read() {
    if (!now || now.done) return;
    for (const key of WORDS) now.words[key] = form.elements[key].value;
    now.problems = rows().map(window.rows.read).filter((p) => p.text.trim());
    now.met = now.met.map(([key, text]) => [key, text, form.elements[`found-${key}`].value, form.elements[`words-${key}`].value]);
    now.grounds = now.grounds.map(([name, told, address]) => [name, told, address, form.elements[`ground-${name}`].checked]);
  }
  function showProblems(t) {
    list.replaceChildren(...[...t.problems, blank()].map((p, n) => problemRow(n + 1, p)), adder);
    for (const one of page.querySelectorAll(`[data-about="${t.id}"] [data-take]`)) one.hidden = !open(t) || t.problems.some((p) => String(p.point) === one.dataset.take);
  }
  function addRow() {
    if (rows().length < window.rows.MOST) adder.before(problemRow(rows().length + 1, blank()));
  }
  adder.querySelector("button").addEventListener("click", () => {
    if (rows().at(-1).querySelector("textarea").value.trim()) addRow();
    rows().at(-1).querySelector("textarea").focus();
  });
  function take(one) {
    if (!now || !open(now) || now.problems.length > 28) return;
    read();
    const text = page.querySelector(`[data-said="${one.dataset.take}"]`).textContent;
    now.problems.push(Object.assign(blank(), { text, point: one.dataset.take, from: one.dataset.from }));
    showProblems(now);
    const box = rows().at(-2).querySelector("textarea");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }
  function show(t, focus) {
    if (!t) return;
    read();
    now = t;
    form.querySelector("[data-refused]").hidden = !t.refused;
    form.querySelector("[data-refused]").textContent = t.refused || "";
    form.querySelector("[data-refused]").dataset.refusal = (t.refused && t.refusal) || "";
    form.querySelector("[data-remarks]").innerHTML = t.remarks || "";
    page.querySelector("[data-name]").textContent = t.name;
    page.querySelector("[data-told]").textContent = t.done ? "已登记，文字已锁定" : t.pending === "file" ? "待送：连上网就登记" : "";
    boxes.disabled = t.done || t.pending === "file";
    for (const key of WORDS) form.elements[key].value = t.words[key] || "";
    showProblems(t);
    form.querySelector("[data-met]").replaceChildren(...t.met.map(window.rows.met));
    form.querySelector("[data-met-row]").hidden = !t.met.length;
    form.querySelector("[data-report]").hidden = !t.report;
    showGrounds(t);
    for (const row of form.querySelectorAll("[data-part]")) {
      const part = t.parts.find(([key]) => key === row.dataset.part);
      if (part) row.querySelector("[data-part-name]").textContent = part[1];
      row.querySelector("[data-optional]").hidden = Boolean(part && part[2]);
    }
    for (const about of page.querySelectorAll("[data-about]")) about.hidden = about.dataset.about !== String(t.id);
    for (const link of page.querySelectorAll("[data-target]")) {
      if (link.dataset.target === String(t.id)) { link.setAttribute("aria-current", "true"); link.scrollIntoView({ block: "nearest" }); } else link.removeAttribute("aria-current");
    }
    if (focus && !boxes.disabled) form.elements[WORDS[0]].focus();
    else if (focus) page.querySelector("[data-name]").focus();
  }
  function showGrounds(t) {
    form.querySelector("[data-ground-list]").replaceChildren(...t.grounds.map(window.rows.ground));
    form.querySelector("[data-no-ground]").hidden = t.grounds.length > 0;
    form.querySelector("[data-grounds]").hidden = !t.grounds.length && !t.asked;
    form.querySelector("[data-grounds] [data-optional]").hidden = t.asked;
    form.querySelector("[data-ground-why]").open = t.asked && (!t.grounds.length || Boolean(t.words.ground_absence));
  }
  const isGroundless = (t) => t.asked && !t.grounds.some(([, , , ticked]) => ticked) && !(t.words.ground_absence || "").trim();
  function groundBox(t) {
    if (!t.grounds.length) form.querySelector("[data-ground-why]").open = true;
    return form.querySelector("[data-ground-list] input") || form.elements.ground_absence;
  }
  const open = (t) => !t.done && t.pending !== "file";
  function step(by, onlyOpen) {
    const at = targets.indexOf(now);
    for (let n = 1; n <= targets.length; n += 1) {
      const t = targets[(at + by * n + targets.length * n) % targets.length];
      if (!onlyOpen || open(t)) return show(t, true);
    }
    return show(now, true);
  }

  // Sending. One thing at a time for each target.
  function fields(t) {
    const sent = new URLSearchParams({ mode: "collective", regular: "1", version: t.version, seat: page.dataset.seat });
    for (const key of WORDS) sent.set(key, t.words[key] || "");
    t.problems.forEach((p, n) => { sent.set(`problem-${n + 1}`, p.text); sent.set(`owner-${n + 1}`, p.owner); sent.set(`due-${n + 1}`, p.due); });
    t.problems.forEach((p, n) => { if (p.point) sent.set(`point-${n + 1}`, p.point); });
    for (const [key, , found, words] of t.met) if (found) { sent.set(`found-${key}`, found); sent.set(`words-${key}`, words); }
    for (const [name, , , ticked] of t.grounds) if (ticked) sent.set(`ground-${name}`, "on");
    return sent;
  }
  async function post(url, sent) {
    const { answer, cause } = await window.reach.send(url, sent, { redirect: "follow" });
    if (cause) { window.reach.say(cause); return null; } // down, or signed out meanwhile
    if ((answer.headers.get("Content-Type") || "").startsWith("application/json")) return answer.json();
    const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
    return { told: plain ? await answer.text() : "没有登记：服务器没有收下，写的字还在。请重新打开这一页看一看。", refusal: answer.headers.get("X-Refusal") || "", version: answer.headers.get("X-Version") };
  }
  function saveDraft(t) {
    if (!open(t)) return;
    t.chain = t.chain.then(async () => {
      if (!open(t)) return;
      const words = JSON.stringify([t.words, t.problems, t.met, t.grounds]);
      const answer = await post(`${page.dataset.base}${t.id}/draft/`, fields(t));
      if (answer === null) { t.unsent = true; tell(); return; }
      if (answer.told) { refuse(t, answer); return; }
      t.version = answer.version;
      t.unsent = false;
      t.remarks = answer.remarks || "";
      if (words === JSON.stringify([t.words, t.problems, t.met, t.grounds]) && open(t)) forget(t);
      if (t === now) form.querySelector("[data-remarks]").innerHTML = t.remarks;
      tell();
    });
  }
  function refuse(t, answer) {
    t.refused = answer.told;
    t.refusal = answer.refusal;
    t.pending = null;
    if (answer.version) t.version = Number(answer.version); // both texts are shown; sending once more is the decision
    keep(t);
    mark(t);
    if (t === now) { boxes.disabled = false; show(t, false); } else window.reach.show("refused", `${t.name}：${answer.told}`);
  }
  function send(t) {
    t.chain = t.chain.then(async () => {
      if (t.done || t.pending !== "file") return;
      const sent = fields(t);
      sent.set("form_key", t.key);
      if (t.absence) sent.set("absence", t.absence);
      const answer = await post(`${page.dataset.base}${t.id}/`, sent);
      if (answer === null) { tell(); return; }
      if (answer.told) {
        refuse(t, answer);
        if (answer.refusal === "reviews.absent-from-event") askOfAbsence(t, answer.told);
        return;
      }
      t.done = Boolean(answer.filed);
      t.pending = null;
      if (t.done) window.kept.put(prefix + t.id, { done: true, own: t.own });
      mark(t);
      if (t === now) show(t, false);
      tell();
    });
  }
  // One noted as not there: whether he came after all, or is told afterwards; then it is filed.
  async function askOfAbsence(t, words) {
    const came = await window.reach.ask(`${t.name}到会了吗`, words, "到会了，名单改过来", "没有到会，会后当面转达");
    if (came === null || !open(t)) return;
    t.absence = came ? "came" : "told";
    t.refused = "";
    t.pending = "file";
    keep(t);
    mark(t);
    if (t === now) show(t, false);
    send(t);
  }
  function missing(t) {
    for (const [key, name, required] of t.parts) {
      const empty = key === "problems" ? !t.problems.length : !(t.words[key] || "").trim();
      if (required && empty) return [key === "problems" ? form.querySelector("[data-problems] textarea") : form.elements[key], name];
    }
    const unmet = t.met.find(([, , found]) => !found);
    return unmet ? [form.elements[`found-${unmet[0]}`], "上次的问题"] : isGroundless(t) ? [groundBox(t), "在案的依据（或没有的原因）"] : null;
  }
  function file() {
    if (!now || !open(now)) return step(1, true);
    clearTimeout(timer);
    read();
    const lack = missing(now);
    if (lack) {
      page.querySelector("[data-told]").textContent = `还没有写：${lack[1]}`;
      lack[0].focus();
      return undefined;
    }
    const t = now;
    t.refused = "";
    t.pending = "file";
    keep(t);
    mark(t);
    send(t);
    return step(1, true);
  }

  // Keys: Enter goes to the next box that is wanted, Ctrl+Enter files, Alt with an arrow goes on.
  function wanted() {
    const rows = [...form.querySelectorAll(".sheet-row:not([hidden])")].filter((row) => !row.querySelector("[data-optional]:not([hidden])"));
    const found = [];
    for (const row of rows) {
      if (row.matches("[data-met-row]")) found.push(...row.querySelectorAll("select"));
      else if (row.matches("[data-part=problems]")) found.push(row.querySelector("textarea"));
      else if (row.matches("[data-grounds]")) found.push(groundBox(now));
      else if (row.matches("[data-part], [data-report]")) found.push(row.querySelector("textarea"));
    }
    return found;
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      leave();
      step(event.key === "ArrowDown" ? 1 : -1, false);
    } else if (event.altKey && event.code === "KeyP") {
      event.preventDefault();
      const next = now && [...page.querySelectorAll(`[data-about="${now.id}"] [data-take]`)].find((one) => !one.hidden);
      if (next) take(next);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      file();
    } else if (event.key === "Enter" && !event.shiftKey && event.target.matches("[data-one] textarea, [data-one] input, [data-one] select")) {
      event.preventDefault();
      const all = wanted(), at = all.findIndex((box) => box === event.target || (event.target.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING));
      const next = all[at] === event.target ? all[at + 1] : all[at];
      (next || form.querySelector("[data-file]")).focus();
    }
  });
  function leave() {
    if (!now || !open(now)) return;
    clearTimeout(timer);
    read();
    if (window.kept.at(prefix + now.id)) saveDraft(now);
  }
  page.querySelector("[data-dossiers]").addEventListener("click", (event) => { const one = event.target.closest("[data-take]"); if (one) take(one); });
  form.addEventListener("submit", (event) => { event.preventDefault(); file(); });
  form.querySelector("[data-next]").addEventListener("click", () => { leave(); step(1, false); });
  page.querySelector(".roll").addEventListener("click", (event) => {
    const link = event.target.closest("[data-target]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    leave();
    show(byId.get(link.dataset.target), true);
  });
  form.addEventListener("input", () => {
    read();
    if (rows().at(-1).querySelector("textarea").value.trim()) addRow();
    const t = now;
    t.refused = "";
    keep(t);
    clearTimeout(timer);
    timer = setTimeout(saveDraft, QUIET, t);
  });
  function again() {
    for (const t of targets) {
      if (t.pending === "file") send(t);
      else if (t.unsent) saveDraft(t);
    }
    return Promise.all(targets.map((t) => t.chain));
  }
  window.reach.whenBack(again);
  setInterval(again, AGAIN);
  window.addEventListener("beforeunload", (event) => { if (waiting().length) event.preventDefault(); });

  for (const t of targets) {
    if (t.pending === "draft") t.pending = null;
    mark(t);
  }
  show(targets.find(open) || targets[0], true);
  if (waiting().length) again();
})();
