// Opens every example of the theme's gallery in Chromium, in light and dark, as it is and in large print, and asks axe-core.
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
/** A piece alone is no page: the menu's link leads to a footer that is not there. */
const OF_PAGES = { "skip-link": { enabled: false }, bypass: { enabled: false } };

async function look(browser, name, colorScheme) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 }, bypassCSP: true });
  await page.goto(pathToFileURL(path.join(folder, name)).href);
  await page.addScriptTag({ content: axe.source });
  for (const large of colorScheme === "light" ? [false, true] : [false]) {
    await page.evaluate((large) => {
      const box = document.getElementById("large");
      if (box) box.checked = large;
    }, large);
    const { violations } = await page.evaluate(([tags, rules]) => window.axe.run({ runOnly: tags, rules }), [TAGS, OF_PAGES]);
    const told = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(", ")}`);
    tally.check(`${name}, ${colorScheme}${large ? ", large print" : ""}`, !told.length, told.join("; "));
  }
  await page.close();
}

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  // Whole pages are looked at in the finished site (reading.js).
  const pieces = fs.readdirSync(path.join(folder, "pages")).filter((name) => name.startsWith("component-")).sort();
  const names = ["index.html"].concat(pieces.map((name) => `pages/${name}`));
  for (const name of names) for (const scheme of ["light", "dark"]) await look(browser, name, scheme);
  await browser.close();
  tally.close();
})();
