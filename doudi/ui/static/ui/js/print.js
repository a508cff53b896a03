// Shows the print buttons where there is a printer to ask.
(function () {
  "use strict";
  Array.prototype.forEach.call(document.querySelectorAll("[data-doudi-print]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
}());
