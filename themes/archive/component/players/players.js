/* The lines of a transcript become captions of its film: a track of its own would not load from a folder on a stick. */
(function () {
  "use strict";
  if (!window.VTTCue) return;
  function each(list, take) { Array.prototype.forEach.call(list, take); }
  each(document.querySelectorAll("[data-captions]"), function (lines) {
    var film = document.getElementById(lines.getAttribute("data-captions"));
    if (!film || film.tagName !== "VIDEO" || !film.addTextTrack) return;
    var track = film.addTextTrack("captions", lines.getAttribute("data-label"), lines.lang);
    each(lines.querySelectorAll("[data-from]"), function (line) {
      var words = line.querySelector(".player__words").textContent;
      words = words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
      track.addCue(new VTTCue(Number(line.getAttribute("data-from")), Number(line.getAttribute("data-to")), words));
    });
    track.mode = "showing";
  });
})();
