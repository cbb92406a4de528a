// The form of a visit: drafts kept on the phone, photos made small, errors at their fields,
// and every save through the outbox. Without this file the form posts itself.
(function () {
  "use strict";

  var LONGEST_SIDE = 1600;
  var MOST_PHOTOS = 9;

  function attach(form) {
    var pw = window.pw;
    var started = Date.now();
    var household = Number(form.dataset.household);
    var photos = [];
    var id = pw.uuid();
    var pressed = null;
    var timer = null;
    var saved = form.querySelector("[data-saved]");
    document.documentElement.classList.add("v-js");

    function answers() {
      var said = {};
      new FormData(form).forEach(function (value, name) {
        if (typeof value !== "string" || name === "csrfmiddlewaretoken") return;
        if (name === "client_id" || name === "made_at" || name === "photos") return;
        if (said[name] === undefined) said[name] = value;
        else said[name] = [].concat(said[name], value);
      });
      return said;
    }

    function fill(said) {
      Array.prototype.forEach.call(form.elements, function (field) {
        if (!field.name || field.type === "hidden" || field.type === "file") return;
        if (field.name === "csrfmiddlewaretoken" || field.type === "submit") return;
        var value = said[field.name];
        if (field.type === "radio" || field.type === "checkbox") {
          field.checked = value !== undefined && [].concat(value).indexOf(field.value) !== -1;
        } else if (value !== undefined) field.value = value;
      });
      if (said.shown) form.elements.shown.value = said.shown;
    }

    function clock(moment) {
      var when = new Date(moment);
      return ("0" + when.getHours()).slice(-2) + ":" + ("0" + when.getMinutes()).slice(-2);
    }

    async function keepDraft() {
      timer = null;
      var draft = { household: household, at: Date.now(), answers: answers(), photos: photos };
      await (await pw.database).put("drafts", draft);
      saved.textContent = pw.say.saved.replace("{time}", clock(draft.at));
    }

    function later() {
      window.clearTimeout(timer);
      timer = window.setTimeout(keepDraft, 600);
    }

    async function dropDraft() {
      window.clearTimeout(timer);
      await (await pw.database).delete("drafts", household);
    }

    async function restore() {
      var mend = new URLSearchParams(window.location.search).get("mend");
      var record = mend ? await (await pw.database).get("outbox", mend) : null;
      if (record && record.household === household) {
        id = record.id;
        fill(record.answers);
        record.photos.forEach(keepPhoto);
        errors(record.errors || {});
        return;
      }
      var draft = await (await pw.database).get("drafts", household);
      if (!draft) return;
      fill(draft.answers);
      (draft.photos || []).forEach(keepPhoto);
      note(pw.say.restored.replace("{time}", clock(draft.at)), pw.say.discard, async function () {
        await dropDraft();
        window.location.reload();
      });
    }

    // One line above the form, with at most one thing to do.
    function note(text, action, act) {
      var old = form.querySelector("[data-note]");
      if (old) old.remove();
      var box = document.createElement("div");
      box.className = "alert";
      box.dataset.note = "";
      box.tabIndex = -1;
      box.setAttribute("role", "status");
      var line = document.createElement("div");
      line.textContent = text;
      box.appendChild(line);
      if (action) {
        var button = document.createElement(typeof act === "string" ? "a" : "button");
        button.className = "btn";
        button.textContent = action;
        if (typeof act === "string") button.href = act;
        else {
          button.type = "button";
          button.addEventListener("click", act);
        }
        box.appendChild(button);
      }
      form.insertBefore(box, form.firstChild);
      return box;
    }

    function keepPhoto(photo) {
      if (photos.length >= MOST_PHOTOS) return;
      photos.push(photo);
      var item = document.createElement("li");
      var image = document.createElement("img");
      image.src = URL.createObjectURL(photo.blob);
      image.alt = pw.say.photo.replace("{n}", photos.length);
      var button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm";
      button.textContent = pw.say.remove;
      button.addEventListener("click", function () {
        photos.splice(photos.indexOf(photo), 1);
        item.remove();
        later();
      });
      item.appendChild(image);
      item.appendChild(button);
      form.querySelector("[data-photos]").appendChild(item);
    }

    function shrunk(file) {
      return new Promise(function (done, fail) {
        var image = new Image();
        image.onload = function () {
          var scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
          var canvas = document.createElement("canvas");
          canvas.width = Math.round(image.width * scale);
          canvas.height = Math.round(image.height * scale);
          canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
          URL.revokeObjectURL(image.src);
          canvas.toBlob(function (blob) { blob ? done(blob) : fail(); }, "image/jpeg", 0.82);
        };
        image.onerror = fail;
        image.src = URL.createObjectURL(file);
      });
    }

    async function takePhotos(input) {
      for (var file of Array.from(input.files)) {
        try {
          keepPhoto({ id: pw.uuid(), blob: await shrunk(file) });
        } catch (error) { /* not a picture: the server would refuse it too */ }
      }
      input.value = "";
      later();
    }

    function labelOf(field) {
      var place = field.closest("fieldset, .v-line, .v-same");
      var label = place && place.querySelector("legend, label");
      return label ? label.firstChild.textContent.trim() : "";
    }

    function errors(found) {
      form.querySelectorAll(".invalid-feedback").forEach(function (old) { old.remove(); });
      var place = document.querySelector("[data-errors]") || form;
      var old = document.querySelector(".pw-errors");
      if (old) old.remove();
      if (!Object.keys(found).length) return;
      var box = document.createElement("div");
      box.className = "pw-errors";
      box.tabIndex = -1;
      box.setAttribute("role", "alert");
      var title = document.createElement("h2");
      title.textContent = pw.say.mend;
      var list = document.createElement("ul");
      box.appendChild(title);
      box.appendChild(list);
      Object.keys(found).forEach(function (name) {
        var text = [].concat(found[name]).join(" ");
        var field = form.querySelector("#id_" + name) || form.querySelector("[name='" + name + "']");
        var line = document.createElement("li");
        if (field) {
          atField(field, text);
          var link = document.createElement("a");
          link.href = "#" + (field.id || "visit-form");
          link.textContent = [labelOf(field), text].filter(Boolean).join(pw.say.colon);
          line.appendChild(link);
        } else line.textContent = text;
        list.appendChild(line);
      });
      place.insertBefore(box, place.firstChild);
      box.focus();
      box.scrollIntoView({ block: "start" });
    }

    function atField(field, text) {
      var around = field.closest("details");
      if (around) around.open = true;
      var row = field.matches("fieldset") ? field : field.closest("fieldset, .v-line, .v-same") || field.parentNode;
      var words = document.createElement("p");
      words.className = "invalid-feedback";
      words.textContent = text;
      row.matches("fieldset") ? row.insertBefore(words, row.children[1] || null) : row.appendChild(words);
      if (row.matches("fieldset") && field.nextElementSibling && field.nextElementSibling.matches("details")) {
        field.nextElementSibling.open = true;
      }
    }

    function busy(is) {
      form.querySelectorAll("button").forEach(function (button) {
        if (!button.type || button.type === "submit") button.disabled = is;
      });
      if (is) saved.textContent = pw.say.sending;
    }

    async function save(event) {
      event.preventDefault();
      if (form.dataset.sent) return;
      form.dataset.sent = "yes";
      form.elements.seconds_spent.value = Math.round((Date.now() - started) / 1000);
      var said = answers();
      if (pressed && pressed.name === "unchanged") said.unchanged = "on";
      busy(true);
      await pw.put({
        id: id,
        household: household,
        name: form.dataset.name,
        createdAt: new Date().toISOString(),
        answers: said,
        photos: photos.slice(),
        tries: 0,
      });
      await dropDraft();
      await pw.drain(true);
      await pw.drain(true); // a drain that was under way when this one came in
      await outcome();
    }

    async function outcome() {
      var record = await (await pw.database).get("outbox", id);
      if (!record) return;
      saved.textContent = "";
      var back = pw.say.back;
      if (record.state === "mend") {
        delete form.dataset.sent;
        busy(false);
        errors(record.errors);
        return;
      }
      form.classList.add("v-kept");
      if (record.state === "decide") note(pw.say.decide + " " + record.detail, back, pw.say.today).focus();
      else if (record.state === "login") note(pw.say.signin, pw.say.login, pw.say.login).focus();
      else note(pw.say.waiting, back, pw.say.today).focus();
      window.scrollTo(0, 0);
    }

    document.addEventListener("pw:delivered", function (event) {
      if (event.detail.id === id && form.isConnected) window.location.assign(event.detail.page);
    });
    form.addEventListener("click", function (event) {
      pressed = event.target.closest("button") || pressed;
    });
    form.addEventListener("submit", save);
    form.addEventListener("input", later);
    // A finding that needs a detail opens the place for it.
    function openDetail(choice) {
      var place = choice.closest("fieldset");
      var below = place && place.nextElementSibling;
      if (choice.type !== "radio" || !below || !below.matches("details.v-under")) return;
      if (choice.value !== "secure" && choice.value !== "at_school") below.open = true;
    }

    form.addEventListener("change", function (event) {
      openDetail(event.target);
      if (event.target.type === "file") takePhotos(event.target);
      else later();
    });
    restore();
  }

  window.pwAttachVisit = attach;
  var form = document.querySelector("form[data-visit]");
  if (form && window.pw) attach(form);
})();
