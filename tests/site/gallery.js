// Opens every example of the theme's gallery in Chromium and asks axe-core. Dark colours are looked at in whole pages (reading.js).
// usage: NODE_PATH=…/node_modules node gallery.js FOLDER
"use strict";

const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");
const axe = require("axe-core");
const { chromium } = require("playwright-core");
const tally = require("./tally.js");

const folder = path.resolve(process.argv[2]);
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** A piece alone is no page: the menu's link leads to a footer that is not there, an item of a list stands without its list. */
const OF_PAGES = Object.fromEntries(["skip-link", "bypass", "listitem", "dlitem"].map((rule) => [rule, { enabled: false }]));

async function look(browser, name) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  await page.goto(pathToFileURL(path.join(folder, name)).href);
  await page.addScriptTag({ content: axe.source });
  const { violations } = await page.evaluate(([tags, rules]) => window.axe.run({ runOnly: tags, rules }), [TAGS, OF_PAGES]);
  const told = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(", ")}`);
  tally.check(name, !told.length, told.join("; "));
  await page.close();
}

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  // Whole pages are looked at in the finished site (reading.js).
  const pieces = fs.readdirSync(path.join(folder, "pages")).filter((name) => name.startsWith("component-")).sort();
  const names = ["index.html"].concat(pieces.map((name) => `pages/${name}`));
  for (const name of names) await look(browser, name);
  await browser.close();
  tally.close();
})();
