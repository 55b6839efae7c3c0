// Holds the script of the search page to the vectors in tests/search/, which the Rust half is held to as well: how a text is
// folded, cut into units, stemmed, hashed and read back from bits.
// usage: node vectors.js PROJECT
"use strict";

const assert = require("assert");
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const project = path.resolve(process.argv[2]);
let compared = 0;
let wrong = 0;

/** The parts of the script that need no page. */
function parts() {
  const world = { TextDecoder, TextEncoder, atob, URL, setTimeout, clearTimeout };
  world.window = world;
  world.document = { currentScript: { src: "site://assets/script.js" }, baseURI: "site:/", querySelector: () => null };
  vm.createContext(world);
  const folder = path.join(project, "themes/archive/search");
  for (const name of fs.readdirSync(folder).filter((name) => name !== "page.js").sort()) {
    vm.runInContext(fs.readFileSync(path.join(folder, name), "utf8"), world, { filename: name });
  }
  return world.TuopinSearch.parts;
}

/** The characters that are folded to another one, from the tables of the program. */
function folded() {
  const table = new Map();
  for (const name of ["t2s.txt", "variant.txt"]) {
    for (const line of fs.readFileSync(path.join(project, "src/search/data", name), "utf8").split("\n")) {
      if (!line || line.startsWith("#")) continue;
      const [to, ...from] = [...line.replace(/\s/g, "")];
      for (const c of from) if (!table.has(c.codePointAt(0))) table.set(c.codePointAt(0), to.codePointAt(0));
    }
  }
  return table;
}

function same(name, input, got, want) {
  compared += 1;
  try {
    assert.deepStrictEqual(JSON.parse(JSON.stringify(got)), JSON.parse(JSON.stringify(want)));
  } catch (_) {
    wrong += 1;
    if (wrong < 20) console.log(`${name} ${JSON.stringify(input)}: ${JSON.stringify(got).slice(0, 200)}, not ${JSON.stringify(want).slice(0, 200)}`);
  }
}

const search = parts();
const table = folded();
const read = (name) => JSON.parse(fs.readFileSync(path.join(project, "tests/search", `${name}.json`), "utf8"));

function units({ title, blocks }) {
  const out = [];
  const next = () => (out.length ? out[out.length - 1][0] + 3 : 0);
  [title, ...blocks].forEach((block, at) => {
    const start = at === 0 ? 0 : Math.max(128, next());
    for (const unit of search.units(block.replace(/\n/g, " "), table)) out.push([start + unit.at, unit.text, unit.wide ? 1 : 0]);
  });
  return out;
}

function bits(hex, steps) {
  const reader = new search.Bits(Uint8Array.from(Buffer.from(hex, "hex")));
  const step = { put: ([, , count]) => reader.read(count), rice: ([, k]) => reader.rice(k), gamma: () => reader.gamma() };
  return steps.map((one) => step[one[0]](one));
}

for (const { in: text, out } of read("fold")) same("fold", text, search.fold(text, table), out);
for (const { in: word, out } of read("stem")) same("stem", word, search.stem(word), out);
for (const { in: [term, shards], out } of read("hash")) same("hash", term, search.shardOf(search.termKey(term.split("\u0001")[0]), shards), out[1]);
for (const { in: document, out } of read("units")) same("units", document, units(document), out);
for (const { in: steps, out } of read("bits")) {
  // The script never reads more than 24 bits in one go.
  if (steps.every((step) => step[0] !== "put" || step[2] <= 24)) same("bits", steps, bits(out, steps), steps.map((step) => (step[0] === "rice" ? step[2] : step[1])));
}
for (const { out } of read("class")) {
  const want = new Uint8Array(0x110000);
  for (const [first, last, kind] of out) want.fill(kind, first, last + 1);
  for (let code = 0; code < 0x110000; code += 1) {
    const isCharacter = (code < 0xd800 || code > 0xdfff) && !/\p{Cn}/u.test(String.fromCodePoint(code));
    if (isCharacter && search.classOf(code) !== want[code]) same("class", code.toString(16), search.classOf(code), want[code]);
  }
}
console.log(`${compared} vectors, ${wrong} differ`);
process.exit(wrong || compared < 500 ? 1 : 0);
