// A list with ticks: all of the page at once, and how many are ticked.
(function () {
  'use strict';
  Array.prototype.forEach.call(document.querySelectorAll('[data-ticks]'), function (form) {
    var all = form.querySelector('[data-tick-all]');
    var count = form.querySelector('[data-tick-count]');
    function boxes() {
      return Array.prototype.slice.call(form.querySelectorAll('td.pick input'));
    }
    function tell() {
      var number = boxes().filter(function (box) { return box.checked; }).length;
      count.textContent = number ? '✓ ' + number : '';
      all.querySelector('input').checked = number > 0 && number === boxes().length;
    }
    all.hidden = false;
    all.addEventListener('change', function (event) {
      boxes().forEach(function (box) { box.checked = event.target.checked; });
      tell();
    });
    form.addEventListener('change', tell);
    tell();
  });
}());
