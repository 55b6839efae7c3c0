/* Bytes of the index: base64, DEFLATE, varints, bits, shards, lists. */
(search => {
  "use strict";
  const { parts } = search;

  function damaged() {
    return new Error("damaged data");
  }

  function base64(text) {
    return Uint8Array.from(atob(text), character => character.charCodeAt(0));
  }

  function utf8(bytes) {
    return new TextDecoder().decode(bytes);
  }

  /* RFC 1951. Entries of a code table: symbol << 4 | length. */
  function ladder(first, steps, group) {
    const list = [];
    for (let i = 0, base = first; i < steps; i++) {
      const extra = Math.max((i >> group) - 1, 0);
      list.push({ base, extra });
      base += 1 << extra;
    }
    return list;
  }
  const LENGTHS = ladder(3, 28, 2).concat({ base: 258, extra: 0 }), DISTANCES = ladder(1, 30, 1);
  const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  function codeTable(lengths) {
    let max = 1, code = 0;
    for (let i = 0; i < lengths.length; i++) if (lengths[i] > max) max = lengths[i];
    const entries = new Uint16Array(1 << max);
    for (let length = 1; length <= max; length++, code <<= 1) {
      for (let symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] !== length) continue;
        let reversed = 0;
        for (let bit = 0; bit < length; bit++) reversed |= (code >> bit & 1) << length - 1 - bit;
        for (let i = reversed; i < entries.length; i += 1 << length) entries[i] = symbol << 4 | length;
        code++;
      }
    }
    return { entries, max };
  }

  const FIXED = [];
  for (let i = 0; i < 288; i++) FIXED.push(i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);

  function inflate(input) {
    let out = new Uint8Array(input.length * 4 + 64), end = 0, at = 0, held = 0, count = 0;

    function need(n) {
      for (; count < n; count += 8) held |= (at < input.length ? input[at] : 0) << count, at++;
      return held & (1 << n) - 1;
    }
    function drop(n) {
      held >>>= n;
      count -= n;
    }
    function bits(n) {
      const value = need(n);
      drop(n);
      return value;
    }
    function symbol(table) {
      const entry = table.entries[need(table.max)];
      if (!(entry & 15) || at > input.length + 4) throw damaged();
      drop(entry & 15);
      return entry >> 4;
    }
    function room(n) {
      if (end + n <= out.length) return;
      const larger = new Uint8Array(Math.max(out.length * 2, end + n));
      larger.set(out);
      out = larger;
    }
    function dynamicTables() {
      const literals = bits(5) + 257, distances = bits(5) + 1, codes = bits(4) + 4, order = new Array(19).fill(0), lengths = [];
      for (let i = 0; i < codes; i++) order[CODE_ORDER[i]] = bits(3);
      const table = codeTable(order);
      while (lengths.length < literals + distances) {
        const code = symbol(table);
        if (code < 16) {
          lengths.push(code);
          continue;
        }
        const value = code === 16 ? lengths[lengths.length - 1] : 0;
        for (let n = code === 16 ? bits(2) + 3 : code === 17 ? bits(3) + 3 : bits(7) + 11; n; n--) lengths.push(value);
      }
      return [codeTable(lengths.slice(0, literals)), codeTable(lengths.slice(literals, literals + distances))];
    }
    function stored() {
      bits(count & 7);
      const length = bits(16);
      bits(16);
      at -= count >> 3;
      held = count = 0;
      if (at + length > input.length) throw damaged();
      room(length);
      out.set(input.subarray(at, at + length), end);
      at += length;
      end += length;
    }
    function distance(step) {
      return step ? step.base + bits(step.extra) : NaN;
    }
    function compressed(tables) {
      for (;;) {
        const code = symbol(tables[0]);
        if (code < 256) {
          room(1);
          out[end++] = code;
        } else if (code === 256) {
          return;
        } else {
          const length = distance(LENGTHS[code - 257]), from = end - distance(DISTANCES[symbol(tables[1])]);
          if (!(from >= 0)) throw damaged();
          room(length);
          for (let i = 0; i < length; i++) out[end++] = out[from + i];
        }
      }
    }
    for (let last = 0; !last;) {
      last = bits(1);
      const kind = bits(2);
      if (kind === 0) stored();
      else compressed(kind === 1 ? [codeTable(FIXED), codeTable(new Array(30).fill(5))] : dynamicTables());
    }
    return out.subarray(0, end);
  }

  /* LEB128 numbers, and strings that share a prefix with the one before. */
  function varints(bytes) {
    let at = 0;
    function next() {
      let value = 0, scale = 1, byte;
      do {
        byte = bytes[at++];
        value += (byte & 127) * scale;
        scale *= 128;
      } while (byte > 127);
      return value;
    }
    function skip(n) {
      return bytes.subarray(at, at += n);
    }
    return { next, skip, frontCoded: before => before.slice(0, next()) + String.fromCharCode.apply(null, skip(next())), isDone: () => at >= bytes.length };
  }

  class Bits {
    constructor(bytes) {
      this.bytes = bytes;
      this.at = 0;
    }
    /* The next 25 bits or more, left-aligned. */
    ahead() {
      const b = this.bytes, i = this.at >> 3;
      return (b[i] << 24 | b[i + 1] << 16 | b[i + 2] << 8 | b[i + 3]) << (this.at & 7);
    }
    read(n) {
      const value = n && this.ahead() >>> 32 - n;
      this.at += n;
      return value;
    }
    rice(k) {
      let ones, quotient = 0;
      do {
        ones = Math.min(Math.clz32(~this.ahead()), 24);
        quotient += ones;
        this.at += ones;
        if (this.at > this.bytes.length * 8) throw damaged();
      } while (ones === 24);
      this.at++;
      return quotient * (1 << k) + this.read(k);
    }
    gamma() {
      const zeros = Math.min(Math.clz32(this.ahead()), 24);
      this.at += zeros;
      return this.read(zeros + 1);
    }
  }

  /* Rows of a list of df documents: {doc, impact, stripe and title, or positions}. */
  function readList(bytes, df, positional, titled) {
    const bits = new Bits(bytes), k = bits.read(4), m = positional ? bits.read(5) : 0, rows = [];
    for (let doc = -1; rows.length < df;) {
      const row = { doc: doc += bits.rice(k) + 1, impact: bits.read(3), stripe: 0, title: false, positions: null };
      if (positional) {
        row.positions = [];
        for (let n = bits.gamma(), at = -1; n; n--) row.positions.push(at += bits.rice(m) + 1);
      } else {
        row.title = titled && bits.read(1) === 1;
        if (!row.title) row.stripe = bits.gamma() - 1;
      }
      rows.push(row);
    }
    return rows;
  }

  /* The bytes of a term, a character each. */
  function termKey(term) {
    return String.fromCharCode.apply(null, new TextEncoder().encode(term));
  }

  /* The shard of a term: FNV-1a, the finaliser of murmur3, upper bits. */
  function shardOf(key, shards) {
    let hash = 0x811C9DC5;
    for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ hash >>> 16, 0x85EBCA6B);
    hash = Math.imul(hash ^ hash >>> 13, 0xC2B2AE35);
    return Math.floor(((hash ^ hash >>> 16) >>> 0) * shards / 0x100000000);
  }

  /* Map of term key to entry; external: its number in the shard or -1. */
  function readShard(bytes) {
    const input = varints(bytes), terms = new Map(), count = input.next();
    let key = "";
    for (let i = 0; i < count; i++) {
      key = input.frontCoded(key);
      const df = input.next(), packed = input.next();
      terms.set(key, { df, length: Math.floor(packed / 4), external: packed & 2 ? i : -1, split: (packed & 1) === 1, block: null });
    }
    terms.forEach(entry => {
      if (entry.external < 0) entry.block = input.skip(entry.length);
    });
    return terms;
  }

  Object.assign(parts, { base64, utf8, inflate, varints, readList, readShard, termKey, shardOf, Bits });
})(window.TuopinSearch = window.TuopinSearch || { parts: {} });
