// The list of visits that wait on this phone.
(function () {
  "use strict";

  var pw = window.pw;
  var list = document.querySelector("[data-outbox]");
  if (!pw || !list) return;
  var say = pw.say;
  var words = { login: say.keptLogin, mend: say.keptMend, decide: say.keptDecide };

  function element(name, text, className) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function button(text, act) {
    var made = element("button", text, "btn btn-sm");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function row(record) {
    var item = element("li", "", "v-unsent");
    var body = element("div", "", "b");
    var head = element("div", "", "n");
    head.appendChild(element("b", record.name));
    head.appendChild(element("span", words[record.state] || say.kept, "badge"));
    body.appendChild(head);
    body.appendChild(element("p", new Date(record.createdAt).toLocaleString(document.documentElement.lang)));
    if (record.detail) body.appendChild(element("p", record.detail));
    var acts = element("div", "", "v-acts");
    if (record.state === "mend") {
      var mend = element("a", say.open, "btn btn-sm");
      mend.href = "/households/" + record.household + "/visits/new/?mend=" + record.id;
      acts.appendChild(mend);
    }
    if (record.state === "decide") {
      acts.appendChild(button(say.again, function () {
        record.state = "";
        pw.put(record).then(function () { pw.drain(true); });
      }));
      acts.appendChild(button(say.drop, function () {
        if (window.confirm(say.really)) pw.remove(record.id);
      }));
    }
    body.appendChild(acts);
    item.appendChild(body);
    return item;
  }

  async function draw() {
    var records = await pw.records();
    list.textContent = "";
    records.forEach(function (record) { list.appendChild(row(record)); });
    list.hidden = !records.length;
    document.querySelector("[data-outbox-empty]").hidden = records.length > 0;
    document.querySelector("[data-send-now]").hidden = !records.length;
    document.querySelector("[data-export]").hidden = !records.length;
  }

  function asText(blob) {
    return new Promise(function (done) {
      var reader = new FileReader();
      reader.onload = function () { done(reader.result); };
      reader.readAsDataURL(blob);
    });
  }

  async function save() {
    var records = await pw.records();
    for (var record of records) {
      record.photos = await Promise.all(record.photos.map(async function (photo) {
        return { id: photo.id, image: await asText(photo.blob) };
      }));
    }
    var link = document.createElement("a");
    var file = new Blob([JSON.stringify(records, null, 1)], { type: "application/json" });
    link.href = URL.createObjectURL(file);
    link.download = "unsent-visits-" + new Date().toISOString().slice(0, 10) + ".json";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  document.querySelector("[data-send-now]").addEventListener("click", function () { pw.drain(true); });
  document.querySelector("[data-export]").addEventListener("click", save);
  document.addEventListener("pw:changed", draw);
  draw();
})();
