// A form whose file is read before it is answered says, from the second second on, how long it has been and how long at most
// (data-waits, in seconds). Without this script the page simply waits that long.
"use strict";

(function () {
  const QUIET = 2;
  let ticking = 0;

  function tell(form, since) {
    const seconds = Math.floor((Date.now() - since) / 1000);
    if (seconds < QUIET) return;
    let line = form.querySelector(".waiting");
    if (!line) {
      line = document.createElement("p");
      line.className = "hint waiting";
      line.setAttribute("role", "status");
      form.append(line);
    }
    line.textContent = `正在读这份文件，已 ${seconds} 秒，最多 ${form.dataset.waits} 秒。`;
  }
  function stop() {
    clearInterval(ticking);
    for (const line of document.querySelectorAll(".waiting")) line.remove();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-waits]")) return;
    stop();
    const since = Date.now();
    ticking = setInterval(() => tell(form, since), 500);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) stop(); });
})();
