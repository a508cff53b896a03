// Makes photos small before they travel; without this script the plain form works just as well.
(function () {
  "use strict";
  var LONGEST = 1280, QUALITY = 0.8, SMALL = 300000;

  function say(form, text) { form.querySelector("[data-doudi-state]").textContent = text; }

  function shrink(file, done) {
    if (!/^image\//.test(file.type) || file.size < SMALL || !window.FileReader) { done(file); return; }
    var picture = new Image(), reader = new FileReader();
    picture.onerror = reader.onerror = function () { done(file); };
    reader.onload = function () { picture.src = reader.result; };
    picture.onload = function () {
      var scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      if (!canvas.toBlob) { done(file); return; }
      canvas.toBlob(function (blob) { done(blob && blob.size < file.size ? blob : file); }, "image/jpeg", QUALITY);
    };
    reader.readAsDataURL(file);
  }

  function send(form, file, done) {
    var data = new FormData(), request = new XMLHttpRequest();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("kind", form.elements.kind.value);
    data.append("files", file, "photo");
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = function (event) {
      if (event.lengthComputable) { say(form, Math.round(100 * event.loaded / event.total) + "%"); }
    };
    request.onload = function () {
      var refused = "";
      try { refused = JSON.parse(request.responseText).refused; } catch (e) { refused = "✕"; }
      done(refused);
    };
    request.onerror = function () { done("✕"); };
    request.send(data);
  }

  function sendAll(form, files, place, refused) {
    if (place === files.length) {
      if (!refused) { window.location.reload(); return; }
      say(form, refused);
      form.querySelector("[data-doudi-state]").className = "error";
      form.elements.files.disabled = false;
      return;
    }
    say(form, (place + 1) + " / " + files.length);
    shrink(files[place], function (small) {
      send(form, small, function (why) { sendAll(form, files, place + 1, refused || why); });
    });
  }

  function begin(form) {
    if (!window.FormData) { return; }
    var input = form.elements.files, button = form.querySelector("button");
    if (!button.form || !input.addEventListener) { return; }
    button.hidden = true;  // choosing is sending
    input.addEventListener("change", function () {
      if (!input.files || !input.files.length) { return; }
      input.disabled = true;
      sendAll(form, input.files, 0, "");
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-doudi-photos]"), begin);
}());
