// Rows of the form of a review that come while one writes are copies of its <template>s: a shortcoming, and what is said of an
// earlier problem. The page of one target and the page of a sitting share them.
"use strict";

window.rows = (function () {
  const MOST = 30;
  const copy = (selector) => document.querySelector(selector).content.firstElementChild.cloneNode(true);
  const part = (row, name) => row.querySelector(`[name^=${name}-]`);

  // A row for shortcoming `number`, holding `problem` (text, owner, due, and point and from where it was taken over).
  function problem(number, given, name) {
    const row = copy("[data-problem-row]");
    row.querySelector("[data-number]").textContent = number;
    for (const field of row.querySelectorAll("[name]")) field.name = field.name.replace(/\d+$/, number);
    const text = part(row, "problem");
    text.setAttribute("aria-label", name ? `${name}第 ${number} 项` : text.getAttribute("aria-label").replace(/\d+/, number));
    if (given) {
      [text.value, part(row, "owner").value, part(row, "due").value] = [given.text, given.owner, given.due];
      if (given.point) origin(row, given.point, given.from);
    }
    window.days.dress(row);
    return row;
  }
  // A row that came from what the masses said carries the key of the point and says which one it was.
  function origin(row, point, from) {
    part(row, "point").value = point;
    row.dataset.from = from;
    row.querySelector("[data-origin-number]").textContent = `第 ${from} 条`;
    row.querySelector("[data-origin]").hidden = false;
  }
  // What stands in a row; its point only where it has one.
  function read(row) {
    const point = part(row, "point").value;
    const found = { text: part(row, "problem").value, owner: part(row, "owner").value, due: window.days.iso(part(row, "due")) };
    return point ? Object.assign(found, { point, from: row.dataset.from }) : found;
  }
  function met([key, text, found, words]) {
    const row = copy("[data-met-template]");
    row.querySelector("p").textContent = text;
    for (const field of row.querySelectorAll("[name]")) field.name = field.name.replace(/\d+$/, key);
    [part(row, "found").value, part(row, "words").value] = [found, words];
    return row;
  }
  // Something on file the review may rest on.
  function ground([name, told, address, ticked]) {
    const row = copy("[data-ground-template]"), box = row.querySelector("input"), link = row.querySelector("a");
    box.name = `ground-${name}`;
    box.checked = ticked;
    row.querySelector("[data-ground-told]").textContent = told;
    link.hidden = !address;
    if (address) link.href = address;
    return row;
  }
  return { MOST, problem, origin, read, met, ground };
})();
