// Opens the film of the small site in Chromium from file://: its transcript is there without scripts, and becomes captions with them.
// usage: NODE_PATH=…/node_modules node captions.js SITE
"use strict";

const path = require("path");
const { pathToFileURL } = require("url");
const { chromium } = require("playwright-core");

const EXPECTED = {
  zh: [[0.1, 0.9, "讲解员：荒坡 &amp; 油茶"]],
  en: [[0.1, 0.4, "A hill &lt;"], [0.5, 0.9, "and camellia"]],
};

async function main() {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
  const faults = [];
  for (const [lang, expected] of Object.entries(EXPECTED)) {
    const address = pathToFileURL(path.join(path.resolve(process.argv[2]), lang, "activities/talk.html")).href;
    const page = await browser.newPage();
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("request", (request) => /\.mp4$/.test(request.url()) && faults.push(`loaded before it was asked for: ${request.url()}`));
    await page.goto(address, { waitUntil: "load" });
    const seen = await page.evaluate(() => {
      const track = document.querySelector("video").textTracks[0];
      return track && { mode: track.mode, lang: track.language, cues: Array.from(track.cues, (cue) => [cue.startTime, cue.endTime, cue.text]) };
    });
    const wanted = JSON.stringify({ mode: "showing", lang: lang === "zh" ? "zh-CN" : "en", cues: expected });
    if (JSON.stringify(seen) !== wanted) faults.push(`${lang}: ${JSON.stringify(seen)} is not ${wanted}`);
    page.removeAllListeners("request");
    const length = await page.evaluate(() => new Promise((done) => {
      const film = document.querySelector("video");
      film.onloadedmetadata = () => done(film.duration);
      film.onerror = () => done(film.error && film.error.message);
      film.load();
      film.preload = "metadata";
    }));
    if (Math.abs(length - 1) > 0.2) faults.push(`${lang}: the film does not play: ${length}`);
    await page.close();
  }
  await browser.close();
  faults.forEach((fault) => console.log(`FAIL  ${fault}`));
  process.exit(faults.length ? 1 : 0);
}

main().catch((error) => { console.error(error); process.exit(1); });
