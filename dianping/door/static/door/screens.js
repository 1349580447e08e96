// A form as screens: one question at a time, a list of all answers at the end. door.js opens and sends it.
// History knows only which screen was seen: the phone's own Back goes one question back.

const make = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
const button = (words, pressed, className = "") => make("button", { type: "button", className, onclick: pressed }, words);

// Kept in this tab until sent: the answers, under the poll and 16 bits of the code; the next one at this phone is offered nothing.
function kept(key) {
  try { return JSON.parse(sessionStorage.getItem(key)); } catch (unreadable) { return null; }
}
function keep(key, answers) {
  try { sessionStorage.setItem(key, JSON.stringify(answers)); } catch (full) { /* then nothing is kept */ }
}
function nameOf({ dataset, elements }) {
  let mark = 0;
  for (const sign of elements.code?.value || "") mark = (mark * 131 + sign.charCodeAt(0)) % 65521;
  return `door-${dataset.form}-${mark}`;
}
function forget(but) {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith("door-") && key !== but) sessionStorage.removeItem(key);
  } catch (switchedOff) { /* nothing was kept */ }
}

// Patterns of sentences that may show who wrote them, tried here and sent nowhere.
function hinting(form) {
  let patterns = [];
  try { patterns = JSON.parse(form.dataset.hints); } catch (none) { /* no hints then */ }
  const known = patterns.flatMap(([source, sentence]) => {
    try { return [[new RegExp(source, "u"), sentence]]; } catch (foreign) { return []; }
  });
  const timers = new Map();
  function hint(area) {
    const found = new Set(known.filter(([pattern]) => pattern.test(area.value)).map(([, sentence]) => sentence));
    const said = [...found].map((sentence) => `这一句可能让人看出是谁写的：${sentence}`);
    const place = document.getElementById(`s-${area.name}`);
    if (place && place.textContent !== said.join("")) place.replaceChildren(...said.map((words) => make("p", {}, words)));
  }
  return (area) => {
    clearTimeout(timers.get(area));
    timers.set(area, setTimeout(hint, 600, area));
  };
}

const fieldsOf = (section) => [...section.querySelectorAll("[data-field]")];
function answerOf(field) {
  const area = field.querySelector("textarea");
  if (area) return area.value.trim();
  const chosen = field.querySelector("input:checked");
  return chosen && chosen.value ? chosen.closest("label").textContent.trim() : "";
}
function answersOf(form) {
  const sent = [...new FormData(form)].filter(([name, value]) => name.startsWith("q-") && value);
  return Object.fromEntries(sent);
}
function fill(form, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const found = form.elements[name];
    if (!found) continue;
    if (found instanceof RadioNodeList) [...found].forEach((one) => { one.checked = one.value === value; });
    else found.value = value;
  }
}

// Something else in the place of the page for a while: its words, and the buttons that lead back.
function lay(content, ...buttons) {
  const hidden = [...document.body.children].filter((one) => !one.hidden);
  const seen = document.activeElement;
  hidden.forEach((one) => { one.hidden = true; });
  const leaf = make("main", {}, make("div", { className: "sheet" }, content, make("div", { className: "bar" }, ...buttons)));
  document.body.append(leaf);
  scrollTo(0, 0);
  leaf.querySelector("h1").focus();
  return () => {
    leaf.remove();
    hidden.forEach((one) => { one.hidden = false; });
    if (seen) seen.focus();
  };
}

// Ask whether to go on with what this tab still holds; its content is not shown before.
function offer(form, answers, then) {
  const text = make("div", {}, make("div", { className: "head" }, make("h1", { tabIndex: -1 }, "这里留着一份没有交的草稿")),
    make("p", {}, "是您刚才填的，可以接着填；不是您填的，请清掉。"));
  const close = lay(text,
    button("清掉", () => { forget(); close(); then(); }),
    button("接着填", () => { fill(form, answers); close(); then(); }, "main"));
}

// Turn an opened form into screens. `send` is called when all is looked through; `refused` shows the list at once.
function screens(form, send, refused) {
  const key = nameOf(form);
  const sections = [...form.querySelectorAll(".screen")];
  const unit = sections.some((section) => fieldsOf(section).length > 1) ? "页" : "题";
  const last = sections.length;
  const hint = hinting(form);
  const count = make("span");
  count.setAttribute("aria-live", "polite");
  const bar = make("progress", { max: last });
  bar.setAttribute("aria-hidden", "true");
  const blank = form.querySelector(".blank");
  const list = make("ol", { className: "answers" });
  const summary = make("section", { className: "screen" },
    make("h2", { className: "question", tabIndex: -1 }, "请核对，再交表"),
    make("p", { className: "note" }, "交了以后不能再改，也没有人能替您取回。"), list, blank);
  const back = button("", () => goBack());
  const next = make("button");
  const state = make("p", { className: "state" });
  state.setAttribute("role", "status");
  const place = form.querySelector(".refused");
  let step = (history.state && history.state.step) || 0;
  let at = 0;
  let changing = false;
  let locked = false;

  form.querySelector("[data-plain]").remove();
  sections[0].before(make("div", { className: "progress" }, count, bar));
  form.append(summary, make("div", { className: "bar" }, state, back, next));

  function row(field, number) {
    const answer = answerOf(field);
    const change = button("改", () => go(number, true));
    change.setAttribute("aria-label", `改：${field.dataset.text}`);
    const about = field.closest(".screen").querySelector(".about");
    const asked = unit === "页" && about ? `${about.textContent}：${field.dataset.text}` : field.dataset.text;
    return make("li", {}, make("div", {}, make("p", {}, asked),
      answer ? make("b", {}, answer) : make("span", { className: "empty" }, "没有填")), change);
  }
  function summarise() {
    list.replaceChildren(...sections.flatMap((section, number) => fieldsOf(section).map((field) => row(field, number))));
    blank.hidden = Object.keys(answersOf(form)).length > 0;
    if (blank.hidden) blank.querySelector("input").checked = false;
  }
  function show(number, quietly) {
    at = Math.min(Math.max(number, 0), last);
    const end = at === last;
    if (end) summarise();
    sections.forEach((section, n) => { section.hidden = n !== at; });
    summary.hidden = !end;
    form.querySelectorAll("[data-first]").forEach((one) => { one.hidden = at > 0; });
    if (place) place.hidden = !end;
    count.textContent = end ? `核对，共 ${last} ${unit}` : `第 ${at + 1} ${unit}，共 ${last} ${unit}`;
    bar.value = end ? last : at + 1;
    back.hidden = at === 0 || changing;
    back.textContent = `上一${unit}`;
    next.textContent = end ? "交表" : changing ? "改好了，回去核对" : at === last - 1 ? "去核对" : `下一${unit}`;
    next.className = end ? "main send" : "main";
    if (quietly) return;
    scrollTo(0, 0);
    (end ? summary : sections[at]).querySelector(".question").focus();
  }
  function go(number, change = false) {
    step += 1;
    changing = change;
    history.pushState({ step, at: number, changing }, "", location.pathname);
    show(number);
  }
  function goBack() {
    if (step) history.back();
    else show(at - 1);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (locked) return;
    if (changing) goBack();
    else if (at < last) go(at + 1);
    else send(form);
  });
  form.addEventListener("input", (event) => {
    keep(key, answersOf(form));
    if (event.target.matches("textarea")) hint(event.target);
  });

  forget(key);
  const answers = !refused && kept(key);
  const begin = () => show(refused ? last : 0);
  show(0, true);
  if (answers && Object.keys(answers).length) offer(form, answers, begin);
  else begin();

  return {
    state,
    // The phone's Back and Forward: the screen that entry stands for. While sending, the list stays.
    seen(entry) {
      step = (entry && entry.step) || 0;
      changing = Boolean(entry && entry.changing) && !locked;
      show(locked ? last : (entry && entry.at) || 0);
    },
    // While it is being sent nothing can be changed: whatever arrives first is what counts.
    lock(yes) {
      locked = yes;
      next.setAttribute("aria-disabled", yes); // and keeps the focus
      back.hidden = yes;
      list.querySelectorAll("button").forEach((one) => { one.hidden = yes; });
    },
    steps: () => step,
  };
}

window.door = { button, forget, lay, screens };
