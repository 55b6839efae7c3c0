/* Loads the index: a data file is a script that calls tuopinSearch(name, payload). */
(search => {
  "use strict";
  const { parts } = search;
  const MOST_LOADING = 8, MOST_KEPT = 400;
  const own = document.currentScript && document.currentScript.src || "";
  const waiting = new Map(), queue = [], kept = new Map();

  window.tuopinSearch = (name, payload) => {
    if (waiting.has(name)) waiting.get(name).payload = payload;
  };

  function root() {
    const form = document.querySelector("form#search[data-root]");
    return form ? form.getAttribute("data-root") : own.replace(/[^/]*\/[^/]*$/, "");
  }

  function startNext() {
    if (waiting.size >= MOST_LOADING || !queue.length) return;
    const entry = queue.shift(), script = document.createElement("script");
    waiting.set(entry.name, entry);
    script.src = root() + "search/" + entry.name + ".js" + entry.version;
    script.onload = script.onerror = () => {
      waiting.delete(entry.name);
      script.remove();
      if (entry.payload === undefined) entry.reject(new Error("not loaded: " + entry.name));
      else entry.resolve(entry.payload);
      startNext();
    };
    document.head.appendChild(script);
  }

  /* Keeps what was used last; forgets failures, so that a retry loads again. */
  function once(name, version, decode) {
    let promise = kept.get(name);
    if (!promise) {
      promise = new Promise((resolve, reject) => {
        queue.push({ name, version, resolve, reject });
        startNext();
      }).then(decode);
      promise.catch(() => kept.delete(name));
    }
    kept.delete(name);
    kept.set(name, promise);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
    return promise;
  }

  function manifest() {
    return once("manifest", "", data => {
      if (data.format !== 1) throw new Error("unknown index format");
      data.bitmap = parts.base64(data.charset);
      return data;
    });
  }

  async function file(name, decode) {
    return once(name, "?v=" + (await manifest()).version, payload => decode(parts.base64(payload)));
  }

  function deflated(name, decode) {
    return file(name, bytes => decode(parts.inflate(bytes)));
  }

  function json(bytes) {
    return JSON.parse(parts.utf8(bytes));
  }

  function numbered(segment, kind, number) {
    return segment + "/" + kind + "-" + String(number).padStart(4, "0");
  }

  function isAbsent(data, point) {
    return point >= 0x4E00 && point <= 0x9FFF && !(data.bitmap[point - 0x4E00 >> 3] >> (point & 7) & 1);
  }

  function table() {
    return deflated("t2s", bytes => {
      const points = Array.from(json(bytes)).map(character => character.codePointAt(0)), map = new Map();
      for (let i = 0; i + 1 < points.length; i += 2) map.set(points[i], points[i + 1]);
      return map;
    });
  }

  async function tableFor(data, value) {
    const isForeign = Array.from(parts.fold(value, null)).some(character => {
      const point = character.codePointAt(0);
      return isAbsent(data, point) || point >= 0x3400 && point < 0x4E00 || point >= 0x20000 && point < 0x32000;
    });
    return isForeign ? table() : null;
  }

  Object.assign(parts, { manifest, file, deflated, json, numbered, isAbsent, table, tableFor });
})(window.TuopinSearch = window.TuopinSearch || { parts: {} });
