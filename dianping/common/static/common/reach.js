// Whether the server is reached, and as whom: why something did not arrive is told on #saved in a sentence of its own (signed out,
// a fault of the server, its disk full, no network, no answer), which goes when its cause does. Whoever's sign-in ended signs in
// over the page (common/_again.html), and what was on its way goes on by itself.
"use strict";

window.reach = (function () {
  const PATIENCE = 20000, AGAIN = 5000;
  const page = document.body.dataset, place = document.getElementById("saved"), sheet = document.getElementById("again");
  const cookie = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
  const opened = { cookie: cookie(), at: Date.now() };
  const KNOWN = 20000; // for so long after the server was asked a form is sent off without asking again
  const waiting = []; // what tries again when the server is back: functions that return promises
  let cause = "", tolds = 0, probing = 0, asking = null, declined = false; // declined: he would rather not sign in just now

  // ---- what is told
  function show(state, words, refusal = "") {
    if (!place) return;
    cause = "";
    stopProbing();
    place.dataset.state = state;
    place.dataset.cause = "";
    place.dataset.refusal = refusal;
    place.textContent = words;
  }
  function showSaved() {
    const now = new Date();
    show("saved", `${place ? place.dataset.wordsSaved : ""} ${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`);
  }
  function say(why) {
    tolds += 1;
    if (!place) return;
    if (cause !== why) show("kept", place.dataset[`words${why[0].toUpperCase()}${why.slice(1)}`] || place.dataset.wordsFault);
    cause = place.dataset.cause = why;
    if (!probing) probing = setInterval(probe, AGAIN);
  }
  function stopProbing() { clearInterval(probing); probing = 0; }
  function well() { if (cause) show("", ""); }

  // Look whether the cause has ended; whoever has something to send tries again, and says so himself where it failed anew.
  async function probe() {
    const before = cause;
    if (!before) return;
    const told = await standing();
    if (told.cause) { if (told.cause !== before) say(told.cause); return; }
    if (before === "full" && !told.room) return;
    await back(before);
  }
  async function back(before) {
    const count = tolds;
    await Promise.all(waiting.map((again) => again()));
    if (count === tolds && cause === before) well();
  }
  window.addEventListener("online", probe);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) probe(); });

  // ---- asking the server
  const lost = () => (navigator.onLine ? "silent" : "none");
  const faultOf = (answer) => (answer.headers.get("X-Refusal") === "database.full" ? "full" : "fault");
  function takeToken(token) {
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    opened.cookie = cookie();
    opened.at = Date.now();
  }
  function token() {
    try { return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]; } catch (missing) { return ""; }
  }
  // Who is signed in, and which of some forms were taken in; {cause} where that could not be learnt.
  async function here(keys = []) {
    try {
      const asked = keys.length ? `?keys=${keys.map(encodeURIComponent).join(",")}` : "";
      const answer = await fetch(page.here + asked, { credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      return answer.ok ? await answer.json() : { cause: answer.status ? faultOf(answer) : "silent" };
    } catch (unreachable) {
      return { cause: lost() };
    }
  }
  // The same with what hinders this page's own person: signed out, somebody else signed in, a password to be changed first.
  async function standing(keys = []) {
    const told = await here(keys);
    if (told.cause) return told;
    if (!told.keeper) return Object.assign(told, { cause: "out" });
    if (page.keeper && told.keeper !== page.keeper) return Object.assign(told, { cause: "other" });
    takeToken(told.token);
    return told;
  }
  // Whether to ask before a form is sent: something is amiss, the token was replaced or taken away, or the last answer is old.
  const isStale = () => Boolean(cause) || !opened.cookie || cookie() !== opened.cookie || Date.now() - opened.at > KNOWN;
  // While somebody writes it is asked now and then, so that it is known when he presses, and his sign-in does not end meanwhile.
  let looking = false;
  document.addEventListener("input", async () => {
    if (looking || cause || !page.keeper || Date.now() - opened.at < KNOWN / 2) return;
    looking = true;
    const told = await standing();
    if (told.cause === "out" || told.cause === "other") say(told.cause);
    setTimeout(() => { looking = false; }, KNOWN / 2);
  });
  window.addEventListener("storage", (event) => { if (event.key === "dianping:left") opened.at = 0; }); // signed out in another tab

  // Send fields: {answer}, or {cause} where nothing was taken. `leaving`: the page goes, nothing can be asked any more.
  // `redirect`: "follow" where the answer stands at another address, which is JSON.
  async function send(url, fields, { leaving = false, redirect = "manual", headers = {} } = {}) {
    for (let tries = 0; ; tries += 1) {
      let answer;
      try {
        answer = await fetch(url, {
          method: "POST",
          body: new URLSearchParams(fields),
          headers: Object.assign({ "X-CSRFToken": token() }, headers),
          credentials: "same-origin",
          redirect,
          keepalive: leaving,
        });
      } catch (unreachable) {
        return { cause: lost() };
      }
      if (answer.status >= 500) return { cause: faultOf(answer) };
      const drawn = (answer.headers.get("Content-Type") || "").startsWith("text/html");
      const astray = answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 413 || (redirect === "follow" && answer.ok && drawn);
      if (!astray) return { answer };
      if (leaving) return { cause: "out" };
      const told = await standing();
      if (told.cause === "out" || told.cause === "other") {
        if (tries < 2 && !declined && await signIn(told.cause)) continue;
        return { cause: told.cause };
      }
      if (told.cause) return told;
      if (tries) return answer.type === "opaqueredirect" ? { cause: "fault" } : { answer }; // it is refused in earnest
    }
  }
  // Wait until this page's person is signed in and the server is there; false where he would rather not.
  async function clear() {
    for (;;) {
      const told = await standing();
      if (!told.cause) { well(); return true; }
      if (told.cause === "out" || told.cause === "other") {
        if (!await signIn(told.cause)) return false;
        continue;
      }
      say(told.cause);
      await new Promise((again) => setTimeout(again, AGAIN));
    }
  }

  // ---- signing in over the page
  function signIn(why) {
    say(why);
    if (!sheet) return Promise.resolve(false);
    if (!asking) asking = new Promise((answer) => { open(answer, why); }).finally(() => { asking = null; });
    return asking;
  }
  function open(answer, why) {
    const dialog = sheet.content.firstElementChild.cloneNode(true); // in the page only while it is open: its fields are nobody else's
    document.body.append(dialog);
    const form = dialog.querySelector("form"), name = document.getElementById("again-name"), password = document.getElementById("again-password");
    const no = dialog.querySelector("[data-no]");
    const refuse = (words) => { no.textContent = words; no.hidden = !words; };
    const end = (signedIn) => {
      password.value = "";
      form.onsubmit = dialog.oncancel = dialog.querySelector("[data-later]").onclick = null;
      dialog.close();
      dialog.remove();
      declined = !signedIn;
      answer(signedIn);
      if (signedIn) back(why);
    };
    refuse(why === "other" ? "现在登录的是另一个人，这一页没有替他交。请本页的本人登录。" : "");
    dialog.oncancel = () => end(false);
    dialog.querySelector("[data-later]").onclick = () => end(false);
    form.onsubmit = async (event) => {
      event.preventDefault();
      const button = form.querySelector("button.main");
      button.disabled = true;
      const words = await tryPassword(name.value, password.value);
      button.disabled = false;
      if (words === "") { end(true); return; }
      refuse(words);
      password.value = "";
      (name.value ? password : name).focus();
    };
    dialog.showModal();
    name.focus();
  }
  // "" where this page's person is signed in now, else why not.
  async function tryPassword(username, password) {
    const asked = await here();
    if (asked.cause) return place.dataset[asked.cause === "none" ? "wordsNone" : "wordsSilent"];
    if (!asked.keeper || asked.keeper !== page.keeper) {
      let answer;
      try {
        answer = await fetch(page.signIn, {
          method: "POST", body: new URLSearchParams({ username, password }), credentials: "same-origin", redirect: "manual",
          headers: { "X-CSRFToken": asked.token, "X-Over-Page": "1" },
        });
      } catch (unreachable) {
        return "没有连上服务器，还没有登录。请过一会儿再试；写的字都在。";
      }
      if (!answer.ok && answer.type !== "opaqueredirect") {
        const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
        return plain ? await answer.text() : "没有登录成。请再试一次；写的字都在。";
      }
    }
    const told = await standing();
    if (told.cause === "other") return `现在登录的是${told.name}，这一页是另一位打开的，没有交。请这一页的本人登录。`;
    if (told.cause) return "没有登录成。请再试一次；写的字都在。";
    if (told.must_change) return "密码要先改。请在新的一页打开本站，改好密码，再回来登录；写的字都在。";
    return "";
  }

  // ---- a question over the page: whether "yes" was pressed; null where nothing was
  function ask(heading, words, yes, no) {
    const box = document.createElement("dialog");
    box.className = "keys";
    const button = (label, value, kind = "") => Object.assign(document.createElement("button"), { textContent: label, value, className: kind });
    const form = Object.assign(document.createElement("form"), { method: "dialog" });
    const foot = Object.assign(document.createElement("div"), { className: "form-foot" });
    const title = Object.assign(document.createElement("h2"), { textContent: heading, id: "asked-title" });
    box.setAttribute("aria-labelledby", title.id);
    foot.append(button(yes, "yes", "main"), button(no, "no"));
    form.append(title, Object.assign(document.createElement("p"), { textContent: words }), foot);
    box.append(form);
    document.body.append(box);
    return new Promise((answer) => {
      box.onclose = () => { box.remove(); answer(box.returnValue ? box.returnValue === "yes" : null); };
      box.showModal();
    });
  }

  // The answer to a form whose sign-in had ended gives its words back: whoever wrote them signs in here, and it goes on by itself.
  const ended = document.querySelector("form[data-ended]");
  if (ended) window.addEventListener("load", async () => {
    page.keeper = window.kept.keeperOf(ended) || page.keeper;
    if (await clear() && page.keeper) ended.requestSubmit();
  });

  return { show, showSaved, say, well, here, standing, isStale, send, clear, ask, token, whenBack: (again) => waiting.push(again), cause: () => cause, forgive: () => { declined = false; } };
})();
