/* The case page by keyboard: j, k and the arrows go to the next and previous case, a and r go to
   the act; a form is sent once. Everything works without it. */
(function () {
  "use strict";

  function typing(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
  }

  function follow(selector) {
    var link = document.querySelector(selector);
    if (link) link.click();
  }

  /* Opens what hides the act, then the focus goes to its button, or to its first field. */
  function go(code, field) {
    var form = document.querySelector('form[data-act="' + code + '"]');
    if (!form) return;
    var folded = form.closest("details");
    if (folded) folded.open = true;
    var target = form.querySelector(field ? "textarea" : "button");
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }

  var KEYS = {
    j: function () { follow("[data-after]"); },
    ArrowRight: function () { follow("[data-after]"); },
    k: function () { follow("[data-before]"); },
    ArrowLeft: function () { follow("[data-before]"); },
    a: function () { go("pass", false); },
    r: function () { go("return", true); },
  };

  document.addEventListener("keydown", function (event) {
    var act = KEYS[event.key];
    if (!act || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });

  /* The button of a return names the office that is chosen. */
  function name(form) {
    var chosen = form.querySelector('input[name="to"]:checked');
    var button = form.querySelector("button");
    if (chosen && button) button.textContent = button.getAttribute("data-" + chosen.value);
  }

  document.querySelectorAll('form[data-act="return"]').forEach(function (form) {
    if (!form.querySelector('input[name="to"]')) return;
    name(form);
    form.addEventListener("change", function () { name(form); });
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-once")) return;
    if (form.getAttribute("aria-busy")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("aria-busy", "true");
  });

  /* A page that comes back from the browser's memory may be sent again. */
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-once]").forEach(function (form) {
      form.removeAttribute("aria-busy");
    });
  });
})();
