// The stroke of a signature: points in a field of 1000 × 350, as the paper forms draw it.
(function () {
  "use strict";
  var MOST_POINTS = 1500;

  function begin(pad) {
    var canvas = pad.querySelector("canvas"), field = pad.parentNode.querySelector("[name=stroke]");
    var pen = canvas.getContext && canvas.getContext("2d"), strokes = [], line = null, points = 0;
    if (!pen || !field) { return; }
    pad.hidden = false;
    pen.lineWidth = 6; pen.lineCap = "round"; pen.lineJoin = "round"; pen.strokeStyle = "#1f2329";

    function where(event) {
      var touch = event.touches ? event.touches[0] : event, box = canvas.getBoundingClientRect();
      return [Math.round((touch.clientX - box.left) / box.width * 1000),
              Math.round((touch.clientY - box.top) / box.height * 350)];
    }
    function down(event) { line = [where(event)]; strokes.push(line); event.preventDefault(); }
    function move(event) {
      if (!line || points > MOST_POINTS) { return; }
      var last = line[line.length - 1], here = where(event);
      pen.beginPath(); pen.moveTo(last[0], last[1]); pen.lineTo(here[0], here[1]); pen.stroke();
      line.push(here); points += 1; event.preventDefault();
    }
    function up() { line = null; field.value = strokes.length ? JSON.stringify(strokes) : ""; }

    canvas.addEventListener("mousedown", down); canvas.addEventListener("touchstart", down);
    canvas.addEventListener("mousemove", move); canvas.addEventListener("touchmove", move);
    window.addEventListener("mouseup", up); canvas.addEventListener("touchend", up);
    pad.querySelector("[data-doudi-clear]").addEventListener("click", function () {
      pen.clearRect(0, 0, canvas.width, canvas.height); strokes = []; points = 0; field.value = "";
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-doudi-pad]"), begin);
}());
