/* What to offer beside or instead of results. */
(search => {
  "use strict";
  const { parts } = search;
  const MOST_OFFERS = 3, MOST_TRIES = 8, LONGEST = 12;
  const SYLLABLE = /^(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]ang|iong|[aeiou]ng|ia[no]|ua[in]|[aeu]i|[ao]o|i[aeu]|u[aeo]|[ao]u|[aeiu]n|ue|er|[aoeiuv])$/;
  const LATIN = /^[a-z]+(?:['’][a-z]+)*$/;

  function plain(value) {
    return parts.fold(value, null).replace(/[\s'’]+/g, " ").trim();
  }

  function unspaced(value) {
    return value.replace(/[ '’]/g, "");
  }

  function quiet(promise) {
    return promise.catch(() => []);
  }

  async function total(query) {
    return (await parts.find(query, { limit: 0 })).total;
  }

  async function everywhere(data, layer, term) {
    return [].concat.apply([], await Promise.all(data.segments.map((_, s) => parts.lookUp(data, s, layer, term))));
  }

  /* A Han run that stands nowhere: cut where the two characters are rarest together */
  async function cut(data, run) {
    if (run.length < 3 || await total(run.join(""))) return [run];
    const edge = run.length > 3 ? 1 : 0;
    let seam = 0, least = Infinity;
    for (let i = edge; i < run.length - 1 - edge; i++) {
      const df = (await everywhere(data, "a", "b" + run[i] + run[i + 1])).reduce((sum, found) => sum + found.entry.df, 0);
      if (df < least) {
        least = df;
        seam = i + 1;
      }
    }
    return (await cut(data, run.slice(0, seam))).concat(await cut(data, run.slice(seam)));
  }

  async function split(data, run) {
    const pieces = (await cut(data, run)).map(piece => piece.join("")), there = await Promise.all(pieces.map(total)), kept = pieces.filter((_, i) => there[i]);
    return kept.length && pieces.length > 1 ? [kept] : [];
  }

  /* A Han run by its sound */
  function fuzzy(syllable) {
    return syllable.replace(/^([zcs])h/, "$1").replace(/^l/, "n").replace(/^h/, "f").replace(/ng$/, "n");
  }

  function readings() {
    return parts.deflated("sound", bytes => {
      const table = parts.json(bytes), map = new Map();
      Object.keys(table).forEach(syllable => Array.from(table[syllable]).forEach(character => map.set(character, syllable)));
      return map;
    });
  }

  async function bySound(data, run) {
    const map = await readings(), sounds = run.map(character => map.get(character));
    let paths = [[run[0]]];
    if (sounds.indexOf(undefined) >= 0) return [];
    for (let i = 0; i + 1 < run.length; i++) {
      const found = await everywhere(data, "y", "y" + fuzzy(sounds[i]) + "'" + fuzzy(sounds[i + 1])), pairs = [[run[i], run[i + 1]]];
      for (const one of found) {
        const characters = Array.from(parts.utf8(await parts.block(one)));
        for (let at = 0; at + 1 < characters.length; at += 2) pairs.push(characters.slice(at, at + 2));
      }
      if (!i) paths = pairs;
      else paths = [].concat.apply([], paths.map(path => pairs.filter(pair => pair[0] === path[i]).map(pair => path.concat(pair[1])))).slice(0, 64);
    }
    const changes = path => path.filter((character, i) => character !== run[i]).length;
    return paths.filter(changes).sort((a, b) => changes(a) - changes(b)).slice(0, MOST_TRIES).map(path => [path.join("")]);
  }

  /* A Latin word as pinyin, as initials, or one letter off */
  function syllables(letters) {
    const found = [];
    (function next(rest, done) {
      if (!rest && done.length > 1) found.push(done);
      for (let n = 1; n <= 6 && n <= rest.length && found.length < MOST_TRIES && done.length < LONGEST; n++) {
        if (SYLLABLE.test(rest.slice(0, n))) next(rest.slice(n), done.concat(rest.slice(0, n)));
      }
    })(letters, []);
    return found.sort((a, b) => a.length - b.length);
  }

  /* What is read so in titles; term makes the key of two neighbours. */
  async function inTitles(data, sounds, term) {
    const names = new Map(), starts = parts.cover(sounds.length);
    for (let s = 0; s < data.segments.length; s++) {
      const found = await Promise.all(starts.map(i => parts.lookUp(data, s, "p", term(sounds[i], sounds[i + 1]))));
      if (found.some(list => !list.length)) continue;
      const lists = await Promise.all(found.map(list => parts.rows(list[0]))), phrase = lists.reduce((base, list, i) => parts.narrow(base, list, starts[i])).slice(0, 10);
      const hits = await parts.hitsOf({ data, atoms: [] }, phrase.map(row => ({ segment: s, doc: row.doc, stripe: 0, score: 0 })));
      hits.forEach((hit, i) => {
        const first = phrase[i].positions[0], units = parts.units(parts.details(hit).title, null);
        const name = units.filter(unit => unit.at >= first && unit.at < first + sounds.length).map(unit => unit.text).join("");
        names.set(name, (names.get(name) || 0) + 1);
      });
    }
    return Array.from(names.keys()).sort((a, b) => names.get(b) - names.get(a)).slice(0, MOST_OFFERS).map(name => [name]);
  }

  async function byPinyin(data, letters) {
    const names = await Promise.all(syllables(letters).map(sounds => inTitles(data, sounds, (a, b) => "p" + a + "'" + b)));
    return [].concat.apply([], names);
  }

  async function byInitials(data, letters) {
    return letters.length > 1 && letters.length <= LONGEST ? inTitles(data, letters.split(""), (a, b) => "i" + a + b) : [];
  }

  function isOneOff(a, b) {
    let start = 0, end = 0;
    while (start < a.length && a[start] === b[start]) start++;
    while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
    const left = a.slice(start, a.length - end), right = b.slice(start, b.length - end);
    return left.length < 2 && right.length < 2 || left.length === 2 && left === right[1] + right[0];
  }

  async function byOneLetter(letters) {
    const words = await parts.deflated("words", bytes => {
      const input = parts.varints(bytes), list = [];
      for (let n = input.next(), word = ""; n; n--) list.push(word = input.frontCoded(word));
      return list;
    });
    return words.filter(word => letters.length > 3 && isOneOff(letters, word)).slice(0, MOST_TRIES).map(word => [word]);
  }

  /* Vocabulary: rows [kind, zh, en, aliases, pinyin, initials, …] */
  async function rated(rate) {
    const entries = await parts.deflated("suggest", bytes => parts.json(bytes).map(row => {
      const all = [row[1], row[2]].concat(row[3]).filter(Boolean);
      return { zh: row[1], en: row[2], all, names: all.map(plain), sounds: [unspaced(row[4]), row[5]] };
    }));
    return entries.map(entry => ({ entry, rate: rate(entry) })).filter(one => one.rate).sort((a, b) => b.rate - a.rate).map(one => one.entry);
  }

  async function otherNames(query) {
    const wanted = plain(query), letters = unspaced(wanted);
    const entries = await rated(entry => entry.names.indexOf(wanted) >= 0 ? 3 : entry.sounds.indexOf(letters) >= 0 ? 2 : LATIN.test(wanted) && wanted.length > 3 && entry.names.some(name => name.split(" ").indexOf(wanted) >= 0) ? 1 : 0);
    return [].concat.apply([], entries.slice(0, MOST_OFFERS).map(entry => entry.all)).map(name => /\s/.test(name) ? '"' + name + '"' : name);
  }

  /* Entries to propose while typing, best first. */
  search.complete = async value => {
    const wanted = plain(value), letters = unspaced(wanted), word = LATIN.test(letters) ? " " + wanted : wanted;
    const entries = await rated(entry => !wanted ? 0 : entry.names.indexOf(wanted) >= 0 || entry.sounds.indexOf(letters) >= 0 ? 3 :
      entry.names.some(name => name.startsWith(wanted)) || entry.sounds.some(sound => sound.startsWith(letters)) ? 2 : entry.names.some(name => (" " + name).indexOf(word) >= 0) ? 1 : 0);
    return entries.slice(0, 8);
  };

  async function replacements(data, atom) {
    const part = atom.options[0], units = part.units, characters = units.map(unit => unit.text), kinds = { split: [], suggest: [] };
    if (atom.options.length > 1) return kinds;
    if (units.length > 1 && units.every((unit, i) => unit.wide && unit.at === i)) {
      kinds.split = await split(data, characters);
      if (units.length <= LONGEST) kinds.suggest = await quiet(bySound(data, characters));
    } else if (LATIN.test(part.source)) {
      const letters = characters.join("");
      kinds.suggest = [].concat.apply([], await Promise.all([byPinyin, byInitials, (_, word) => byOneLetter(word)].map(way => quiet(way(data, letters)))));
    }
    const mark = part.titleOnly ? "title:" : "";
    Object.keys(kinds).forEach(kind => { kinds[kind] = kinds[kind].map(pieces => pieces.map(piece => mark + piece).join(" ")); });
    return kinds;
  }

  search.related = async (answer, options) => {
    const { data, atoms, query, matched } = parts.result(answer), offers = [], seen = new Set([plain(query)]);
    async function offer(kind, queries) {
      let made = 0;
      for (const wanted of queries) {
        if (made >= MOST_OFFERS || seen.has(plain(wanted))) continue;
        seen.add(plain(wanted));
        const found = await parts.find(wanted, options);
        if (found.total) made = offers.push({ kind, query: wanted, hits: found.hits, total: found.total });
      }
    }
    const positive = atoms.filter(atom => !atom.exclude), missing = positive.filter(atom => !atom.df && !atom.common), first = positive[0];
    if (missing.length) {
      const found = new Map();
      for (const atom of missing) found.set(atom, await replacements(data, atom));
      for (const kind of ["split", "suggest"]) {
        const queries = [];
        for (let i = 0; i < MOST_TRIES; i++) queries.push(atoms.map(atom => found.has(atom) ? found.get(atom)[kind][i] || found.get(atom)[kind][0] : atom.source));
        await offer(kind, queries.filter(words => words.every(Boolean)).map(words => words.join(" ")));
      }
    } else if (!matched) {
      await offer("suggest", positive.map(atom => atom.source));
    } else if (positive.length === 1 && LATIN.test(first.source)) {
      await offer("suggest", [].concat.apply([], await quiet(byPinyin(data, unspaced(first.source)))));
    }
    if (first) await offer("suggest", await quiet(otherNames(query)));
    return offers;
  };

  /* Options: filters, limit, sort, related: false to do without relaxed. */
  search.query = async (query, options) => {
    const answer = await parts.find(query, options);
    if (!options || options.related !== false) answer.relaxed = await search.related(answer, options);
    return answer;
  };
})(window.TuopinSearch = window.TuopinSearch || { parts: {} });
