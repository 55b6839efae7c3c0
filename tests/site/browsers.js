// Drives Chromium (debugging pipe) and Firefox (Marionette) without dependencies: {open(url), run(async function body), close()}.
// A browser that ends by itself rejects what is asked of it; nothing waits for it.
const { spawn } = require("child_process"), net = require("net"), fs = require("fs"), os = require("os"), path = require("path"), http = require("http");

async function chromium() {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "chromium-"));
  const child = spawn("/usr/bin/chromium", ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe", "--user-data-dir=" + profile, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const waiting = new Map(), problems = [];
  let number = 0, rest = "", ended = false;
  child.once("exit", code => { ended = true; for (const w of waiting.values()) w.reject(new Error("chromium ended: " + code)); });
  child.stdio[3].on("error", () => {});
  child.stdio[4].on("data", data => {
    const parts = (rest + data).split("\0");
    rest = parts.pop();
    for (const part of parts) {
      const message = JSON.parse(part);
      if (message.id) { const w = waiting.get(message.id); waiting.delete(message.id); if (message.error) w.reject(new Error(JSON.stringify(message.error))); else w.resolve(message.result); }
      else if (message.method === "Runtime.exceptionThrown") problems.push(JSON.stringify(message.params.exceptionDetails).slice(0, 400));
      else if (message.method === "Log.entryAdded" && message.params.entry.level === "error") problems.push(message.params.entry.text);
    }
  });
  let session;
  const send = (method, params) => new Promise((resolve, reject) => { waiting.set(++number, { resolve, reject }); child.stdio[3].write(JSON.stringify({ id: number, method, params: params || {}, sessionId: session }) + "\0"); });
  const { targetInfos } = await send("Target.getTargets");
  session = (await send("Target.attachToTarget", { targetId: targetInfos.find(t => t.type === "page").targetId, flatten: true })).sessionId;
  for (const domain of ["Page", "Runtime", "Log"]) await send(domain + ".enable");
  const run = async body => {
    const answer = await send("Runtime.evaluate", { expression: `(async () => { ${body} })()`, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) throw new Error(JSON.stringify(answer.exceptionDetails).slice(0, 600));
    return answer.result.value;
  };
  const ready = async () => { for (let i = 0; i < 200; i++) { try { if (await run("return document.readyState === 'complete' && location.href !== 'about:blank'")) return; } catch (_) { /* between pages */ } await new Promise(r => setTimeout(r, 25)); } throw new Error("page not ready"); };
  return { name: "chromium", problems, send, run, open: async url => { await send("Page.navigate", { url }); await ready(); },
    key: async (key, code) => { for (const type of ["keyDown", "keyUp"]) await send("Input.dispatchKeyEvent", { type, key, code: code || key, text: type === "keyDown" && key.length === 1 ? key : key === "Enter" && type === "keyDown" ? "\r" : undefined, windowsVirtualKeyCode: { ArrowDown: 40, ArrowUp: 38, Enter: 13, Escape: 27 }[key] || key.charCodeAt(0) }); },
    type: text => send("Input.insertText", { text }), ready,
    close: () => new Promise(resolve => { const gone = () => { try { fs.rmSync(profile, { recursive: true, force: true }); } catch (_) { /* temporary */ } resolve(); }; if (ended) gone(); else { child.once("exit", gone); child.kill("SIGKILL"); } }) };
}

async function firefox(port = 28281) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "firefox-"));
  fs.writeFileSync(path.join(profile, "user.js"), `user_pref("marionette.port", ${port});\n`);
  const child = spawn("/usr/bin/firefox-esr", ["--headless", "--marionette", "--no-remote", "--profile", profile, "about:blank"], { stdio: "ignore" });
  const socket = await new Promise((resolve, reject) => {
    let tries = 0;
    const attempt = () => { const s = net.connect(port, "127.0.0.1"); s.once("connect", () => resolve(s)); s.once("error", () => ++tries > 240 ? reject(new Error("no Marionette")) : setTimeout(attempt, 250)); };
    attempt();
  });
  const waiting = new Map();
  let number = 0, buffer = Buffer.alloc(0), ended = false;
  child.once("exit", code => { ended = true; for (const w of waiting.values()) if (w.reject) w.reject(new Error("firefox ended: " + code)); });
  socket.on("error", () => {});
  const greeted = new Promise(resolve => waiting.set("greeting", resolve));
  socket.on("data", data => {
    buffer = Buffer.concat([buffer, data]);
    for (;;) {
      const colon = buffer.indexOf(":");
      if (colon < 0) return;
      const length = Number(buffer.slice(0, colon));
      if (buffer.length < colon + 1 + length) return;
      const message = JSON.parse(buffer.slice(colon + 1, colon + 1 + length));
      buffer = buffer.slice(colon + 1 + length);
      if (!Array.isArray(message)) { waiting.get("greeting")(); continue; }
      const w = waiting.get(message[1]);
      waiting.delete(message[1]);
      if (message[2]) w.reject(new Error(JSON.stringify(message[2]).slice(0, 600))); else w.resolve(message[3]);
    }
  });
  await greeted;
  const send = (name, params) => new Promise((resolve, reject) => { waiting.set(++number, { resolve, reject }); const text = JSON.stringify([0, number, name, params || {}]); socket.write(Buffer.byteLength(text) + ":" + text); });
  await send("WebDriver:NewSession", { capabilities: { alwaysMatch: { pageLoadStrategy: "normal" } } });
  await send("WebDriver:SetTimeouts", { script: 120000 });
  const run = async body => (await send("WebDriver:ExecuteAsyncScript", { script: `const done = arguments[arguments.length - 1]; const window = globalThis.window; (async () => { ${body} })().then(v => done({ value: v === undefined ? null : JSON.parse(JSON.stringify(v)) }), e => done({ error: String(e && e.stack || e) }));`, args: [], sandbox: null, newSandbox: false })).value;
  return { name: "firefox", send, open: url => send("WebDriver:Navigate", { url }), run: async body => { const r = await run(body); if (r.error) throw new Error(r.error); return r.value; },
    close: () => new Promise(resolve => { const gone = () => { try { fs.rmSync(profile, { recursive: true, force: true }); } catch (_) { /* temporary */ } resolve(); }; if (ended) gone(); else { child.once("exit", gone); child.kill("SIGKILL"); } }) };
}

function server(root) {
  const requests = [], types = { html: "text/html", js: "text/javascript", css: "text/css" };
  const s = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://x/").pathname), file = path.join(root, path.normalize(name));
    fs.readFile(file, (error, data) => {
      if (error) { response.writeHead(404); response.end(); return; }
      requests.push([name, data.length]);
      response.writeHead(200, { "content-type": types[file.split(".").pop()] || "application/octet-stream" });
      response.end(data);
    });
  });
  return new Promise(resolve => s.listen(0, "127.0.0.1", () => resolve({ url: "http://127.0.0.1:" + s.address().port + "/", requests, close: () => s.close() })));
}
module.exports = { chromium, firefox, server };
