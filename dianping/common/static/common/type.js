// Large type, set before the first paint so that nothing jumps. The choice stays in this browser.
(function () {
  "use strict";
  var size = null;
  try { size = localStorage.getItem("dianping:type"); } catch (refused) { /* storage switched off: standard size */ }
  if (size === "125" || size === "150") document.documentElement.classList.add("type-" + size);
})();
