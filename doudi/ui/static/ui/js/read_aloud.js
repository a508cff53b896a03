// Reads the page aloud: by the phone's own voice, else by the recording of the page's fixed text.
// The button stays hidden where neither is there.
(function () {
  "use strict";
  var WORDS = "h1,h2,h3,p,li,legend,label,dt,dd,summary";
  var QUIET = ".no-print,.clause,.back,.skip,.unseen,.steps,.star,[hidden],[aria-hidden=true]," +
    "details:not([open]) > :not(summary)";
  var chinese = document.documentElement.lang.indexOf("zh") === 0;
  var speech = window.speechSynthesis && window.SpeechSynthesisUtterance && window.speechSynthesis;
  var buttons = document.querySelectorAll("[data-doudi-listen]"), voice = null, playing = null;

  function fits(one) {
    return chinese ? /^(zh|cmn)/i.test(one.lang) : /^en/i.test(one.lang);
  }
  function findVoice() {
    var all = speech ? speech.getVoices() || [] : [], i;
    voice = null;
    for (i = 0; i < all.length; i += 1) {
      // A voice on the phone itself before one that sends the page elsewhere.
      if (fits(all[i]) && (!voice || (all[i].localService && !voice.localService))) { voice = all[i]; }
    }
    Array.prototype.forEach.call(buttons, show);
  }
  function show(button) {
    var machine = button.querySelector("[data-doudi-machine]");
    button.hidden = !(voice || canPlay(button));
    if (machine) { machine.hidden = !!voice; }
  }
  function canPlay(button) {
    return !!(button.getAttribute("data-sound") && window.Audio && new Audio().canPlayType);
  }
  function heard(node) {
    return node.offsetParent !== null && !node.closest(QUIET) && !node.querySelector(WORDS);
  }
  function sentences() {
    var nodes = document.querySelectorAll("#main " + WORDS.split(",").join(",#main "));
    return Array.prototype.filter.call(nodes, heard).map(function (node) {
      var copy = node.cloneNode(true);
      Array.prototype.forEach.call(copy.querySelectorAll(QUIET), function (part) { part.remove(); });
      return copy.textContent.replace(/\s+/g, " ").trim();
    }).filter(function (text, place, all) { return text && text !== all[place - 1]; });
  }
  function label(button, on) {
    var words = button.querySelector("span");
    if (!button.words) { button.words = words.textContent; }
    words.textContent = on ? button.getAttribute("data-stop") : button.words;
    button.setAttribute("aria-pressed", on ? "true" : "false");
  }
  function stop() {
    if (!playing) { return; }
    if (playing.sound) { playing.sound.pause(); } else { speech.cancel(); }
    label(playing.button, false);
    playing = null;
  }
  function speak(button) {
    var left = sentences(), mine = { button: button };
    playing = mine;
    function next() {
      var said;
      if (playing !== mine) { return; }
      if (!left.length) { stop(); return; }
      said = new SpeechSynthesisUtterance(left.shift());
      said.voice = voice; said.lang = voice.lang; said.rate = 0.9;
      said.onend = next; said.onerror = stop;
      speech.speak(said);
    }
    next();
  }
  function play(button) {
    var sound = new Audio(button.getAttribute("data-sound")), begun;
    playing = { button: button, sound: sound };
    sound.onended = sound.onerror = stop;
    begun = sound.play();
    // Old browsers answer nothing; newer ones with a promise that is broken where it cannot play.
    if (begun && begun["catch"]) { begun["catch"](function () { if (playing && playing.sound === sound) { stop(); } }); }
  }
  function press(event) {
    var button = event.currentTarget, again = playing && playing.button === button;
    stop();
    if (again) { return; }
    label(button, true);
    if (voice) { speak(button); } else { play(button); }
  }

  Array.prototype.forEach.call(buttons, function (button) { button.addEventListener("click", press); });
  if (speech) { speech.onvoiceschanged = findVoice; }
  window.addEventListener("pagehide", stop);
  findVoice();
}());
