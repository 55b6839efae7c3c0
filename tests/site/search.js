// Asks the search of a finished site, in Chromium and Firefox, from file:// and over http, and compares what it finds with a
// plain scan of the texts of <main>: every run of characters finds its pages and no others, and all four ways find the same.
// usage: node search.js SITE [ROUNDS] [SEED]
"use strict";

const fs = require("fs");
const path = require("path");
const zlib = require("zlib");
const { pathToFileURL } = require("url");
const browsers = require("./browsers.js");
const tally = require("./tally.js");

const { check } = tally;

const site = path.resolve(process.argv[2]);
const rounds = Number(process.argv[3]) || 40;
let seed = Number(process.argv[4]) || 1;

/** A number below a limit; the same sequence for the same seed. */
function random(limit) {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor((seed / 4294967296) * limit);
}

const pick = (list) => list[random(list.length)];

/** The pages that the index says it holds, by path: read from its texts. */
function indexed() {
  const urls = new Map();
  const folder = path.join(site, "search");
  for (const segment of fs.readdirSync(folder).filter((name) => /^\d+$/.test(name))) {
    for (const name of fs.readdirSync(path.join(folder, segment)).filter((name) => /^t-\d+-0\.js$/.test(name))) {
      const payload = /","([^"]*)"\);/.exec(fs.readFileSync(path.join(folder, segment, name), "utf8"))[1];
      const [, url, id] = JSON.parse(zlib.inflateRawSync(Buffer.from(payload, "base64")));
      urls.set(url, id);
    }
  }
  return urls;
}

/** The blocks of <main> as search may read them, taken from the page by the browser's own parser. */
const BLOCKS = `
  const inline = new Set("a abbr b bdi bdo cite code data del dfn em i img input ins kbd label mark q rp rt ruby s samp small span strong sub sup time u var wbr".split(" "));
  function blocks(html) {
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    const out = [""];
    const walk = (node) => {
      if (node.nodeType === 3) { out[out.length - 1] += node.data.replace(/\\n/g, " "); return; }
      if (node.nodeType !== 1 || /^(?:nav|script|style)$/.test(node.localName)) { if (node.nodeType === 1) out.push(""); return; }
      const parts = !inline.has(node.localName);
      if (parts) out.push("");
      node.childNodes.forEach(walk);
      if (parts) out.push("");
    };
    walk(main);
    return { title: main.querySelector("h1").textContent, blocks: out.map((text) => text.trim()).filter(Boolean) };
  }`;

async function texts(browser, urls) {
  const pages = [];
  for (const url of urls) {
    const html = fs.readFileSync(path.join(site, url), "utf8");
    const found = await browser.run(`${BLOCKS} const found = blocks(${JSON.stringify(html)}); const fold = TuopinSearch.fold;
      return { title: await fold(found.title), blocks: await Promise.all(found.blocks.map(fold)) };`);
    pages.push({ url, ...found });
  }
  return pages;
}

const WIDE = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff";
const isWord = (c) => c !== undefined && /[\p{L}\p{N}]/u.test(c) && !new RegExp(`[${WIDE}]`).test(c);

/** Whether a text holds a query, words of Latin letters and digits taken whole. */
function holds(text, query) {
  for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + 1)) {
    const before = isWord(text[at - 1]) && isWord(query[0]);
    const after = isWord(text[at + query.length]) && isWord(query[query.length - 1]);
    if (!before && !after) return true;
  }
  return false;
}

const widen = (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

/** Queries with the scan that tells what they must find. */
function questions(pages, old) {
  const texts = pages.flatMap((page) => page.blocks);
  const runs = texts.flatMap((text) => text.match(new RegExp(`[${WIDE}]{2,}`, "g")) || []);
  const mixed = texts.flatMap((text) => text.match(new RegExp(`[a-z0-9]{1,8}[${WIDE}]{1,4}|[${WIDE}]{1,3}[a-z0-9]{1,8}(?![a-z0-9])`, "g")) || []);
  const cut = (run, least, most) => { const length = Math.min(run.length, least + random(most - least + 1)); const at = random(run.length - length + 1); return run.slice(at, at + length); };
  const any = (page, query) => page.blocks.some((text) => holds(text, query));
  const out = [];
  for (let round = 0; round < rounds; round += 1) {
    const run = cut(pick(runs), 2, 8);
    const other = cut(pick(runs), 2, 3);
    out.push([run, (page) => any(page, run)]);
    out.push([`"${run}"`, (page) => any(page, run)]);
    out.push([[...run].map((c) => old.get(c) || c).join(""), (page) => any(page, run)]);
    out.push([`${run} -${other}`, (page) => any(page, run) && !any(page, other)]);
    out.push([`${run}|${other}`, (page) => any(page, run) || any(page, other)]);
    out.push([`title:${other}`, (page) => holds(page.title, other)]);
    const both = pick(mixed);
    if (both) out.push([widen(both), (page) => any(page, both)]);
  }
  return out;
}

/** Characters of the simplified script with one that the table folds to them. */
function traditional() {
  const payload = /","([^"]*)"\);/.exec(fs.readFileSync(path.join(site, "search/t2s.js"), "utf8"))[1];
  const pairs = [...JSON.parse(zlib.inflateRawSync(Buffer.from(payload, "base64")))];
  const out = new Map();
  for (let at = 0; at + 1 < pairs.length; at += 2) if (!out.has(pairs[at + 1])) out.set(pairs[at + 1], pairs[at]);
  return out;
}

const HOSTILE = ["", " ", '"', '"""', "-", "|", "||", "a|", "title:", "<script>alert(1)</script>", "\u0000", "\ud800", "😀😀", "((((", "\\", "'", "-a -b", "扶".repeat(100000)];

async function ask(browser, queries) {
  return browser.run(`const out = []; for (const query of ${JSON.stringify(queries)}) {
    const answer = await TuopinSearch.query(query, { limit: Infinity, related: false });
    out.push([answer.total, answer.tooCommon ? 1 : 0, answer.hits.map((hit) => hit.url.split("#")[0] + " " + hit.score)]); } return out;`);
}

/** Opens a browser; on a machine under load one may end before it has begun. */
async function launch(open) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await open();
    } catch (error) {
      if (tries === 3) throw error;
      console.log(`once more: ${error.message}`);
    }
  }
}

async function main() {
  setTimeout(() => { console.log("FAIL  ten minutes are over"); process.exit(1); }, 600000).unref();
  const urls = indexed();
  const server = await browsers.server(site);
  const ways = [];
  for (const open of [browsers.chromium, fs.existsSync("/usr/bin/firefox-esr") && browsers.firefox].filter(Boolean)) {
    const browser = await launch(open);
    for (const root of [pathToFileURL(`${site}/`).href, server.url]) ways.push({ browser, root });
  }
  console.log(`search of ${site}: ${urls.size} pages, ${ways.length} ways`);
  await ways[0].browser.open(`${ways[0].root}zh/search.html`);
  const pages = await texts(ways[0].browser, [...urls.keys()]);
  const asked = questions(pages, traditional());
  const queries = asked.map(([query]) => query);
  let first = null;
  for (const { browser, root } of ways) {
    await browser.open(`${root}zh/search.html`);
    const answers = await ask(browser, queries);
    const name = `${browser.name} ${root.slice(0, 5)}`;
    if (first) { check(`${name} finds the same, in the same order`, JSON.stringify(answers) === first, "another list"); continue; }
    first = JSON.stringify(answers);
    const wrong = [];
    answers.forEach(([, tooCommon, hits], at) => {
      const want = pages.filter(asked[at][1]).map((page) => page.url).sort();
      const got = hits.map((hit) => hit.split(" ")[0]).sort();
      if (!tooCommon && JSON.stringify(want) !== JSON.stringify(got)) wrong.push(`${queries[at]}: ${got.length} found, ${want.length} hold it`);
    });
    check(`${queries.length} queries find what a plain scan finds`, !wrong.length, wrong.slice(0, 5).join("; "));
    const hostile = await ask(browser, HOSTILE);
    check("hostile queries are answered", hostile.length === HOSTILE.length, hostile.length);
  }
  for (const browser of new Set(ways.map((way) => way.browser))) await browser.close();
  server.close();
  tally.close();
}

main().catch((error) => { console.error(error); process.exit(1); });
