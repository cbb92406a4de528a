// The inbox: choosing rows, the preview beside the list, and the keys for both.
(function () {
  "use strict";

  var form = document.getElementById("batch");
  var panel = document.getElementById("panel");
  var WIDE = "(min-width: 1280px)";
  var opener = null;

  function boxes() {
    return Array.prototype.slice.call(form.querySelectorAll(".pick input"));
  }

  function chosen() {
    return boxes().filter(function (box) { return box.checked; });
  }

  function show() {
    var count = form.querySelector("[data-count]");
    var number = chosen().length;
    boxes().forEach(function (box) {
      box.closest("tr").setAttribute("aria-selected", String(box.checked));
    });
    form.querySelector(".ib-bar").toggleAttribute("data-some", number > 0);
    count.textContent = count.dataset.words + " " + number;
    var all = document.getElementById("pick-all");
    all.hidden = false;
    all.checked = number > 0 && number === boxes().length;
    all.indeterminate = number > 0 && !all.checked;
  }

  function chooseAll(checked) {
    boxes().forEach(function (box) { box.checked = checked; });
    show();
  }

  // Wide screens show the preview beside the list; others go to its page.
  function preview(act) {
    var fields = new URLSearchParams(new FormData(form));
    fields.set("act", act);
    opener = document.activeElement;
    load(form.action + "?" + fields.toString());
  }

  function load(address) {
    fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
      .then(function (answer) {
        if (answer.redirected || !answer.ok) throw new Error("not a preview");
        return answer.text();
      })
      .then(function (text) {
        panel.innerHTML = text;
        panel.hidden = false;
        panel.scrollIntoView({ block: "nearest" });
        panel.querySelector("h2").focus();
      })
      .catch(function () { window.location.assign(address); });
  }

  function close() {
    if (!panel || panel.hidden) return false;
    panel.hidden = true;
    panel.textContent = "";
    if (opener && document.contains(opener)) opener.focus();
    return true;
  }

  function typing(element) {
    return element.matches("input:not([type=checkbox]), select, textarea");
  }

  function keys(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      var act = document.querySelector("form[data-once]");
      if (!act) return;
      event.preventDefault();
      act.querySelector("button.btn-primary").click();
      return;
    }
    if (event.key === "Escape" && close()) { event.preventDefault(); return; }
    if (!form || typing(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    var key = event.key.toLowerCase();
    if (key === "a") { event.preventDefault(); chooseAll(chosen().length < boxes().length); }
    if (key === "b" && chosen().length) { event.preventDefault(); open("pass"); }
  }

  function open(act) {
    if (window.matchMedia(WIDE).matches) preview(act);
    else form.querySelector("button[value=" + act + "]").click();
  }

  document.addEventListener("keydown", keys);

  // A second click on the button that acts does nothing.
  document.addEventListener("submit", function (event) {
    var once = event.target;
    if (!once.matches("form[data-once]")) return;
    if (once.dataset.sent) { event.preventDefault(); return; }
    once.dataset.sent = "yes";
    once.querySelector("button.btn-primary").setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-once]").forEach(function (once) {
      delete once.dataset.sent;
      once.querySelector("button.btn-primary").removeAttribute("aria-disabled");
    });
    if (form) show();
  });

  document.addEventListener("click", function (event) {
    var shut = event.target.closest("[data-close-panel]");
    if (shut && panel && panel.contains(shut) && close()) event.preventDefault();
  });

  if (!form) return;

  form.addEventListener("change", function (event) {
    if (event.target.id === "pick-all") chooseAll(event.target.checked);
    else show();
  });
  form.addEventListener("click", function (event) {
    var link = event.target.closest("[data-all], [data-none]");
    if (link) {
      event.preventDefault();
      chooseAll(link.hasAttribute("data-all"));
    }
    var button = event.target.closest("button[name=act]");
    if (button && window.matchMedia(WIDE).matches && chosen().length) {
      event.preventDefault();
      preview(button.value);
    }
  });
  // In the panel, a step chosen among several and a single return are previews too.
  panel.addEventListener("submit", function (event) {
    var inner = event.target;
    if (inner.method !== "get") return;
    event.preventDefault();
    var fields = new URLSearchParams(new FormData(inner));
    fields.set("act", inner.querySelector("button[name=act]").value);
    load(inner.action + "?" + fields.toString());
  });

  show();
})();
