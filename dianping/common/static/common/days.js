// Dates are typed on a desk: 3.31, 3月31日, 2011-3-31, 20110331, +30 (days from today), 月底. The day of the week and how far
// it is stand beside; what is sent is always 2011-03-31. A finger keeps the picker of its own device, and so does a browser
// without this script. window.days.dress(node) does the same for boxes that come later.
"use strict";

window.days = (function () {
  const WEEK = ["日", "一", "二", "三", "四", "五", "六"];
  const LONG = 86400000;
  const finger = matchMedia("(pointer: coarse)").matches;
  const today = parsed(document.body.dataset.today) || midnight(new Date());
  let made = 0;

  function midnight(day) { return new Date(Date.UTC(day.getFullYear(), day.getMonth(), day.getDate())); }
  function real(year, month, day) {
    const found = new Date(Date.UTC(year, month - 1, day));
    return found.getUTCMonth() === month - 1 && found.getUTCDate() === day ? found : null;
  }
  function parsed(text) {
    const full = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(text || "") || /^(\d{4})(\d\d)(\d\d)$/.exec(text || "");
    return full ? real(Number(full[1]), Number(full[2]), Number(full[3])) : null;
  }
  // A day without its year: the next one where a deadline is set, else the nearest.
  function nearest(month, day, ahead) {
    const year = today.getUTCFullYear();
    const found = [year - 1, year, year + 1].map((y) => real(y, month, day)).filter((d) => d && (!ahead || d >= today));
    return found.sort((a, b) => Math.abs(a - today) - Math.abs(b - today))[0] || null;
  }
  function meant(text, ahead) {
    const words = text.trim().replace(/[０-９]/g, (d) => String.fromCharCode(d.charCodeAt(0) - 0xfee0)).replace(/[．。／－—]/g, "-").replace(/\s+/g, "");
    const short = /^(\d{1,2})[-./月](\d{1,2})[日号]?$/.exec(words), later = /^\+(\d{1,3})天?$/.exec(words);
    if (short) return nearest(Number(short[1]), Number(short[2]), ahead);
    if (later) return new Date(today.getTime() + Number(later[1]) * LONG);
    if (words === "月底") return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 0));
    return parsed(words);
  }
  const iso = (box) => { const day = meant(box.value, "ahead" in box.dataset); return day ? day.toISOString().slice(0, 10) : box.value.trim(); };

  function tell(box) {
    const said = box.parentNode.nextElementSibling;
    const day = meant(box.value, "ahead" in box.dataset), blank = !box.value.trim();
    const off = day && Math.round((day - today) / LONG);
    if (blank || day) box.removeAttribute("aria-invalid"); else box.setAttribute("aria-invalid", "true");
    // A day typed without its year that falls into another one is told with it, and not as if nothing were odd: 11.29 on 30 November.
    const other = day && day.getUTCFullYear() !== today.getUTCFullYear() && !parsed(box.value.trim());
    said.classList.toggle("bad", !blank && (!day || (other && Math.abs(off) > 120)));
    said.textContent = blank ? "" : !day ? "不是日期，请写 3.31 或 2011-03-31" : `${other ? `读作 ${iso(box)}，` : ""}星期${WEEK[day.getUTCDay()]}，${off === 0 ? "今天" : off > 0 ? `还有 ${off} 天` : `${-off} 天前`}`;
  }
  function set(box, day) {
    box.value = day;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function dressOne(box) {
    const value = box.value || box.getAttribute("value") || "", worn = box.closest(".day-box");
    if (worn) { // a copy of one already dressed
      worn.nextElementSibling.remove();
      worn.replaceWith(box);
      box.removeAttribute("aria-describedby");
    }
    box.type = "text";
    box.value = value;
    box.dataset.day = "";
    box.autocomplete = "off";
    if (!box.placeholder) box.placeholder = "如 3.31";
    const said = document.createElement("small"), around = document.createElement("span"), open = document.createElement("button"), picker = document.createElement("input");
    said.id = `day-said-${made += 1}`;
    said.className = "day-said";
    said.setAttribute("aria-hidden", "true");
    box.setAttribute("aria-describedby", `${box.getAttribute("aria-describedby") || ""} ${said.id}`.trim());
    [open.type, open.className, open.textContent, open.tabIndex] = ["button", "plain day-open", "日历", -1];
    [picker.type, picker.className, picker.tabIndex] = ["date", "day-picker", -1];
    for (const extra of [open, picker]) extra.setAttribute("aria-hidden", "true"); // the box itself takes every day a key can write
    around.className = "day-box";
    box.replaceWith(around);
    around.append(box, open, picker);
    around.after(said);
    tell(box);
  }
  function dress(node) {
    if (finger) return;
    for (const box of node.querySelectorAll("input[type=date]:not(.day-picker), input[data-day]")) dressOne(box);
  }

  const boxOf = (event) => (event.target instanceof Element && event.target.matches("input[data-day]") ? event.target : null);
  document.addEventListener("input", (event) => { const box = boxOf(event); if (box) tell(box); });
  document.addEventListener("change", (event) => {
    const box = boxOf(event);
    if (box) { box.value = iso(box); tell(box); }
    if (event.target.matches(".day-picker")) set(event.target.parentNode.querySelector("[data-day]"), event.target.value);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".day-open")) return;
    event.preventDefault();
    const place = event.target.closest(".day-open").parentNode, picker = place.querySelector(".day-picker");
    picker.value = iso(place.querySelector("[data-day]"));
    picker.showPicker();
  });
  document.addEventListener("keydown", (event) => {
    const box = boxOf(event), by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!box || !by || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const day = meant(box.value, "ahead" in box.dataset) || today;
    event.preventDefault();
    set(box, new Date(day.getTime() + by * LONG).toISOString().slice(0, 10));
  });
  document.addEventListener("formdata", (event) => {
    for (const box of event.target.querySelectorAll("input[data-day][name]")) event.formData.set(box.name, iso(box));
  });
  dress(document);
  return { dress, iso: (box) => ("day" in box.dataset ? iso(box) : box.value) };
})();
