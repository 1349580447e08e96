// The door: a code opens the form, the form is sent, nothing stays behind. The address is /o/ all the time.
// Without this script every page works as a plain form.

const { button, forget, lay, screens } = window.door;
const PATIENCE = 20000; // a try that hangs for so long has failed
const WAITS = [10, 20, 30]; // seconds between tries, then a minute
const OURS = ["enter", "form", "done"];
const SIZES = [["", "字大一些"], ["type-125", "字再大些"], ["type-150", "字复原"]];
let size = 0; // kept only here
let form = null; // the form on the screen
let busy = false; // opening or sending
let close = null; // what closes the leaf on top of it

const tidy = (text) => text.normalize("NFKC").replace(/^.*#/s, "").toUpperCase().replace(/[^0-9A-Z]/g, "");

// XXXX-XXXX-XXXX while it is typed; blanks, small and full-width letters are forgiven.
function inFours(input) {
  const most = Number(input.dataset.fours);
  const group = () => {
    const before = tidy(input.value.slice(0, input.selectionStart)).length;
    input.value = (tidy(input.value).slice(0, most).match(/.{1,4}/g) || []).join("-");
    const caret = before + Math.max(0, Math.ceil(before / 4) - 1);
    input.setSelectionRange(caret, caret);
  };
  input.addEventListener("input", (event) => { if (!event.isComposing) group(); });
  input.addEventListener("compositionend", group);
}

async function post(address, fields) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(address, {
      method: "POST", body: new URLSearchParams(fields), signal: stop.signal,
      credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer",
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!OURS.includes(page.body.dataset.page)) throw Object.assign(new Error(), { status: answer.status }); // a broken server, or a page in between
    return { status: answer.status, page };
  } finally {
    clearTimeout(timer);
  }
}

function render(page) {
  form = null;
  document.title = page.title;
  document.body.dataset.page = page.body.dataset.page;
  document.body.replaceChildren(...page.body.childNodes);
  wire();
}
function focusOn(selector) {
  const found = document.querySelector(selector);
  if (found) found.focus();
  scrollTo(0, 0);
}

async function open(code) {
  const state = document.querySelector("[data-state]");
  if (busy) return;
  busy = true;
  if (state) state.textContent = "正在打开您的表。";
  let answer;
  try {
    answer = await post(location.pathname, { code });
  } catch (fault) {
    if (state) state.textContent = "没有网络，表还没有打开，票没有用掉。请到信号好的地方再按一次“打开表”。";
    return;
  } finally {
    busy = false;
  }
  if (answer.status === 409) forget(); // it was sent
  history.replaceState({ step: 0, at: 0 }, "", location.pathname);
  render(answer.page);
  if (!start(answer.status)) focusOn("#code");
}
function start(status) {
  const found = document.querySelector("[data-form]");
  form = found && screens(found, send, status === 422);
  return Boolean(found);
}

// Sent until answered, the same with the same stub; it counts once.
async function send(sheet) {
  const at = form;
  const fields = new URLSearchParams(new FormData(sheet));
  const address = sheet.getAttribute("action");
  busy = true;
  at.lock(true);
  at.state.textContent = "正在交表。";
  for (let tries = 0; ; tries += 1) {
    try {
      arrived(await post(address, fields), at.steps());
      return;
    } catch (fault) {
      const why = navigator.onLine && fault.status ? "服务器没有回应" : "没有网络";
      await waiting(at.state, why, WAITS[tries] || 60);
    }
  }
}
function waiting(state, why, seconds) {
  return new Promise((again) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      now.remove();
      again();
    };
    const timer = setTimeout(go, seconds * 1000);
    const now = button("现在就试", go);
    state.textContent = `${why}，填的都还在，正在重试。请不要关掉这一页。`;
    state.after(now);
    addEventListener("online", go);
  });
}
function arrived({ status, page }, steps) {
  const kind = page.body.dataset.page;
  busy = false;
  if (kind === "done" || status === 409) forget();
  render(page);
  if (kind === "form") {
    start(422);
    return;
  }
  if (steps) history.go(-steps); // back to where the form was opened; popstate empties that entry
  else history.replaceState(null, "", location.pathname);
  focusOn(kind === "done" ? "h1" : "#code");
}

async function copy(pressed) {
  const stub = document.querySelector("[data-stub]");
  const words = stub.textContent.trim();
  try {
    await navigator.clipboard.writeText(words);
  } catch (insecure) {
    getSelection().selectAllChildren(stub);
    document.execCommand("copy");
    getSelection().removeAllRanges();
  }
  document.querySelector("[data-state]").textContent = `已复制 ${words}。`;
  pressed.focus();
}

// 谁能看到什么, read without leaving the form; Back closes it.
function leaf(text) {
  close = lay(text.cloneNode(true), button("回去填表", () => history.back(), "main"));
}
function wire() {
  const larger = button(SIZES[size][1], () => {
    size = (size + 1) % SIZES.length;
    document.documentElement.className = SIZES[size][0];
    larger.textContent = SIZES[size][1];
  }, "size");
  document.querySelector(".top").append(larger);
  document.querySelectorAll("[data-fours]").forEach(inFours);
  document.querySelectorAll("[data-print], [data-copy]").forEach((one) => {
    one.hidden = false;
    one.onclick = () => ("print" in one.dataset ? print() : copy(one));
  });
  const enter = document.querySelector("[data-enter]");
  if (enter) {
    enter.addEventListener("submit", (event) => {
      event.preventDefault();
      open(enter.elements.code.value);
    });
  }
  const told = document.querySelector("template");
  if (told) {
    document.querySelector("[data-who]").onclick = (event) => {
      event.preventDefault();
      history.pushState({ ...history.state, leaf: true, step: form.steps() + 1 }, "", location.pathname);
      leaf(told.content);
    };
  }
}

// A scanned code: out of the address at once, then opened.
function scanned() {
  if (!location.hash) return;
  let code = location.hash;
  try { code = decodeURIComponent(code); } catch (broken) { /* as it is */ }
  history.replaceState(null, "", location.pathname);
  if (busy || !OURS.includes(document.body.dataset.page)) return;
  const input = document.querySelector("#code");
  if (input) {
    input.value = tidy(code);
    input.dispatchEvent(new Event("input"));
  }
  open(tidy(code));
}

if (document.body.replaceChildren) { // in an older browser the pages stay plain forms
  addEventListener("popstate", (event) => {
    if (close) {
      close();
      close = null;
    }
    if (!form) {
      if (event.state) history.replaceState(null, "", location.pathname);
      return;
    }
    form.seen(event.state);
  });
  addEventListener("hashchange", scanned);
  // A page that was left is empty when come back to.
  addEventListener("pagehide", () => { if (document.body.dataset.page !== "who") document.body.replaceChildren(); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.replace(location.pathname); });
  wire();
  scanned();
}
