/* From a query to ranked documents: parses, matches, filters, counts. */
(search => {
  "use strict";
  const { parts } = search;
  const MOST_POINTS = 200, MOST_ATOMS = 16, TITLE_END = 128, BEST = 1 << 24;

  /* Atoms {exclude, options: parts, source}; a part is a phrase of units. */
  function parse(query, titled) {
    const input = Array.from(query).map(character => character <= " " ? " " : character);
    const atoms = [];
    let at = 0;

    function blanks() {
      while (input[at] === " ") at++;
    }
    function part(titleOnly) {
      const quoted = input[at] === '"', from = at += quoted ? 1 : 0;
      while (at < input.length && (quoted ? input[at] !== '"' : input[at] !== " " && input[at] !== "|")) at++;
      const source = input.slice(from, at).join("");
      if (quoted) at++;
      return plan(source, quoted, titleOnly, titled);
    }
    for (blanks(); at < input.length && atoms.length < MOST_ATOMS; blanks()) {
      const start = at, exclude = input[at] === "-" && /\S/.test(input[at + 1] || ""), options = [];
      if (exclude) at++;
      for (let more = true, titleOnly = false, end; more;) {
        if (input.slice(at, at + 6).join("") === "title:") {
          titleOnly = true;
          at += 6;
        }
        options.push(part(titleOnly));
        end = at;
        blanks();
        more = input[at] === "|";
        if (!more) at = end;
        else if (at++) blanks();
      }
      const full = options.filter(part => part.units.length);
      if (full.length) atoms.push({ exclude, options: full, source: input.slice(start, at).join("").trim() });
    }
    return atoms;
  }

  /* Where the fewest bigrams begin that cover n units. */
  function cover(n) {
    const starts = [];
    for (let i = 0; i < n - 1; i += i + 3 === n ? 1 : 2) starts.push(i);
    return starts;
  }

  /* Units that touch, one of them wide, make chains; bigrams cover a chain of two or more. */
  function plan(source, quoted, titleOnly, titled) {
    const units = parts.units(source, null), chains = [], terms = [];
    units.forEach((unit, i) => {
      const before = units[i - 1];
      if (before && unit.at === before.at + 1 && (unit.wide || before.wide)) chains[chains.length - 1].push(unit);
      else chains.push([unit]);
    });
    const layer = units.length < 3 && chains.length < 2 && (titled || !titleOnly) ? "a" : "p";
    chains.forEach((chain, number) => {
      const unit = chain[0], follows = number + 1 < chains.length;
      if (chain.length === 1) {
        if (!unit.wide && !quoted) unit.stem = parts.stem(unit.text);
        terms.push({ layer: unit.wide ? "a" : layer, unit, at: unit.at });
      }
      cover(chain.length).forEach(i => terms.push({ layer, bigram: chain[i].text + chain[i + 1].text, at: chain[i].at, before: chain[i - 1], after: chain[i + 2], follows }));
    });
    return { source, titleOnly, units, terms };
  }

  /* Terms of a shard as [{entry, name of the shard, layer}]. */
  async function shard(data, segment, layer, hashed, isWanted) {
    const { titled, [layer]: count } = data.segments[segment], found = [];
    if (!count) return found;
    const name = parts.numbered(segment, layer, parts.shardOf(hashed, count));
    (await parts.file(name, parts.readShard)).forEach((entry, term) => {
      if (isWanted(term)) found.push({ entry, name, layer, titled });
    });
    return found;
  }

  function lookUp(data, segment, layer, term) {
    const wanted = parts.termKey(term);
    return shard(data, segment, layer, wanted, other => other === wanted);
  }

  /* A word: the surface alone, or all surfaces of its stem. */
  function lookUpWord(data, segment, layer, unit) {
    const stem = parts.stem(unit.text), hashed = parts.termKey("w" + stem), wanted = stem === unit.text ? hashed : parts.termKey("w" + stem + "\x01" + unit.text);
    return shard(data, segment, layer, hashed, unit.stem === undefined ? other => other === wanted : other => other.split("\x01")[0] === hashed);
  }

  /* A very frequent bigram is divided by the unit that touches it, or none; its own list holds the rest. */
  async function lookUpTerm(data, segment, term) {
    if (term.unit) return term.unit.wide ? lookUp(data, segment, "a", "u" + term.unit.text) : lookUpWord(data, segment, term.layer, term.unit);
    const found = await lookUp(data, segment, term.layer, "b" + term.bigram);
    if (!found.length || !found[0].entry.split) return found;
    const divided = term.after || !term.before && term.follows ? "f" + term.bigram + (term.after ? term.after.text : "") : "g" + (term.before ? term.before.text : "") + term.bigram;
    return found.filter(hasList).concat(await lookUp(data, segment, "p", divided));
  }

  function hasList(found) {
    return found.entry.length > 0 || found.entry.external >= 0;
  }

  async function block(found) {
    return found.entry.external < 0 ? found.entry.block : parts.file(found.name + "x" + found.entry.external, bytes => bytes);
  }

  async function rows(found) {
    return parts.readList(await block(found), found.entry.df, found.layer === "p", found.titled);
  }

  function union(lists) {
    if (lists.length === 1) return lists[0];
    const merged = new Map();
    lists.forEach(list => list.forEach(row => {
      const other = merged.get(row.doc);
      merged.set(row.doc, !other ? row : {
        doc: row.doc, impact: Math.max(row.impact, other.impact), stripe: Math.min(row.stripe, other.stripe), title: row.title || other.title,
        positions: row.positions && row.positions.concat(other.positions).sort((a, b) => a - b)
      });
    }));
    return Array.from(merged.values()).sort((a, b) => a.doc - b.doc);
  }

  /* Rows of base that have other at a distance, or in the document, where one has no positions. */
  function narrow(base, other, at) {
    const out = [];
    for (let i = 0, j = 0; i < base.length && j < other.length;) {
      const one = base[i], two = other[j], difference = one.doc - two.doc;
      if (difference <= 0) i++;
      if (difference >= 0) j++;
      if (difference) continue;
      let positions = one.positions;
      if (positions && two.positions) {
        const there = new Set(two.positions);
        positions = positions.filter(position => there.has(position + at));
        if (!positions.length) continue;
      }
      out.push({ doc: one.doc, impact: Math.min(one.impact, two.impact), stripe: one.stripe, title: one.title, positions });
    }
    return out;
  }

  /* common: the part has no list, its characters stand almost everywhere. */
  async function matchPart(data, segment, part) {
    const nothing = [];
    if (part.units.some(unit => unit.wide && parts.isAbsent(data, unit.text.codePointAt(0)))) return nothing;
    const found = await Promise.all(part.terms.map(term => lookUpTerm(data, segment, term)));
    if (found.some(list => !list.length)) return nothing;
    const wanted = found.map((list, i) => {
      const listed = list.filter(hasList);
      return { at: part.terms[i].at, found: listed, loose: listed.some(one => one.layer === "a"), df: listed.reduce((sum, one) => sum + one.entry.df, 0) };
    }).filter(one => one.found.length);
    if (!wanted.length) {
      nothing.common = true;
      return nothing;
    }
    wanted.sort((a, b) => a.loose - b.loose || a.df - b.df);
    const lists = await Promise.all(wanted.map(async one => union(await Promise.all(one.found.map(rows)))));
    const first = wanted[0].at, { stripe } = data.segments[segment];
    const phrase = lists.reduce((base, list, i) => narrow(base, list, wanted[i].at - first));
    return phrase.map(row => {
      const position = row.positions && row.positions[0] - first;
      return row.positions ? { doc: row.doc, impact: row.impact, stripe: Math.floor(position / stripe), title: position < TITLE_END } : row;
    }).filter(row => row.title || !part.titleOnly);
  }

  async function matchAtom(data, segment, atom) {
    const lists = await Promise.all(atom.options.map(part => matchPart(data, segment, part))), merged = union(lists);
    return { rows: merged, common: lists.some(list => list.common) };
  }

  function facet(segment, param) {
    return parts.deflated(segment + "/f-" + param, bytes => {
      const end = bytes.indexOf(0), { values, sets } = parts.json(bytes.subarray(0, end)), step = sets.length > 256 ? 2 : 1, docs = [];
      for (let i = end + 1; i < bytes.length; i += step) docs.push(sets[bytes[i] + (step > 1 ? bytes[i + 1] << 8 : 0)]);
      /* For each value: itself and all above it. */
      const lines = values.map((_, number) => {
        const line = [];
        for (let at = number; values[at] && line.indexOf(at) < 0; at = values[at].parent) line.push(at);
        return line;
      });
      return { values, docs, lines };
    });
  }

  async function mask(segment, filter) {
    const column = await facet(segment, filter.param), wanted = number => filter.ids.indexOf(String(column.values[number].id)) >= 0;
    const chosen = column.lines.map(line => line.some(wanted));
    return { param: filter.param, allowed: column.docs.map(numbers => numbers.some(number => chosen[number])) };
  }

  function passes(masks, doc, except) {
    return masks.every(mask => mask.param === except || mask.allowed[doc]);
  }

  /* 16 · log2(x), x >= 1, by multiplication only, so that every engine rounds alike. */
  function log16(x) {
    let result = 0;
    for (; x >= 2; x /= 2) result += 16;
    for (let bit = 8; bit >= 1; bit /= 2) {
      x *= x;
      if (x >= 2) {
        x /= 2;
        result += bit;
      }
    }
    return result;
  }

  function combine(size, positive, negative) {
    const seen = new Uint8Array(size), score = new Int32Array(size), stripe = new Int32Array(size).fill(-1), docs = [];
    positive.forEach((atom, number) => atom.rows.forEach(row => {
      if (seen[row.doc] !== number) return;
      seen[row.doc]++;
      score[row.doc] += atom.idf * (row.impact + 1) * (row.title ? 2 : 1);
      if (stripe[row.doc] < 0 && !row.title) stripe[row.doc] = row.stripe;
    }));
    negative.forEach(atom => atom.rows.forEach(row => { seen[row.doc] = 255; }));
    for (let doc = 0; doc < size; doc++) if (seen[doc] === positive.length) docs.push(doc);
    return { docs, score, stripe };
  }

  /* Segments: {docs, kept: docs that pass the filters, score, stripe, masks}. */
  async function evaluate(query, filters) {
    const data = await parts.manifest(), asked = Array.from(query.slice(0, MOST_POINTS * 2)).slice(0, MOST_POINTS).join("");
    const atoms = parse(parts.fold(asked, await parts.tableFor(data, asked)), data.segments.every(segment => segment.titled));
    const chosen = data.facets.map(facet => ({ param: facet.param, ids: [].concat(filters && filters[facet.param] || []).map(String) })).filter(filter => filter.ids.length);
    const result = { data, query, atoms, segments: [], matched: 0, total: 0, common: false };
    const matches = await Promise.all(data.segments.map((_, s) => Promise.all(atoms.map(atom => matchAtom(data, s, atom)))));
    atoms.forEach((atom, i) => {
      atom.df = matches.reduce((sum, segment) => sum + segment[i].rows.length, 0);
      atom.idf = 1 + log16((data.documents + 1) / (atom.df + 1));
      atom.common = !atom.df && matches.some(segment => segment[i].common);
      if (atom.common) result.common = true;
    });
    const useful = atoms.map((_, i) => i).filter(i => !atoms[i].common).sort((a, b) => atoms[b].idf - atoms[a].idf || a - b);
    if (!useful.length && !chosen.length) return result;
    result.segments = await Promise.all(data.segments.map(async (info, s) => {
      const pick = exclude => useful.filter(i => atoms[i].exclude === exclude).map(i => ({ rows: matches[s][i].rows, idf: atoms[i].idf }));
      const segment = combine(info.documents, pick(false), pick(true));
      segment.masks = await Promise.all(chosen.map(filter => mask(s, filter)));
      segment.kept = segment.docs.filter(doc => passes(segment.masks, doc));
      result.matched += segment.docs.length;
      result.total += segment.kept.length;
      return segment;
    }));
    return result;
  }

  function ranks(segment, order) {
    return parts.file(segment + "/o-" + order, bytes => {
      const input = parts.varints(bytes), out = [];
      for (let rank = 0, value; !input.isDone(); out.push(rank += value >> 1 ^ -(value & 1))) value = input.next();
      return out;
    });
  }

  /* A key holds rank and number of a document. */
  async function ordered(result, sort, limit) {
    const count = result.data.documents, keys = [], firsts = [];
    let first = 0;
    for (const segment of result.segments) {
      const order = sort === "date" || sort === "title" ? await ranks(firsts.length, sort) : null;
      segment.kept.forEach(doc => keys.push((order ? order[doc] : BEST - segment.score[doc]) * count + first + doc));
      firsts.push(first);
      first += segment.score.length;
    }
    return Array.from(Float64Array.from(keys).sort().slice(0, limit), key => {
      const number = key % count, s = firsts.filter(first => first <= number).length - 1, doc = number - firsts[s], segment = result.segments[s];
      return { segment: s, doc, stripe: Math.max(segment.stripe[doc], 0), score: segment.score[doc] };
    });
  }

  /* Promise of [{param, kind, label, values: [{id, zh, en, parent, count}]}]: hits that pass all other facets. */
  search.counts = answer => {
    const result = parts.result(answer);
    return Promise.all(result.data.facets.map(async head => {
      const values = new Map();
      await Promise.all(result.segments.map(async (segment, s) => {
        const column = await facet(s, head.param), tally = column.values.map(() => 0);
        segment.docs.filter(doc => passes(segment.masks, doc, head.param)).forEach(doc => {
          new Set([].concat.apply([], column.docs[doc].map(number => column.lines[number]))).forEach(number => tally[number]++);
        });
        column.values.forEach((value, number) => {
          const id = String(value.id), parent = column.values[value.parent], row = values.get(id) || { id, zh: value.zh, en: value.en, parent: parent ? String(parent.id) : "", count: 0 };
          row.count += tally[number];
          values.set(id, row);
        });
      }));
      return Object.assign({}, head, { values: Array.from(values.values()) });
    }));
  };

  Object.assign(parts, { cover, lookUp, block, rows, narrow, evaluate, ordered });
})(window.TuopinSearch = window.TuopinSearch || { parts: {} });
