// The frame: search by "/", arrows through rows, filters that send themselves, panels that close.
(function () {
  "use strict";

  function typing(element) {
    return element && element.matches("input, select, textarea, [contenteditable]");
  }

  function focusFirstMessage() {
    var target = document.querySelector(".pw-errors") || document.querySelector("[data-focus]");
    if (target) target.focus();
  }

  function toSearch(event) {
    var search = document.getElementById("search");
    if (event.key !== "/" || !search || typing(event.target)) return;
    event.preventDefault();
    search.focus();
    search.select();
  }

  // Rows of a list: anything in [data-rows] that has a link; the arrows move between the links.
  function throughRows(event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || typing(event.target) || event.altKey || event.ctrlKey) return;
    var links = Array.prototype.slice.call(
      document.querySelectorAll("[data-rows] tbody tr .lead a, [data-rows] > li > a")
    );
    if (!links.length) return;
    var row = event.target.closest("tr, li");
    var here = links.findIndex(function (link) { return row && row.contains(link); });
    var next = links[here === -1 ? (step > 0 ? 0 : links.length - 1) : here + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  function select(event) {
    if (event.key !== " " || typing(event.target)) return;
    var row = event.target.closest("[data-rows] tr");
    var box = row && row.querySelector(".pick input");
    if (!box) return;
    event.preventDefault();
    box.click();
  }

  function closePanels(event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.pw-drop[open]").forEach(function (panel) {
      panel.open = false;
      panel.querySelector("summary").focus();
    });
  }

  document.addEventListener("keydown", function (event) {
    toSearch(event);
    throughRows(event);
    select(event);
    closePanels(event);
  });

  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.pw-drop[open]").forEach(function (panel) {
      if (!panel.contains(event.target)) panel.open = false;
    });
    var fill = event.target.closest("[data-fill]");
    if (fill) fillIn(fill);
    if (event.target.closest("[data-print]")) window.print();
    var close = event.target.closest("[data-close]");
    if (close) close.closest(".pw-toast, .alert").remove();
  });

  // <button data-fill='{"id_username": "…"}'> writes into fields of the page.
  function fillIn(button) {
    var values = JSON.parse(button.dataset.fill);
    Object.keys(values).forEach(function (id) {
      var field = document.getElementById(id);
      if (field) field.value = values[id];
    });
    if (button.dataset.then) document.getElementById(button.dataset.then).focus();
  }

  // <form data-autosubmit>: a changed choice sends the filters; typing waits for Enter.
  document.addEventListener("change", function (event) {
    var form = event.target.closest("form[data-autosubmit]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) {
      form.requestSubmit ? form.requestSubmit() : form.submit();
    }
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.matches("[data-autosubmit]")) dropEmpty(form);
  });

  function dropEmpty(form) {
    form.querySelectorAll("select, input").forEach(function (field) {
      if (!field.value && field.name) field.disabled = true;
    });
    window.setTimeout(function () {
      form.querySelectorAll(":disabled").forEach(function (field) { field.disabled = false; });
    });
  }

  // A group of the menu that is opened or closed stays so: the next page is made that way.
  document.addEventListener("click", function (event) {
    var head = event.target.closest("details[data-group] > summary");
    if (!head) return;
    var code = head.parentNode.dataset.group;
    var kept = (document.cookie.match(/(?:^|; )pw_menu=([^;]*)/) || ["", ""])[1].split("-");
    var others = kept.filter(function (pair) { return pair && pair.split(".")[0] !== code; });
    others.push(code + "." + (head.parentNode.open ? "0" : "1"));
    document.cookie = "pw_menu=" + others.join("-") + "; path=/; max-age=31536000; samesite=lax";
  });

  // A job that ends is told on the page itself where it stands there; then no toast repeats it.
  document.addEventListener("htmx:load", function (event) {
    var toast = event.target.closest ? event.target.closest(".pw-toast[data-job]") : null;
    if (toast && document.getElementById(toast.dataset.job)) toast.remove();
  });

  focusFirstMessage();
})();
