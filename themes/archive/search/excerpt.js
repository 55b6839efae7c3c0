/* Hits and excerpts. */
(search => {
  "use strict";
  const { parts } = search;

  const details = new WeakMap(), results = new WeakMap();

  function matchesIn(value, atoms, table) {
    const units = parts.units(value, table), found = [];
    atoms.forEach((atom, number) => atom.exclude || atom.options.forEach(part => {
      const wanted = part.units;
      for (let i = 0; i + wanted.length <= units.length; i++) {
        const offset = units[i].at - wanted[0].at;
        const isSame = wanted.every((unit, j) => {
          const other = units[i + j];
          return other.at - offset === unit.at && (other.text === unit.text || unit.stem !== undefined && parts.stem(other.text) === unit.stem);
        });
        if (isSame) found.push({ from: units[i].from, to: units[i + wanted.length - 1].to, atom: number });
      }
    }));
    return found.sort((a, b) => a.from - b.from || b.to - a.to);
  }

  async function foundIn(data, value, atoms) {
    const found = matchesIn(value, atoms, null), map = found.length ? null : await parts.tableFor(data, value);
    return map ? matchesIn(value, atoms, map) : found;
  }

  async function makeHit(result, place, entry) {
    const [lang, url, id, title, date, places, lead, body, headings] = entry, inTitle = await foundIn(result.data, title, result.atoms), inBody = await foundIn(result.data, body, result.atoms);
    const above = inBody.length && (place.stripe || !inTitle.length) && headings ? headings.filter(heading => heading[0] <= inBody[0].from) : [];
    const hit = { id, lang, url: url + (above.length ? "#" + above.pop()[1] : ""), score: place.score };
    details.set(hit, { title, date, places, lead, body, inTitle, inBody });
    return hit;
  }

  function hitsOf(result, places) {
    return Promise.all(places.map(async place => makeHit(result, place, await parts.deflated(parts.numbered(place.segment, "t", place.doc) + "-" + place.stripe, parts.json))));
  }

  /* [[text, is marked], …] */
  function pieces(value, found, from, to) {
    const out = [];
    let at = from;
    found.forEach(match => {
      const start = Math.max(match.from, at), end = Math.min(match.to, to);
      if (end <= start) return;
      if (start > at) out.push([value.slice(at, start), false]);
      out.push([value.slice(start, end), true]);
      at = end;
    });
    if (at < to) out.push([value.slice(at, to), false]);
    return out;
  }

  /* The nearest end of a word or character, from an offset on. */
  function whole(value, at, step) {
    while (at > 0 && at < value.length && /[0-9A-Za-z\u00C0-\u024F]{2}|[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(value.substr(at - 1, 2))) at += step;
    return Math.min(Math.max(at, 0), value.length);
  }

  /* At most two windows, each with the most atoms not yet shown, from the beginning of a near sentence. */
  function windows(value, found, width) {
    const shown = new Set(), chosen = [];
    for (let size = width; chosen.length < 2; size = width >> 1) {
      let best = null;
      found.slice(0, 200).forEach(match => {
        const atoms = new Set(found.filter(other => other.from >= match.from && other.to <= match.from + size && !shown.has(other.atom)).map(other => other.atom));
        if (atoms.size > (best ? best.atoms.size : 0)) best = { match, atoms };
      });
      if (!best) break;
      const at = best.match.from, near = Math.max(at - (size >> 2), 0), sentence = /^[^]*(?:[。！？\n]|[.!?] )/.exec(value.slice(near, at));
      const from = whole(value, near + (sentence ? sentence[0].length : 0), -1);
      chosen.push({ from, to: Math.max(whole(value, from + size, 1), best.match.to) });
      best.atoms.forEach(atom => shown.add(atom));
    }
    return chosen.sort((a, b) => a.from - b.from).filter((one, i, all) => !i || one.from >= all[0].to);
  }

  /* {title and text: pieces, date, places} for a hit of this session. */
  search.excerpt = async hit => {
    const { title, date, places, lead, body, inTitle, inBody } = details.get(hit), width = hit.lang === "zh" ? 64 : 170, out = [];
    const value = inBody.length ? body : lead || body, spans = inBody.length ? windows(body, inBody, width) : [{ from: 0, to: whole(value, width, 1) }];
    spans.forEach(span => {
      if (span.from) out.push(["… ", false]);
      out.push.apply(out, pieces(value, inBody, span.from, span.to));
      if (span.to < value.length) out.push([" …", false]);
    });
    return { title: pieces(title, inTitle, 0, title.length), text: out, date, places };
  };

  /* Promise of {total, hits, tooCommon, relaxed: []}. */
  async function find(query, options) {
    const given = Object.assign({ limit: 10 }, options), result = await parts.evaluate(String(query), given.filters), places = await parts.ordered(result, given.sort, given.limit);
    const answer = { total: result.total, hits: await hitsOf(result, places), tooCommon: result.common, relaxed: [] };
    results.set(answer, result);
    return answer;
  }

  search.fold = async value => parts.fold(String(value), await parts.table());
  Object.assign(parts, { find, hitsOf, result: answer => results.get(answer), details: hit => details.get(hit) });
})(window.TuopinSearch = window.TuopinSearch || { parts: {} });
