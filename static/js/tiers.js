// Tier lines by keyboard: a number chooses in the row, Enter keeps what is filled in and goes on,
// the arrows go to another household. Without this file the form posts itself.
(function () {
  "use strict";

  var form = document.querySelector("[data-lines]");
  if (!form) return;
  var told = form.querySelector("[data-chosen]");
  var save = form.querySelector(".t-bar button");
  var rows = Array.prototype.filter.call(form.querySelectorAll("[data-line]"), function (row) {
    return row.querySelector("input[type=radio]");
  });
  var sent = false;

  function radios(row) {
    return Array.prototype.slice.call(row.querySelectorAll("input[type=radio]"));
  }

  function checked(row) {
    return radios(row).filter(function (radio) { return radio.checked; })[0];
  }

  function changed() {
    return rows.filter(function (row) {
      return radios(row).some(function (radio) { return radio.checked && !radio.defaultChecked; });
    }).length;
  }

  function tell() {
    var number = changed();
    told.hidden = !number;
    told.querySelector("span").textContent = number;
  }

  function enter(row) {
    var target = checked(row) || row.querySelector("[data-hint]") || radios(row)[0];
    target.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function go(row, step) {
    var next = rows[rows.indexOf(row) + step];
    if (next) enter(next);
    else if (step > 0) save.focus();
  }

  function choose(row, radio) {
    if (!radio) return;
    radio.checked = true;
    radio.focus();
    tell();
    askWhy(radio);
  }

  form.addEventListener("keydown", function (event) {
    var row = event.target.closest("[data-line]");
    if (!row || rows.indexOf(row) === -1 || event.altKey || event.ctrlKey || event.metaKey) return;
    var typing = event.target.matches("textarea, input:not([type=radio])");
    if (typing && event.key !== "Enter") return;
    if (event.target.matches("textarea, summary, a")) return;
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) go(row, step);
    else if (event.key === "Enter") {
      if (!checked(row)) choose(row, row.querySelector("[data-hint]"));
      go(row, 1);
    } else if (/^[1-9]$/.test(event.key)) choose(row, radios(row)[Number(event.key) - 1]);
    else return;
    event.preventDefault();
  });

  // A number key before anything has the focus begins at the first household.
  document.addEventListener("keydown", function (event) {
    if (event.target !== document.body || !rows.length) return;
    if (!/^[1-9]$/.test(event.key) && event.key !== "Enter") return;
    event.preventDefault();
    enter(rows[0]);
  });

  // A return asks for its reason at once.
  function askWhy(radio) {
    var asks = radio.hasAttribute("data-why");
    if (!asks && radio.value !== "return" && radio.value !== "start") return;
    var row = radio.closest("[data-line]");
    var details = row.querySelector("details");
    if (details) details.open = true;
    row.querySelector("textarea, input:not([type=radio]):not([type=hidden])").focus();
  }

  form.addEventListener("change", function (event) {
    tell();
    if (event.target.matches("input[type=radio]")) askWhy(event.target);
  });
  form.addEventListener("submit", function () { sent = true; });
  window.addEventListener("beforeunload", function (event) {
    if (sent || !changed()) return;
    event.preventDefault();
    event.returnValue = "";
  });
  tell();
})();
