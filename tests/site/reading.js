// Opens one page of every kind of a finished site in Chromium from file:// and looks whether everybody can read it: axe-core,
// narrow and wide windows, large text, targets, the keyboard, light and dark, calm, paper. One line for each fault.
// usage: NODE_PATH=…/node_modules node reading.js SITE
"use strict";

const fs = require("fs");
const os = require("os");
const path = require("path");
const { pathToFileURL } = require("url");
const axe = require("axe-core");
const { chromium } = require("playwright-core");
const inPage = require("./reading_page.js");
const tally = require("./tally.js");

const site = path.resolve(process.argv[2]);
const root = `${pathToFileURL(site).href}/`;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What a second scheme of colours can change; all else that axe-core looks at is the same in both. */
const COLOURS = ["color-contrast", "link-in-text-block"];
const WIDE = { width: 1440, height: 900 };
const MIDDLE = { width: 768, height: 1024 };
/** Also what is left of a window of 1280 × 1024 at 400 %. */
const NARROW = { width: 320, height: 256 };
/** A telephone whose owner has set large letters. */
const TELEPHONE = { width: 390, height: 844 };
/** In points. */
const A4 = { width: 595, height: 842 };
/** What stands between the margins of 18 mm on A4, in CSS pixels. */
const PAPER = 658;
/** Past so many stops a page is a list of the same links: of a longer one the beginning and the end are walked. A few presses more
 * than there are stops show whether the focus comes out. */
const STOPS = 120;

/** Every finished page by its path. */
function pages(folder = "") {
  return fs.readdirSync(path.join(site, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return pages(name);
    return entry.name.endsWith(".html") ? [name] : [];
  });
}

/** The kind of a page by its address: a page of its own name at the top; below, the folder with its index, its later pages
 * and all others. Both languages have the same kinds; each is looked at in one of them, in turn. */
function kind(name) {
  const parts = name.split("/");
  if (parts.length < 3) return name;
  const last = parts.pop();
  const which = last === "index.html" ? "index" : /(^|-)page-\d+\.html$/.test(last) ? "page-N" : "entry";
  return `${parts.slice(0, 2).join("/")}/${"*/".repeat(parts.length - 2)}${which}`;
}

/** The largest page of every kind, and of the others as many as it takes to see every class that stands in any page. */
function samples() {
  const all = pages().map((name) => ({ name, html: fs.readFileSync(path.join(site, name), "utf8") }));
  all.sort((one, other) => other.html.length - one.html.length || (one.name < other.name ? -1 : 1));
  const kinds = new Set();
  const classes = new Set();
  const classesOf = (html) => Array.from(html.matchAll(/ class="([^"]*)"/g), (found) => found[1].split(" ")).flat();
  const chosen = [];
  const choose = (page) => {
    chosen.push(page.name);
    classesOf(page.html).forEach((name) => classes.add(name));
  };
  for (const page of all) {
    const [lang, ...rest] = kind(page.name).split("/");
    const key = rest.join("/") || lang;
    const turn = kinds.size % 2 ? "en" : "zh";
    if (kinds.has(key)) continue;
    const twin = rest.length && all.find((other) => other.name !== page.name && other.name.startsWith(`${turn}/`) && other.name.slice(2) === page.name.slice(2));
    kinds.add(key);
    choose(twin || page);
  }
  for (const page of all) if (classesOf(page.html).some((name) => !classes.has(name))) choose(page);
  return chosen.sort();
}

const faults = [];
const fault = (name, where, rule, element) => faults.push({ name, where, rule, element });

/** One line for each fault; what is at fault in every window is told of the widest. */
function report() {
  const width = ({ where }) => parseInt(where, 10);
  const told = new Map();
  faults.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : width(other) - width(one)));
  for (const { name, where, rule, element } of faults) {
    const same = [name, rule, element].join("\n");
    if (!told.has(same)) told.set(same, `FAIL  ${name} [${where}] ${rule}: ${element}`);
  }
  told.forEach((line) => console.log(line));
  return told.size;
}

/** A window for one page after the other; what goes wrong in it is a fault of the page that is open. */
async function newWindow(browser, size) {
  const context = await browser.newContext({ viewport: size, colorScheme: "light", reducedMotion: "reduce" });
  const page = await context.newPage();
  const open = { name: "", where: "" };
  const tell = (rule, text) => fault(open.name, open.where, rule, text);
  page.on("console", (message) => message.type() === "error" && tell("console", message.text()));
  page.on("pageerror", (error) => tell("script", String(error)));
  page.on("requestfailed", (request) => tell("not loaded", request.url()));
  page.on("request", (request) => request.url().startsWith(root) || tell("asked outside", request.url()));
  await page.addInitScript(inPage.watch);
  return { page, open, size };
}

async function open(window, name, where) {
  Object.assign(window.open, { name, where });
  await window.page.goto(root + name, { waitUntil: "load" });
  await window.page.evaluate(inPage.source);
}

async function accessible(page, name, where, options) {
  // Its sheet is left alone: from file:// its rules may not be read, and axe-core would ask for it with XHR.
  const settings = { ...options, resultTypes: ["violations"], preload: false };
  // The skip link is seen only with the focus on it: so its colours are looked at as well.
  await page.evaluate(() => { const skip = document.querySelector('a[href^="#"]'); if (skip) skip.focus(); });
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), settings);
  // The switch to large print stands before the whole page, or no rule of the sheet could reach the page from it.
  const meant = (id) => (node) => id !== "region" || String(node.target) !== "#large";
  for (const { id, nodes: all } of violations) {
    const nodes = all.filter(meant(id));
    for (const node of nodes.slice(0, 5)) fault(name, where, `axe ${id}`, `${node.target.join(" ")} ${why(node)}`);
    if (nodes.length > 5) fault(name, where, `axe ${id}`, `and ${nodes.length - 5} more`);
  }
}

function why(node) {
  const colours = node.any.map((check) => check.data).find((data) => data && data.contrastRatio);
  return colours ? `${colours.fgColor} on ${colours.bgColor} is ${colours.contrastRatio}` : node.html.replace(/\s+/g, " ").slice(0, 90);
}

/** Calls a check of reading_page.js in the page; it answers with a list of [rule, element]. True where all is well. */
async function look(page, name, where, check, ...words) {
  const found = await page.evaluate(([check, words]) => globalThis.reading[check](...words), [check, words]);
  found.slice(0, 6).forEach(([rule, element]) => fault(name, where, rule, element));
  if (found.length > 6) fault(name, where, found[6][0], `and ${found.length - 6} more of ${check}`);
  return !found.length;
}

/** The width of the window: nothing beside it, nothing over something else. */
async function fits(page, name, where) {
  for (const check of ["overflow", "clipped", "overlaid", "targets"]) await look(page, name, where, check);
}

/** Text at 200 %, as a reader sets it in the browser: it grows, and nothing is lost. */
async function grows(page, name, where) {
  await page.evaluate(() => globalThis.reading.measure());
  const browser = await page.context().newCDPSession(page);
  await browser.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  for (const check of ["grown", "overflow", "clipped", "overlaid"]) await look(page, name, `${where}, text 200 %`, check);
  await browser.send("Page.setFontSizes", { fontSizes: { standard: 16, fixed: 13 } });
  await browser.detach();
}

/** Presses Tab many times at once; a round trip for each takes too long. */
async function tab(page, times) {
  const browser = await page.context().newCDPSession(page);
  const key = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };
  const pressed = [];
  for (let press = 0; press < times; press += 1) {
    pressed.push(browser.send("Input.dispatchKeyEvent", { type: "keyDown", ...key }), browser.send("Input.dispatchKeyEvent", { type: "keyUp", ...key }));
  }
  await Promise.all(pressed);
  await browser.detach();
}

/** The keyboard: the skip link leads to the text, Tab reaches everything once, in order, to be seen, and comes out at the end. */
async function keyboard(page, name, where, most = STOPS) {
  await page.evaluate(() => globalThis.reading.atTop());
  const stops = await page.evaluate(() => globalThis.reading.startWalk());
  if (stops === 0) return;
  await tab(page, Math.min(stops, most) + 5);
  await look(page, name, where, "walked", stops <= most ? "all" : "beginning", most);
  if (stops > most) {
    await page.evaluate((before) => globalThis.reading.walkFrom(before), 20);
    await tab(page, 20 + 5);
    await look(page, name, where, "walked", "end", 20);
  }
  await page.evaluate(() => globalThis.reading.endWalk());
}

async function skips(page, name, where) {
  if (!(await page.evaluate(() => globalThis.reading.needsSkip()))) return;
  await page.evaluate(() => document.activeElement.blur());
  await page.goto(root + name, { waitUntil: "load" });
  await page.evaluate(inPage.source);
  await tab(page, 1);
  // Another link would lead away from the page.
  if (!(await look(page, name, where, "skipShown"))) return;
  await page.keyboard.press("Enter");
  await look(page, name, where, "skipped");
  await tab(page, 1);
  await look(page, name, where, "afterSkip");
}

/** On paper: A4, with title, address and date; nothing runs over the edge. */
async function prints(page, name, where) {
  await page.setViewportSize({ width: PAPER, height: 900 });
  await page.emulateMedia({ media: "print" });
  for (const check of ["onPaper", "overflow"]) await look(page, name, `${where}, print`, check);
  // The size of the paper is of the sheet, whatever the language; 404.html carries only what it needs and names no paper.
  if (/^(en\/|404)/.test(name)) return;
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const boxes = Array.from(pdf.matchAll(/\/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g), ([, width, height]) => [Number(width), Number(height)]);
  if (!boxes.length) fault(name, where, "print", "no page");
  const other = boxes.find(([width, height]) => Math.abs(width - A4.width) > 1 || Math.abs(height - A4.height) > 1);
  if (other) fault(name, where, "print", `a page of ${other.join(" × ")} pt is not A4`);
}

/** What is looked at in a wide and in a narrow window. */
async function inWindow(window, name) {
  const { page, size } = window;
  const where = `${size.width}, light`;
  await open(window, name, where);
  await page.evaluate(() => globalThis.reading.scrollThrough());
  await look(page, name, where, "still");
  await fits(page, name, where);
  const large = size === NARROW ? TELEPHONE : size;
  await page.setViewportSize(large);
  await grows(page, name, `${large.width}, light`);
  if (size === NARROW) return page.setViewportSize(size);
  await page.setViewportSize(MIDDLE);
  await fits(page, name, `${MIDDLE.width}, light`);
  await page.setViewportSize(size);
  await once(page, name, String(size.width));
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
  return page.setViewportSize(size);
}

/** What is looked at once. The keyboard comes last but for paper: it leaves the page scrolled and followed. */
async function once(page, name, where) {
  for (const check of ["outline", "calm"]) await look(page, name, where, check);
  await accessible(page, name, `${where}, light`, { runOnly: { type: "tag", values: TAGS } });
  await page.emulateMedia({ colorScheme: "dark" });
  await look(page, name, `${where}, dark`, "scheme", "dark");
  await accessible(page, name, `${where}, dark`, { runOnly: { type: "rule", values: COLOURS } });
  // Only the ring has another colour: a few stops show it.
  await keyboard(page, name, `${where}, dark`, 20);
  await page.emulateMedia({ colorScheme: "light" });
  await keyboard(page, name, `${where}, light`);
  await skips(page, name, where);
  await prints(page, name, where);
}

async function main() {
  const begun = Date.now();
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const names = samples();
  console.log(`reading ${names.length} pages of ${site}`);
  // The narrow windows come last: theirs is the shorter work.
  const work = [WIDE, NARROW].flatMap((size) => names.map((name) => [name, size]));
  const worker = async () => {
    const windows = new Map();
    for (const size of [WIDE, NARROW]) windows.set(size, await newWindow(browser, size));
    for (let next = work.shift(); next; next = work.shift()) await inWindow(windows.get(next[1]), next[0]);
  };
  await Promise.all(Array.from({ length: Math.min(4, os.cpus().length + 1) }, worker));
  await browser.close();
  console.log(`${names.length} pages in ${Math.round((Date.now() - begun) / 1000)} s`);
  const count = report();
  tally.check("everybody can read every kind of page", count === 0, `${count} faults`);
  tally.close();
}

main().catch((error) => { report(); console.error(error); process.exit(1); });
