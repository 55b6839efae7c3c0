// Holds what a finished site sends to browsers to what old ones understand and to a weight that a village line carries, without
// a browser: scripts are ES2017 and use nothing newer than Chrome 60 without asking for it, sheets are read by Chrome 80, and a
// page of a record weighs at most 40 KB without its pictures.
// usage: NODE_PATH=…/node_modules node old.js SITE
"use strict";

const fs = require("fs");
const path = require("path");
const zlib = require("zlib");
const acorn = require("acorn");
const csstree = require("css-tree");
const tally = require("./tally.js");

const site = path.resolve(process.argv[2]);
const WEIGHT = 40 * 1024;

/** Names that came after Chrome 60, where they are called as methods, with the version that brought them. */
const METHODS = {
  allSettled: 76, any: 85, arrayBuffer: 76, at: 92, checkVisibility: 105, finally: 63, findLast: 97, findLastIndex: 97, flat: 69, flatMap: 69,
  fromEntries: 73, groupBy: 117, hasOwn: 93, isWellFormed: 111, matchAll: 73, pipeThrough: 67, randomUUID: 92, replaceAll: 85,
  replaceChildren: 86, showPopover: 114, stream: 76, text: 76, toReversed: 110, toSorted: 110, toSpliced: 110, toWellFormed: 111,
  toggleAttribute: 69, trimEnd: 66, trimStart: 66, withResolvers: 119, formatToParts: 64,
};

/** The same for names that stand free or on `window`, and for what Intl holds. */
const GLOBALS = {
  AbortController: 66, AggregateError: 85, BigInt: 67, BroadcastChannel: 54, CompressionStream: 80, CSSStyleSheet: 73, DecompressionStream: 80,
  DisplayNames: 81, FinalizationRegistry: 84, ListFormat: 72, Locale: 74, PluralRules: 63, RelativeTimeFormat: 71, ResizeObserver: 64, Segmenter: 87,
  TransformStream: 67, WeakRef: 84, clipboard: 66, globalThis: 71, queueMicrotask: 71, reportError: 95, structuredClone: 98,
};

/** Sheets: what came after Chrome 80. A new property whose absence loses nothing that has to be read: it needs nothing beside it. */
const HARMLESS = new Set(`text-wrap text-wrap-style text-wrap-mode text-autospace text-spacing text-spacing-trim hanging-punctuation hyphenate-character
  hyphenate-limit-chars content-visibility contain-intrinsic-size color-scheme accent-color scrollbar-color scrollbar-width scrollbar-gutter
  text-underline-offset text-decoration-thickness text-decoration-skip-ink forced-color-adjust ruby-align ruby-position font-size-adjust
  font-optical-sizing field-sizing page line-clamp overflow-clip-margin word-space-transform`.split(/\s+/));

/** A new property that needs one before it in its rule, or another name of the same (what stands after the arrow). */
const PROPERTIES = new Map([
  ["aspect-ratio", 88], ["inset", 87], ["inset-block", 87], ["inset-inline", 87], ["inset-inline-start", 87], ["inset-inline-end", 87],
  ["inset-block-start", 87], ["inset-block-end", 87], ["margin-inline", 87], ["margin-block", 87], ["padding-inline", 87], ["padding-block", 87],
  ["border-inline", 87], ["border-block", 87], ["translate", 104], ["rotate", 104], ["scale", 104], ["appearance", 84], ["text-emphasis", 99],
  ["text-emphasis-position", 99], ["text-emphasis-style", 99], ["text-emphasis-color", 99], ["mask", 120], ["mask-image", 120], ["mask-size", 120],
  ["print-color-adjust", 136], ["container", 105], ["container-type", 105], ["container-name", 105], ["initial-letter", 110], ["animation-timeline", 115],
  ["view-transition-name", 111], ["position-anchor", 125], ["anchor-name", 125], ["offset", 116], ["object-view-box", 104], ["text-box", 133],
  ["text-box-trim", 133], ["interpolate-size", 129], ["white-space-collapse", 114],
]);

/** New values, by what is written: [what matches, since, for which properties]. */
const VALUES = [
  [/\b(color-mix|oklch|oklab|lab|lch|color)\(/, 111], [/\blight-dark\(/, 123], [/\b(round|mod|rem)\(|\b(sin|cos|tan|pow|sqrt|hypot|abs|sign)\(/, 111],
  [/(^|[\s,(])image-set\(/, 113], [/\banchor\(/, 125], [/\d(dvh|svh|lvh|dvw|svw|lvw|dvb|svb|lvb|dvi|svi|lvi|dvmin|dvmax|vb|vi)\b/, 108],
  [/\d(cqw|cqh|cqi|cqb|cqmin|cqmax)\b/, 105], [/\d(lh|rlh|cap|rcap|ic|ric|rch|rex)\b/, 106], [/\brevert\b/, 84], [/\brevert-layer\b/, 99],
  [/\bsubgrid\b/, 117, /^grid/], [/\bmasonry\b/, 999, /^grid/], [/\bclip\b/, 90, /^overflow/], [/^(block|inline) /, 115, /^display$/],
  [/\bauto-phrase\b/, 119, /^word-break$/], [/\bstretch\b/, 138, /^(min-|max-)?(width|height)$/], [/\bsafe\b/, 115, /^(align|justify|place)-/],
  [/\d(px|em|rem)|from-font/, 89, /^text-decoration$/], [/\b(pretty|balance|stable)\b/, 114, /^white-space$/],
];

/** Parts of selectors after Chrome 80: a browser that does not know one drops the whole rule, whatever else its list names. */
const SELECTORS = new Map([["is", 88], ["where", 88], ["has", 105], ["focus-visible", 86], ["dir", 120], ["user-valid", 119], ["user-invalid", 119], ["open", 133],
  ["popover-open", 114], ["modal", 105], ["autofill", 110], ["marker", 86], ["file-selector-button", 89], ["target-text", 89], ["details-content", 131],
  ["state", 125], ["playing", 999], ["paused", 999]]);
/** Where one of these stands alone, the rule is an addition that may be dropped. */
const MAY_BE_DROPPED = new Set(["focus-visible", "marker", "file-selector-button", "target-text", "autofill"]);
const AT_RULES = new Map([["layer", 99], ["container", 105], ["scope", 118], ["starting-style", 117], ["counter-style", 91], ["position-try", 125]]);

function files(ending, folder = "") {
  return fs.readdirSync(path.join(site, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return files(ending, name);
    return name.endsWith(ending) ? [name] : [];
  }).sort();
}

const read = (name) => fs.readFileSync(path.join(site, name), "utf8");
const tell = (found) => `${found.slice(0, 40).join("\n      ")}${found.length > 40 ? `\n      and ${found.length - 40} more` : ""}`;

/** Calls a visitor for every node of a script, with what stands around it. */
function walk(node, visit, parents = []) {
  if (!node || typeof node.type !== "string") return;
  visit(node, parents);
  const below = [...parents, node];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) value.forEach((child) => walk(child, visit, below));
    else if (value && typeof value === "object") walk(value, visit, below);
  }
}

const nameOf = (node) => (node.type === "Identifier" ? node.name : node.type === "MemberExpression" && !node.computed ? node.property.name : null);

/** The names that a script asks for before it uses them: `typeof X`, `"x" in y`, and `x.y` that stands as a condition. */
function asked(tree) {
  const names = new Set();
  const condition = (node) => {
    if (node.type === "UnaryExpression" && node.operator === "!") condition(node.argument);
    if (nameOf(node)) names.add(nameOf(node));
  };
  walk(tree, (node) => {
    if (node.type === "UnaryExpression" && node.operator === "typeof") condition(node.argument);
    if (node.type === "BinaryExpression" && node.operator === "in" && node.left.type === "Literal") names.add(String(node.left.value));
    if (node.type === "IfStatement" || node.type === "ConditionalExpression") condition(node.test);
    if (node.type === "LogicalExpression") { condition(node.left); condition(node.right); }
  });
  return names;
}

/** The pattern of a `new RegExp("…")` is no part of the syntax that acorn has read. */
function pattern(node) {
  const [source, flags] = node.arguments.map((argument) => argument.value);
  if (typeof source !== "string") return null;
  try {
    acorn.parse(`/${source.replace(/\//g, "\\/")}/${flags || ""}`, { ecmaVersion: 2017 });
    return null;
  } catch (error) {
    return `RegExp ${source}: ${error.message}`;
  }
}

/** What an old browser would stumble over in a script. */
function script(name) {
  let tree;
  try {
    tree = acorn.parse(read(name), { ecmaVersion: 2017, sourceType: "script", locations: true });
  } catch (error) {
    return [`${name}: not ES2017: ${error.message}`];
  }
  const known = asked(tree);
  const found = [];
  const add = (node, text) => found.push(`${name}:${node.loc.start.line}:${node.loc.start.column + 1}: ${text}`);
  walk(tree, (node, parents) => {
    const parent = parents[parents.length - 1];
    if (node.type === "CallExpression" && node.callee.type === "MemberExpression") {
      const method = nameOf(node.callee);
      if (Object.hasOwn(METHODS, method) && !known.has(method)) add(node, `.${method}() came with Chrome ${METHODS[method]}`);
    }
    const isFree = node.type === "Identifier" && !(parent.type === "MemberExpression" && parent.property === node) && !(parent.type === "Property" && parent.key === node);
    const isHeld = node.type === "MemberExpression" && ["window", "self", "navigator", "Intl"].includes(nameOf(node.object));
    const free = isFree || isHeld ? nameOf(node) : null;
    if (free && Object.hasOwn(GLOBALS, free) && !known.has(free)) add(node, `${free} came with Chrome ${GLOBALS[free]}`);
    if (/^(New|Call)Expression$/.test(node.type) && nameOf(node.callee) === "RegExp" && !parents.some((around) => around.type === "TryStatement")) {
      const wrong = pattern(node);
      if (wrong) add(node, wrong);
    }
  });
  return found;
}

/** Since when a declaration is understood, where that is later than Chrome 80. */
function since(property, value) {
  const newer = VALUES.filter(([matches, , where]) => (!where || where.test(property)) && matches.test(value)).map(([, version]) => version);
  return Math.max(PROPERTIES.get(property) || 0, 0, ...newer);
}

/** Other names under which the browsers of that time know a property. */
const earlier = (property) => [property, `-webkit-${property}`, ...(/^inset$/.test(property) ? ["top", "left"] : []), ...(property === "translate" ? ["transform"] : [])];

function selectors(rule, add) {
  const list = rule.prelude.type === "SelectorList" ? rule.prelude.children.toArray() : [];
  const newer = (selector) => csstree.findAll(selector, (node) => /^Pseudo/.test(node.type) && (SELECTORS.has(node.name) || isListOfNot(node)));
  list.forEach((selector) => newer(selector).forEach((part) => {
    const alone = list.every((other) => newer(other).length > 0);
    if (list.length > 1 && !alone) add(rule, `:${part.name} came with Chrome ${SELECTORS.get(part.name) || 88}; before it the whole rule is lost: ${csstree.generate(rule.prelude)}`);
    // In `:focus:not(:focus-visible)` as in `li::marker` the rule is an addition.
    else if (!MAY_BE_DROPPED.has(part.name)) add(rule, `:${part.name} came with Chrome ${SELECTORS.get(part.name) || 88}: ${csstree.generate(rule.prelude)}`);
  }));
}

/** `:not(a, b)` came with Chrome 88, `:not(a)` long before. */
const isListOfNot = (node) => node.name === "not" && node.children && node.children.first && node.children.first.type === "SelectorList" && node.children.first.children.size > 1;

function declarations(rule, add) {
  const before = new Set();
  rule.block.children.forEach((node) => {
    if (node.type === "Rule" || node.type === "Atrule") return add(node, "a rule within a rule came with Chrome 120");
    if (node.type !== "Declaration") return null;
    const value = csstree.generate(node.value);
    const version = HARMLESS.has(node.property) ? 0 : since(node.property, value);
    if (version <= 80) before.add(node.property);
    else if (!earlier(node.property).some((name) => before.has(name))) add(node, `${node.property}: ${value} came with Chrome ${version}, and nothing stands before it`);
    return null;
  });
}

/** What Chrome 80 does not read in a sheet. What stands in @supports has been asked for. */
function sheet(name) {
  const found = [];
  const add = (node, text) => found.push(`${name}:${node.loc ? `${node.loc.start.line}:${node.loc.start.column}` : "?"}: ${text}`);
  const tree = csstree.parse(read(name), { positions: true, onParseError: (error) => found.push(`${name}:${error.line}:${error.column}: ${error.message}`) });
  const rules = [];
  csstree.walk(tree, {
    visit: "Rule",
    enter(rule) { if (!(this.atrule && /^(supports|.*keyframes)$/.test(this.atrule.name))) rules.push(rule); },
  });
  csstree.walk(tree, { visit: "Atrule", enter(node) {
    if (AT_RULES.has(node.name)) add(node, `@${node.name} came with Chrome ${AT_RULES.get(node.name)}`);
    if (node.name === "media" && node.prelude && /[<>]/.test(csstree.generate(node.prelude))) add(node, "a range in @media came with Chrome 104");
  } });
  for (const rule of rules) { selectors(rule, add); declarations(rule, add); }
  flexGaps(rules, add);
  return found;
}

const each = (rule) => (rule.prelude.type === "SelectorList" ? rule.prelude.children.toArray().map((one) => csstree.generate(one)) : []);
const declared = (rule, matches) => rule.block.children.toArray().find((node) => node.type === "Declaration" && matches(node.property, csstree.generate(node.value)));

/** Gaps between boxes in a row came with Chrome 84, and @supports cannot ask for them: grids had the same property before. */
function flexGaps(rules, add) {
  const displays = new Map();
  for (const rule of rules) {
    const display = declared(rule, (property) => property === "display");
    if (display) each(rule).forEach((selector) => displays.set(selector, (displays.get(selector) || []).concat(csstree.generate(display.value))));
  }
  for (const rule of rules) {
    const gap = declared(rule, (property, value) => /^(column-gap|gap|row-gap)$/.test(property) && !/^(0 ?)+$/.test(value));
    const isGrid = declared(rule, (property, value) => property === "display" && /grid/.test(value));
    const flex = gap && !isGrid && each(rule).filter((selector) => (displays.get(selector) || []).some((value) => /flex/.test(value)));
    if (flex && flex.length) add(gap, `${gap.property} in a flex box came with Chrome 84: ${flex.join(", ")}`);
  }
}

const attribute = (tag, name) => (new RegExp(` ${name}="([^"]*)"`).exec(tag) || [])[1];
const weights = new Map();
function weigh(name) {
  if (!weights.has(name)) weights.set(name, zlib.gzipSync(fs.readFileSync(path.join(site, name)), { level: 9 }).length);
  return weights.get(name);
}

/** What a page loads besides pictures, by path. */
function loads(name, html) {
  const tags = html.match(/<(link|script)\b[^>]*>/g) || [];
  const sheets = tags.filter((tag) => attribute(tag, "rel") === "stylesheet").map((tag) => attribute(tag, "href"));
  const scripts = tags.filter((tag) => /^<script/.test(tag) && attribute(tag, "src"));
  const at = (address) => path.posix.join(path.posix.dirname(name), address.split(/[?#]/)[0]);
  return { sheets: sheets.map(at), scripts: scripts.map((tag) => ({ name: at(attribute(tag, "src")), isDeferred: / defer\b/.test(tag) })) };
}

function page(name, found) {
  const html = read(name);
  const { sheets, scripts } = loads(name, html);
  const inHead = loads(name, html.slice(0, html.indexOf("</head>"))).scripts;
  // 404.html carries its own sheet: nobody knows under which address it will be read.
  if (sheets.length !== 1 && name !== "404.html") found.order.push(`${name}: ${sheets.length} stylesheets`);
  if (inHead.length > 1 || inHead.some((script) => !script.isDeferred)) found.order.push(`${name}: ${inHead.length} scripts in the head, ${inHead.filter((script) => !script.isDeferred).length} not deferred`);
  if (!/<article class="record[ "]/.test(html)) return;
  const parts = [name, ...sheets, ...scripts.map((script) => script.name)];
  found.records.push([parts.reduce((sum, part) => sum + weigh(part), 0), parts.map((part) => `${part} ${weigh(part)}`).join(", ")]);
}

function main() {
  const [scripts, sheets, pages] = [".js", ".css", ".html"].map((ending) => files(ending));
  const wrong = scripts.flatMap(script);
  tally.check(`${scripts.length} scripts are read by Chrome 60`, scripts.length && !wrong.length, tell(wrong));
  const lost = sheets.flatMap(sheet);
  tally.check(`${sheets.length} sheets are read by Chrome 80`, sheets.length && !lost.length, tell(lost));
  const found = { order: [], records: [] };
  pages.forEach((name) => page(name, found));
  tally.check(`${pages.length} pages have one sheet and at most one script, deferred`, !found.order.length, tell(found.order));
  found.records.sort((one, other) => other[0] - one[0]);
  const heavy = found.records.filter(([weight]) => weight > WEIGHT);
  const most = found.records.length ? found.records[0] : [0, "no record"];
  tally.check(`${found.records.length} records weigh at most ${WEIGHT} bytes without pictures (the heaviest ${most[0]})`, found.records.length && !heavy.length, tell(heavy.map(([weight, parts]) => `${weight}: ${parts}`)));
  tally.close();
}

main();
