// A statement of income: what the figures come to, while they are typed.
(function () {
  'use strict';
  var form = document.querySelector('[data-statement]');
  if (!form) return;
  var people = Number(form.dataset.statement);
  var result = form.querySelector('[data-result]');
  function yuan(name) {
    return Number(form.querySelector('[data-yuan=' + name + ']').value.replace(/[,，\s]/g, '')) || 0;
  }
  function sum(names) {
    return names.reduce(function (all, name) { return all + yuan(name); }, 0);
  }
  function put(name, value) {
    form.querySelector('[data-' + name + ']').textContent = value.toLocaleString(
      'en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }) + ' ';
  }
  function tell() {
    var net = sum(['wage', 'business', 'property', 'transfer']) - yuan('expenses');
    put('net', net);
    put('head', people ? net / people : 0);
    put('rigid', sum(['medical', 'schooling', 'housing', 'disaster_repair']));
    result.hidden = false;
  }
  form.addEventListener('input', tell);
  tell();
}());
