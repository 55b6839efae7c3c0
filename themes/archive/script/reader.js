/* What a reader has chosen goes along: large print to every page of the site, query and place to the same page in the other
   language. Addresses carry it, since a folder on a stick has no storage that all browsers share between files. */
(function () {
  "use strict";
  var root = document.documentElement;
  var box = document.getElementById("large");

  function each(list, take) { Array.prototype.forEach.call(list, take); }
  function isLarge(search) { return /[?&]view=large(&|$)/.test(search); }

  /* "?a=b&view=large" → with the choice, or without it. */
  function withView(search, large) {
    var parts = search.replace(/^\?/, "").split("&").filter(function (part) { return part && part !== "view=large"; });
    if (large) parts.push("view=large");
    return parts.length ? "?" + parts.join("&") : "";
  }

  /* The parts of a relative address of a page of this site, which stays relative; none for any other. */
  function partsOf(link) {
    var address = link.getAttribute("href");
    if (/^([a-z][a-z0-9+.-]*:|\/|#|$)/i.test(address) || link.hasAttribute("download")) return null;
    var parts = /^([^?#]*\.html)(\?[^#]*)?(#.*)?$/.exec(address);
    return parts && { path: parts[1], search: parts[2] || "", hash: parts[3] || "" };
  }

  function mark(link) {
    var parts = partsOf(link);
    if (!parts) return;
    /* The other language shows the same: what was asked, and where one was. */
    if (link.classList.contains("switch__link")) {
      parts.search = location.search;
      parts.hash = location.hash;
    }
    var address = parts.path + withView(parts.search, box.checked) + parts.hash;
    if (address !== link.getAttribute("href")) link.setAttribute("href", address);
  }

  function markAll() {
    each(document.querySelectorAll("a[href]"), mark);
    each(document.querySelectorAll("form"), function (form) {
      var field = form.querySelector("input[name=view]");
      if (field && !box.checked) field.parentNode.removeChild(field);
      if (field || !box.checked) return;
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "view";
      field.value = "large";
      form.appendChild(field);
    });
  }

  function choose(large) {
    box.checked = large;
    markAll();
  }

  if (box) {
    choose(isLarge(location.search));
    box.addEventListener("change", function () {
      try {
        history.replaceState(history.state, "", (location.pathname + withView(location.search, box.checked) + location.hash));
      } catch (_) { /* the links carry it all the same */ }
      markAll();
    });
    /* Links that came later, and addresses that have changed since. */
    ["mousedown", "touchstart", "focusin", "click"].forEach(function (event) {
      document.addEventListener(event, function (happened) {
        var link = happened.target.closest && happened.target.closest("a[href]");
        if (link) mark(link);
      }, true);
    });
    /* A page from the browser's memory has the box as it was left, or as it never was. */
    window.addEventListener("pageshow", function () { choose(isLarge(location.search)); });
    window.addEventListener("popstate", function () { choose(isLarge(location.search)); });
  }

  /* There files cannot be saved; a line beside them says what to do. */
  if (/MicroMessenger/i.test(navigator.userAgent)) root.classList.add("in-wechat");

  /* Paper has nothing to click: what is folded opens, and the day of printing stands below. */
  var opened = [];
  window.addEventListener("beforeprint", function () {
    each(document.querySelectorAll("details:not([open])"), function (details) {
      details.open = true;
      opened.push(details);
    });
    each(document.querySelectorAll("[data-printed]"), function (line) {
      line.textContent = line.getAttribute("data-printed").replace("{date}", new Date().toLocaleDateString(root.lang, { dateStyle: "long" }));
    });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (details) { details.open = false; });
    opened = [];
  });
})();
