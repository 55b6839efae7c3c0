// Opens pages of a finished site in Chromium, from file:// and over http under a folder: nothing may be asked for outside
// of the site, nothing may fail to load, and the language switch and the links must lead where they say.
// usage: NODE_PATH=…/node_modules node browse.js SITE
"use strict";

const fs = require("fs");
const http = require("http");
const path = require("path");
const { pathToFileURL } = require("url");
const { chromium } = require("playwright-core");
const tally = require("./tally.js");

const { check } = tally;

const FOLDER = "/a/b/";
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".png": "image/png", ".jpg": "image/jpeg" };
const site = path.resolve(process.argv[2]);

/** A server that knows nothing but files below FOLDER, as a county portal's would. */
function serve() {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = path.join(site, name.startsWith(FOLDER) ? name.slice(FOLDER.length) : "\0");
    if (!name.startsWith(FOLDER) || !file.startsWith(site) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "Content-Type": TYPES[path.extname(file)] || "application/octet-stream" });
    fs.createReadStream(file).pipe(response);
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

/** One page of every kind, in both languages: the first of every folder and every index. */
function samples() {
  const found = ["index.html"];
  for (const lang of ["zh", "en"]) {
    found.push(`${lang}/index.html`, `${lang}/glossary.html`);
    for (const entry of fs.readdirSync(path.join(site, lang), { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const names = fs.readdirSync(path.join(site, lang, entry.name)).filter((name) => name.endsWith(".html")).sort();
      const first = names.filter((name) => name !== "index.html")[0];
      if (names.includes("index.html")) found.push(`${lang}/${entry.name}/index.html`);
      if (first) found.push(`${lang}/${entry.name}/${first}`);
    }
  }
  return found;
}

async function visit(browser, root, name, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults = [];
  // A browser asks every server for its icon once; that is not the site's doing.
  page.on("console", (message) => message.type() === "error" && !message.location().url.endsWith("/favicon.ico") && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
  page.on("request", (request) => request.url().startsWith(root) || faults.push(`outside: ${request.url()}`));
  page.on("response", (response) => response.status() < 400 || faults.push(`${response.status()}: ${response.url()}`));
  await page.goto(root + name, { waitUntil: "load" });
  const seen = await page.evaluate(() => ({
    styled: getComputedStyle(document.body).marginTop === "0px",
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    text: document.querySelector("main").innerText.trim().length,
  }));
  if (!seen.styled) faults.push("the stylesheet did not apply");
  if (seen.wide > 0) faults.push(`${seen.wide} px wider than the window`);
  if (seen.text < 10) faults.push("there is nothing to read");
  return { page, context, faults };
}

async function switches(browser, root) {
  const { page, context } = await visit(browser, root, "zh/cases/guangshan-camellia.html", {});
  await page.click(".switch a");
  await page.waitForURL(root + "en/cases/guangshan-camellia.html");
  const lang = await page.getAttribute("html", "lang");
  await page.click(".brand");
  await page.waitForURL(root + "en/index.html");
  await context.close();
  return lang;
}

async function main() {
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const roots = { "file://": pathToFileURL(site).href + "/", "http under a folder": `http://127.0.0.1:${server.address().port}${FOLDER}` };
  for (const [kind, root] of Object.entries(roots)) {
    for (const name of samples()) {
      for (const [how, options] of [["wide", {}], ["a phone of 320 px", { viewport: { width: 320, height: 640 } }]]) {
        const { context, faults } = await visit(browser, root, name, options);
        await context.close();
        check(`${kind} ${name} (${how})`, faults.length === 0, faults.join("; "));
      }
    }
    const lang = await switches(browser, root);
    check(`${kind}: the switch leads to the same page in English, the title home`, lang === "en", lang);
  }
  await browser.close();
  server.close();
  tally.close();
}

main().catch((error) => { console.error(error); process.exit(1); });
