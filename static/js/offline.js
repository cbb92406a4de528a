// Fetches the own village for offline use, and shows it on the page that opens without a network.
(function () {
  "use strict";

  var pw = window.pw;
  if (!pw) return;
  var HOURS = 12;
  var page = document.querySelector("[data-offline-page]");

  // From the page of today, at most twice a day; without HTTPS there is no page to show it on.
  async function fetchHomes() {
    var db = await pw.database;
    var fetched = (await db.get("notes", "fetched")) || 0;
    if (!navigator.serviceWorker || Date.now() - fetched < HOURS * 3600000) return;
    var homes = [];
    var address = pw.say.homes;
    while (address) {
      var answer = await window.fetch(address, { credentials: "same-origin" });
      if (!answer.ok) return;
      var said = await answer.json();
      homes = homes.concat(said.homes);
      address = said.next;
    }
    var change = db.transaction(["homes", "notes"], "readwrite");
    change.objectStore("homes").clear();
    homes.forEach(function (home) { change.objectStore("homes").put(home); });
    change.objectStore("notes").put(Date.now(), "fetched");
    await change.done;
  }

  function open(home) {
    page.querySelector("[data-list]").hidden = true;
    var place = page.querySelector("[data-form]");
    place.innerHTML = home.form;
    place.querySelector("h1").focus();
    window.pwAttachVisit(place.querySelector("form"));
  }

  async function list() {
    var homes = await (await pw.database).getAll("homes");
    var asked = window.location.pathname.match(/^\/households\/(\d+)\/visits\/new\/$/);
    var home = asked && homes.find(function (one) { return one.id === Number(asked[1]); });
    if (home) return open(home);
    page.querySelector("[data-none]").hidden = homes.length > 0;
    homes.sort(function (a, b) { return a.place - b.place; });
    homes.forEach(function (one) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = "/households/" + one.id + "/visits/new/";
      link.innerHTML = "<div class=\"b\"><div class=\"n\"><b></b></div><p></p></div>";
      link.querySelector("b").textContent = one.name;
      link.querySelector("p").textContent = one.group;
      link.addEventListener("click", function (event) {
        event.preventDefault();
        open(one);
      });
      item.appendChild(link);
      page.querySelector("[data-homes]").appendChild(item);
    });
  }

  if (page) list();
  else if (document.querySelector("[data-fetch-homes]")) fetchHomes().catch(function () {});
})();
