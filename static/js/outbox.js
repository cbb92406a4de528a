// Visits wait here until the server has them: every save goes in first, whether there is a network
// or not, and leaves only when the server has said that it is stored.
(function () {
  "use strict";

  var words = document.getElementById("pw-words");
  if (!words || !window.idb) return;
  var say = words.dataset;
  var DAYS_KEPT = 7;
  var PAUSES = [5, 15, 60, 300]; // seconds between tries while the server does not answer
  var draining = null;
  var failures = 0;
  var notBefore = 0;

  var opened = window.idb.openDB("povertywatch", 1, {
    upgrade: function (db) {
      db.createObjectStore("outbox", { keyPath: "id" }).createIndex("seq", "seq");
      db.createObjectStore("drafts", { keyPath: "household" });
      db.createObjectStore("homes", { keyPath: "id" });
      db.createObjectStore("notes");
    },
  });

  // crypto.randomUUID is missing without HTTPS.
  function uuid() {
    var bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.prototype.map.call(bytes, function (byte) {
      return (byte + 256).toString(16).slice(1);
    }).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  // The post that acts; on the page for offline use the one that acted last on this phone.
  async function me() {
    return say.user || (await (await opened).get("notes", "user")) || "";
  }

  async function records() {
    var user = await me();
    return (await (await opened).getAllFromIndex("outbox", "seq")).filter(function (record) {
      return record.user === user;
    });
  }

  async function put(record) {
    record.user = record.user || (await me());
    record.seq = record.seq || Date.now() + Math.random();
    await (await opened).put("outbox", record);
    await show();
  }

  async function remove(id) {
    await (await opened).delete("outbox", id);
    await show();
  }

  function cookie(name) {
    var found = document.cookie.split("; ").find(function (pair) {
      return pair.indexOf(name + "=") === 0;
    });
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  async function send(method, address, body, type) {
    var stop = new AbortController();
    var timer = window.setTimeout(function () { stop.abort(); }, 60000);
    try {
      return await window.fetch(address, {
        method: method,
        body: body,
        signal: stop.signal,
        credentials: "same-origin",
        headers: { "Content-Type": type, "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" },
      });
    } finally {
      window.clearTimeout(timer);
    }
  }

  // One drain at a time in a tab; of two tabs the server's key decides.
  function drain(now) {
    if (!now && Date.now() < notBefore) return Promise.resolve();
    if (!draining) {
      draining = drainAll().finally(function () { draining = null; });
    }
    return draining;
  }

  async function drainAll() {
    var waiting = (await records()).filter(function (record) {
      return record.state !== "decide" && record.state !== "mend";
    });
    for (var record of waiting) {
      try {
        if (!(await deliver(record))) return;
      } catch (error) { // no network, or no answer in time
        reach(false);
        return;
      }
      reach(true);
    }
  }

  function reach(reached) {
    failures = reached ? 0 : failures + 1;
    notBefore = reached ? 0 : Date.now() + PAUSES[Math.min(failures, PAUSES.length) - 1] * 1000;
    offline(!reached);
  }

  // True when the next one may be tried.
  async function deliver(record) {
    if (!record.stored) {
      var answer = await send("POST", say.visits, JSON.stringify({
        client_id: record.id,
        household: record.household,
        made_at: record.createdAt,
        answers: record.answers,
      }), "application/json");
      if (!(await taken(record, answer))) return answer.status < 500 && answer.status !== 401;
      record.stored = (await answer.json()).page;
      await put(record);
    }
    while (record.photos.length) {
      var photo = record.photos[0];
      var address = say.visits + record.id + "/photos/" + photo.id + "/";
      var sent = await send("PUT", address, photo.blob, "image/jpeg");
      if (!(await taken(record, sent))) return sent.status < 500 && sent.status !== 401;
      record.photos.shift();
      await put(record);
    }
    await remove(record.id);
    tell("delivered", { id: record.id, page: record.stored });
    return true;
  }

  // 2xx is taken; everything else says what has to happen before it can be.
  async function taken(record, answer) {
    if (answer.ok) return true;
    if (answer.status >= 500 || answer.status === 429) throw new Error("later");
    var said = {};
    try { said = await answer.json(); } catch (error) { /* no JSON: the status says enough */ }
    if (answer.status === 401 || answer.status === 403) record.state = "login";
    else if (answer.status === 400 && said.errors && !record.stored) {
      record.state = "mend";
      record.errors = said.errors;
    } else record.state = "decide";
    record.detail = said.detail || (said.errors && [].concat.apply([], Object.values(said.errors)).join(" ")) || "";
    await put(record);
    tell("kept", record);
    return false;
  }

  function tell(what, detail) {
    document.dispatchEvent(new CustomEvent("pw:" + what, { detail: detail }));
  }

  async function show() {
    var number = (await records()).length;
    var badge = document.getElementById("pw-unsent");
    if (badge) {
      badge.hidden = !number;
      badge.textContent = "";
      var mark = document.createElement("span");
      mark.textContent = say.unsent.replace("{n}", number);
      badge.appendChild(mark);
    }
    tell("changed", { number: number });
  }

  function offline(is) {
    var bar = document.getElementById("pw-offline");
    if (!bar) return;
    bar.hidden = !is;
    bar.textContent = navigator.serviceWorker ? say.offline : say.offline + " " + say.stay;
  }

  // Drafts and the list for offline use are personal data on a phone that others may hold.
  async function wipe() {
    var db = await opened;
    await Promise.all([db.clear("drafts"), db.clear("homes")]);
    await db.delete("notes", "fetched");
  }

  async function wipeOld() {
    var db = await opened;
    var user = await db.get("notes", "user");
    var fetched = (await db.get("notes", "fetched")) || 0;
    if (say.user && user !== say.user) {
      await wipe();
      await db.put("notes", say.user, "user");
    } else if (fetched && Date.now() - fetched > DAYS_KEPT * 86400000) await wipe();
    for (var draft of await db.getAll("drafts")) {
      if (Date.now() - draft.at > DAYS_KEPT * 86400000) await db.delete("drafts", draft.household);
    }
  }

  async function leave(form) {
    var number = (await records()).length;
    if (number && !window.confirm(say.leave.replace("{n}", number))) return;
    await wipe();
    form.submit();
  }

  document.addEventListener("submit", function (event) {
    if (event.target.getAttribute("action") !== say.logout) return;
    event.preventDefault();
    leave(event.target);
  });
  window.addEventListener("online", function () { drain(true); });
  window.addEventListener("offline", function () { offline(true); });
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) drain();
  });
  window.setInterval(drain, 30000);

  window.pw = {
    uuid: uuid, say: say, database: opened, records: records, put: put, remove: remove,
    drain: drain, show: show, wipe: wipe,
  };
  if (navigator.serviceWorker && say.worker) navigator.serviceWorker.register(say.worker, { scope: "/" });
  wipeOld().then(show).then(function () {
    offline(!navigator.onLine);
    return drain(true);
  });
})();
