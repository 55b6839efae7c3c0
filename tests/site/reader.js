// What a reader chooses, in Chromium from file://: large print on one page without scripts and on every further page
// with them, the same place in the other language, a way out of WeChat, paper on which nothing is folded.
// usage: NODE_PATH=…/node_modules node reader.js SITE
"use strict";

const path = require("path");
const { pathToFileURL } = require("url");
const { chromium } = require("playwright-core");
const tally = require("./tally.js");

const root = `${pathToFileURL(path.resolve(process.argv[2])).href}/`;
const RECORD = "zh/cases/guangshan-camellia.html";
const size = (page) => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector(".prose p")).fontSize));

async function withoutScripts(browser) {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(root + RECORD);
  const before = await page.locator(".prose p").first().boundingBox();
  await page.locator(".view").click();
  const after = await page.locator(".prose p").first().boundingBox();
  tally.check("large print needs no script", after.height > before.height, `${before.height} px high, then ${after.height}`);
  await page.context().close();
}

async function withScripts(browser) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${root}${RECORD}#s2`);
  const usual = await size(page);
  await page.locator(".view").click();
  tally.check("letters of 18 points", (await size(page)) >= 24 && usual < 24, `${await size(page)} px`);
  tally.check("the address keeps the choice", page.url().includes("view=large"), page.url());
  await page.locator(".switch__link").click();
  await page.waitForURL(/\/en\/cases\//);
  tally.check("the other language has the same view and place", /view=large#s2$/.test(page.url()), page.url());
  tally.check("English is large too", (await size(page)) >= 24, `${await size(page)} px`);
  await page.locator(".crumbs a").first().click();
  await page.waitForURL(/\/en\/index\.html/);
  tally.check("the home page is large too", await page.evaluate(() => document.getElementById("large").checked), page.url());
  await page.locator(".finder__field").fill("camellia");
  await page.locator(".finder__button").click();
  await page.waitForURL(/search\.html/);
  await page.locator("#results li").first().waitFor();
  tally.check("search keeps query and view", page.url().includes("q=camellia") && page.url().includes("view=large"), page.url());
  await page.locator("#results a").first().click();
  await page.waitForURL(/view=large/);
  tally.check("a result leads to large print", (await size(page)) >= 24, page.url());
  await page.locator(".view").click();
  tally.check("the address forgets it again", !page.url().includes("view="), page.url());
  await page.context().close();
}

async function inWeChat(browser) {
  const userAgent = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/86.0.4240.99 Mobile Safari/537.36 MicroMessenger/8.0.2";
  for (const [agent, shown] of [[userAgent, true], [undefined, false]]) {
    const page = await (await browser.newContext({ userAgent: agent })).newPage();
    await page.goto(`${root}zh/data/rural-poor.html`);
    tally.check(shown ? "WeChat is told the way out" : "other browsers are not", (await page.locator(".in-wechat-only").isVisible()) === shown, agent);
    await page.context().close();
  }
}

async function onPaper(browser) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(root + RECORD);
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const unfolded = await page.evaluate(() => Array.from(document.querySelectorAll("details")).every((details) => details.open));
  const line = await page.evaluate(() => document.querySelector("[data-printed]").textContent);
  tally.check("paper is unfolded and has its day", unfolded && /打印日期：\d{4}年/.test(line), line);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  tally.check("folded again after printing", await page.evaluate(() => !document.querySelector("details[open]")), "open");
  await page.context().close();
}

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  await withoutScripts(browser);
  await withScripts(browser);
  await inWeChat(browser);
  await onPaper(browser);
  await browser.close();
  tally.close();
})();
