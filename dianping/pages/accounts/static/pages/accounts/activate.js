// A scanned slip brings its code behind the #, which no server is sent: it goes into the box, leaves the address, and the form
// goes on by itself. Without this script the code is typed.
"use strict";

(function () {
  const form = document.querySelector("[data-activate]");
  const code = decodeURIComponent(location.hash.slice(1));
  if (!form || !code) return;
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = code;
  form.requestSubmit();
})();
