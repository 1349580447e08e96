// The seed of a draw goes from the day it is sealed to the day it is revealed without being copied by hand: kept on the device it
// was made on, for whoever made it, or brought by the code on the printed slip (after #, which is never sent).
"use strict";

(function () {
  const prefix = `dianping:seed:${document.body.dataset.keeper}:`;
  for (const told of document.querySelectorAll("[data-seed-told]")) { // everybody reads it here now
    try { localStorage.removeItem(prefix + told.dataset.seedTold); } catch (off) { /* nothing was kept */ }
  }
  const kept = document.querySelector("[data-seed-kept]");
  if (kept) try { localStorage.setItem(prefix + kept.dataset.seedKept, kept.textContent.trim()); } catch (full) { /* the paper has it */ }
  const box = document.querySelector("[data-seed-for]");
  if (!box) return;
  const brought = /^#seed=([0-9a-f]{32,200})$/.exec(location.hash);
  const name = prefix + box.dataset.seedFor.replace("-reveal", "");
  let own = null;
  try { own = localStorage.getItem(name); } catch (off) { /* nothing was kept */ }
  if (brought) history.replaceState(null, "", location.pathname);
  box.value = (brought && brought[1]) || own || box.value;
})();
