/* What a text is to the builder and here alike. */
(search => {
  "use strict";
  const { parts } = search;
  const LONGEST_WORD = 48;
  const SEPARATOR = 0, WORD = 1, WIDE = 2, TRANSPARENT = 3;

  /* Unicode 16: where a class begins and ends, as differences of 5 bits a character; 32 and more: to be continued. */
  const WIDE_TABLE = "PX4P8U`73i1h2431j219\\1o2P3@P@P^6P2P`DP[2P1PDPP=PX6P@VS1j3PQ\\1`;`dCQPPH";
  const WORD_TABLE = "Z51721132131G1O1Z>4<>57111Q451815211^31[48`66Y1W2S1]1[1E:421S311?27?21@11NMi2;j192433F419131GI7X116AZ1j1f131B17:4:1@4g111@9564<26218g1MG23@g111BB4:91;g111N64:1A1k1B7?=Bg111J4154A17114g111O54=Ag121@1531:4C174U2L<?`112<79:W1`1129;8a1OD<a1G5c3[1D;66443132734=<11:6k21QC<W1@P31\\C2A1J5[23T1=C>B>B>d1S11413P1@e32R11f3V1h4R1G9e1[1P171m2_1A92:Y1N=h1JT1Ln12P2Y1416123V6P2m=113;3=3=5;c3:5;6@R31412:1135611111141;2455411j1fFl1^2FfCN\\S1U76437412`3@P3_21a?97525X6[424:P1P3:N81?P1:W1?PZK`T1P2^12]83o2@O2`2W192W32S222111L1@13141G=6:d1>b1L@B631121V1:Gm1_1L?251S2G3184<4G313b1113225211L2;73<j21>6c3=`P=Ph6N1:1X4Q1[;BP22f1X1<d3_4A:7J6JU5P87`19i1A2d7P31e4:O1`11n<1WG1O2V51OQ2Q4?X18@@O1X21L65@i17i2@k;<i16Ob6[25Ek1V2;4KB^1`23e1JN122:4]1P1`13T1?:412\\13:3`1>4;;114[2C2o1Y17_1A@5f121B765Nh1I111\\1e1B45:5a2D21X7Y14T1`1DLP1[1=17m2C<4\\7d3`4?111>Q4@111L1:X171E1;^1C1B`2P6Q1?o1A1?P12P1^3a1E19j1>H`9C?11`1L:f2U1[1`S1@ak2?`Q1A6InU;BnY22P4@`1@4<m@3W9Y3_211R2_211Lho58YX1Wg8\\U3dR4:V^1P2P3QK1I1O1I1O1I1O1I1O1I1l1Ph1P8`1o2a3`17HQ:NB\\14?a>L4n72?Q?`7`1T27CcHk1131m31Q>`@=Sg2:";

  function boundaries(table) {
    const list = [];
    let at = 0, difference = 0, shift = 0;
    for (let i = 0; i < table.length; i++) {
      const digit = table.charCodeAt(i) - 48;
      difference |= (digit & 31) << shift;
      shift += 5;
      if (digit < 32) {
        list.push(at += difference);
        difference = shift = 0;
      }
    }
    return list;
  }
  const wideAt = boundaries(WIDE_TABLE), wordAt = boundaries(WORD_TABLE);

  function isInside(list, point) {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= point) low = middle + 1;
      else high = middle;
    }
    return low & 1;
  }

  function between(point, first, last) {
    return point >= first && point <= last;
  }

  function isTransparent(point) {
    return between(point, 0x300, 0x36F) || point === 0xAD || between(point, 0x200B, 0x200D) || point === 0x2060 || point === 0xFEFF;
  }

  function size(point) {
    return point > 0xFFFF ? 2 : 1;
  }

  function classOf(point) {
    if (point < 128) return /[0-9A-Za-z]/.test(String.fromCharCode(point)) ? WORD : SEPARATOR;
    return isTransparent(point) ? TRANSPARENT : isInside(wideAt, point) ? WIDE : isInside(wordAt, point) ? WORD : SEPARATOR;
  }

  /* table: Map of traditional to simplified, or null where it is not needed. */
  function foldPoint(point, table) {
    if (point < 128) return point > 64 && point < 91 ? point + 32 : point;
    if (between(point, 0xFF01, 0xFF5E)) return foldPoint(point - 0xFEE0, table);
    if (point === 0xA0 || point === 0x1680 || between(point, 0x2000, 0x200A) || point === 0x202F || point === 0x205F || point === 0x3000) return 32;
    if (between(point, 0xD800, 0xDFFF)) return point;
    const isSign = point === 0x2126 || point === 0x212A || point === 0x212B;
    let text = String.fromCodePoint(point);
    if (isSign || between(point, 0xC0, 0x24F) || between(point, 0x1E00, 0x1EFF)) {
      text = String.fromCodePoint(text.normalize("NFD").codePointAt(0));
    } else if (between(point, 0xF900, 0xFAFF) || between(point, 0x2F800, 0x2FA1D)) {
      const plain = text.normalize("NFD");
      if (plain.length === size(plain.codePointAt(0))) text = plain;
    }
    if (isSign || point < 0x590 || between(point, 0x1E00, 0x1FFF) || between(point, 0x2160, 0x216F)) {
      const lower = text.toLowerCase();
      if (lower.length === 1) text = lower;
    }
    const folded = text.codePointAt(0);
    return table && table.get(folded) || folded;
  }

  function fold(text, table) {
    let out = "";
    for (let i = 0; i < text.length;) {
      const point = text.codePointAt(i);
      i += size(point);
      if (!isTransparent(point)) out += String.fromCodePoint(foldPoint(point, table));
    }
    return out;
  }

  /* {text, wide, at: position, from, to: offsets}; a line end parts blocks. */
  function units(text, table) {
    const list = [];
    let at = 0, gap = 0, word = null, length = 0;
    for (let i = 0; i < text.length;) {
      const point = text.codePointAt(i), from = i;
      i += size(point);
      if (isTransparent(point)) continue;
      const folded = foldPoint(point, table), kind = classOf(folded);
      if (kind === WORD && word && length < LONGEST_WORD) {
        word.text += String.fromCodePoint(folded);
        word.to = i;
        length++;
      } else if (kind === WORD || kind === WIDE) {
        at += list.length ? gap || 1 : 0;
        const unit = { text: String.fromCodePoint(folded), wide: kind === WIDE, at, from, to: i };
        list.push(unit);
        word = kind === WORD ? unit : null;
        length = 1;
        gap = 0;
      } else {
        word = null;
        gap = Math.max(gap, point === 10 ? 3 : 2);
      }
    }
    return list;
  }

  /* Snowball 3 English (Porter 2). */
  const IRREGULAR = pairs("skis ski skies sky idly idl gently gentl ugly ugli early earli only onli singly singl").map, INVARIANT = /^(?:sky|news|howe|atlas|cosmos|bias|andes)$/;
  const STEP_2 = pairs("tional tion enci ence anci ance abli able entli ent izer ize ization ize ational ate ation ate ator ate alism al aliti al " +
    "alli al fulness ful ousli ous ousness ous iveness ive iviti ive biliti ble bli ble ogist og ogi og fulli ful lessli less li -");
  const STEP_3 = pairs("tional tion ational ate alize al icate ic iciti ic ical ic ful - ness - ative -");
  const STEP_4 = /(?:ement|ment|ent|ance|ence|able|ible|ant|ism|ate|iti|ous|ive|ize|ion|al|er|ic)$/;

  function pairs(text) {
    const words = text.split(" "), map = {}, suffixes = [];
    for (let i = 0; i < words.length; i += 2) {
      map[words[i]] = words[i + 1] === "-" ? "" : words[i + 1];
      suffixes.push(words[i]);
    }
    suffixes.sort((a, b) => b.length - a.length);
    return { map, pattern: new RegExp("(?:" + suffixes.join("|") + ")$") };
  }

  function regionAfter(word, from) {
    const match = /[aeiouy][^aeiouy]/.exec(word.slice(from));
    return match ? from + match.index + 2 : word.length;
  }

  function endsShort(word) {
    return /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$/.test(word);
  }

  function step1b(word, p1) {
    const match = /(?:eedly|eed|edly|ed|ingly|ing)$/.exec(word);
    if (!match) return word;
    const suffix = match[0], rest = word.slice(0, match.index);
    if (suffix[1] === "e") return match.index >= p1 && !/^(?:proc|exc|succ)$/.test(rest) ? rest + "ee" : word;
    if (suffix === "ing") {
      if (/^[^aeiouy]y$/.test(rest)) return rest[0] + "ie";
      if (/^(?:inn|out|cann|herr|earr|even)$/.test(rest)) return word;
    }
    if (!/[aeiouy]/.test(rest)) return word;
    if (/(?:at|bl|iz)$/.test(rest)) return rest + "e";
    if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(rest)) return /^[aeo]..$/.test(rest) ? rest : rest.slice(0, -1);
    return rest.length === p1 && endsShort(rest) ? rest + "e" : rest;
  }

  function replaceSuffix(word, step, allowed) {
    const match = step.pattern.exec(word);
    return match && allowed(match[0], match.index) ? word.slice(0, match.index) + step.map[match[0]] : word;
  }

  function stemWord(original) {
    if (INVARIANT.test(original)) return original;
    if (IRREGULAR.hasOwnProperty(original)) return IRREGULAR[original];
    let word = original.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    const prefix = /^(?:gener|commun|arsen|past|univers|later|emerg|organ|inter)/.exec(word);
    const p1 = prefix ? prefix[0].length : regionAfter(word, 0), p2 = regionAfter(word, p1);
    if (/sses$/.test(word)) word = word.slice(0, -2);
    else if (/ie[ds]$/.test(word)) word = word.slice(0, word.length > 4 ? -2 : -1);
    else if (/[aeiouy].+s$/.test(word) && !/[us]s$/.test(word)) word = word.slice(0, -1);
    word = step1b(word, p1);
    word = word.replace(/(.[^aeiouy])[yY]$/, "$1i");
    word = replaceSuffix(word, STEP_2, (suffix, at) => {
      return at >= p1 && (suffix !== "ogi" || word[at - 1] === "l") && (suffix !== "li" || /[cdeghkmnrt]/.test(word[at - 1]));
    });
    word = replaceSuffix(word, STEP_3, (suffix, at) => at >= (suffix === "ative" ? p2 : p1));
    const match = STEP_4.exec(word);
    if (match && match.index >= p2 && (match[0] !== "ion" || /[st]/.test(word[match.index - 1]))) word = word.slice(0, match.index);
    const last = word.length - 1;
    if (word[last] === "e" && (last >= p2 || last >= p1 && !endsShort(word.slice(0, -1))) || last >= p2 && /ll$/.test(word)) word = word.slice(0, -1);
    return word.replace(/Y/g, "y");
  }

  function stem(word) {
    return /^[a-z]{3,}$/.test(word) ? stemWord(word) : word;
  }

  Object.assign(parts, { fold, foldPoint, classOf, units, stem });
})(window.TuopinSearch = window.TuopinSearch || { parts: {} });
