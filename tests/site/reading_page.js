// The checks of reading.js that run inside a page. Each answers with a list of [rule, element].
"use strict";

/** Before anything is drawn: keeps what moves while the page loads. */
function watch() {
  globalThis.shifts = [];
  new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
}

/** Lays the checks into the page, as globalThis.reading. */
function lay() {
  const checks = {};
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const style = (element) => getComputedStyle(element);
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const tall = () => document.documentElement.scrollHeight;
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

  function name(element) {
    const classes = element.classList.length ? `.${Array.from(element.classList).join(".")}` : "";
    const text = (element.innerText || element.value || "").trim().replace(/\s+/g, " ").slice(0, 24);
    const parent = classes || !element.parentElement ? "" : `${element.parentElement.localName}${Array.from(element.parentElement.classList, (word) => `.${word}`).join("")} > `;
    return `${parent}${element.localName}${classes}${text ? ` “${text}”` : ""}`;
  }

  /** Whether an element, or what it stands in, is cut to nothing on purpose: words for those who listen. */
  function isHidden(element) {
    for (let at = element; at; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      if (style(at).overflow !== "visible" && box.width <= 2 && box.height <= 2) return true;
    }
    return false;
  }

  const scrolls = (element, axis) => /auto|scroll/.test(style(element)[`overflow${axis}`]);
  function isInScroller(element, axis) {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) if (scrolls(at, axis)) return true;
    return false;
  }

  /** Comes past every picture that waits until it is near. */
  checks.scrollThrough = async () => {
    for (let top = 0; top < tall() && top < 30 * innerHeight; top += innerHeight) {
      scrollTo(0, top);
      await frame();
    }
    await Promise.all(all("img").filter((picture) => picture.currentSrc && picture.getBoundingClientRect().top < innerHeight).map((picture) => picture.decode().catch(() => null)));
    scrollTo(0, 0);
    await frame();
    await frame();
  };

  /** Nothing moves while the page loads and is scrolled: no layout shift. From a disk pictures may come before anything is
   * drawn, so each must also say its size itself. */
  checks.still = () => all("img").filter((picture) => !(picture.width && picture.getAttribute("width") && picture.getAttribute("height")) && isShown(picture))
    .map((picture) => ["picture without its size", name(picture)]).concat(shifted());
  /** A busy machine draws a page in steps, of up to 0.02 where this was tried; what readers notice begins at 0.1. */
  const DRAWN_IN_STEPS = 0.05;
  const shifted = () => globalThis.shifts.filter((shift) => !shift.hadRecentInput && shift.value > DRAWN_IN_STEPS).map((shift) => {
    const moved = shift.sources.map((source) => source.node && source.node.parentElement).filter(Boolean)[0];
    return [`layout shift ${shift.value.toFixed(4)}`, moved ? name(moved) : "?"];
  });

  /** Nothing reaches past the right edge of the window, unless it scrolls in a frame of its own. */
  checks.overflow = () => {
    const width = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth - width;
    const wide = all("body *").filter((element) => isShown(element) && element.getBoundingClientRect().right > width + 1 && !isInScroller(element, "X") && !isHidden(element));
    const inner = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
    const found = inner.map((element) => ["wider than the window", `${name(element)} by ${Math.round(element.getBoundingClientRect().right - width)} px`]);
    return over > 0 && !found.length ? [["wider than the window", `the page, by ${over} px`]] : found;
  };

  /** A box that hides what does not fit must hold all of its text. */
  checks.clipped = () => all("body *").filter((element) => {
    const { overflowX, overflowY } = style(element);
    const cutsX = /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1;
    const cutsY = /hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 1;
    return (cutsX || cutsY) && isShown(element) && element.innerText.trim() && !isHidden(element);
  }).concat(all("button, select, summary, input:not([type=checkbox]):not([type=radio]):not([type=hidden])").filter((element) =>
    isShown(element) && (element.scrollHeight > element.clientHeight + 1 || parseFloat(style(element).lineHeight) > element.clientHeight + 1)))
    .map((element) => ["clipped", name(element)]);

  /** Where each line of text stands: its middle, since the boxes of tight lines overlap above and below the letters. */
  function lines() {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
      const element = text.parentElement;
      if (!text.data.trim() || !isShown(element) || isHidden(element) || element.closest("svg, script, style, rt")) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) {
        if (box.width > 1) found.push({ element, left: box.left + 1, right: box.right - 1, top: box.top + box.height * 0.3, bottom: box.bottom - box.height * 0.3 });
      }
    }
    return found;
  }

  /** No text stands on another. */
  checks.overlaid = () => {
    const sorted = lines().sort((one, other) => one.top - other.top);
    const found = [];
    sorted.forEach((one, at) => {
      for (let next = at + 1; next < sorted.length && sorted[next].top < one.bottom; next += 1) {
        const other = sorted[next];
        if (other.left < one.right && one.left < other.right && other.element !== one.element && !isInScroller(one.element, "X") && !isInScroller(other.element, "X")) {
          found.push(["text on text", `${name(one.element)} and ${name(other.element)}`]);
        }
      }
    });
    return found;
  };

  let sizes = new Map();
  const holdsText = (element) => Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
  checks.measure = () => { sizes = new Map(all("body *").filter((element) => holdsText(element) && isShown(element)).map((element) => [element, parseFloat(style(element).fontSize)])); };

  /** Who asks for text of twice the size gets it. What is large already (24 px) may grow less, and a window that thereby counts as
   * a narrow one may take the smaller text of narrow windows. */
  checks.grown = () => Array.from(sizes).filter(([element, size]) => size < 24 && parseFloat(style(element).fontSize) < size * 1.8)
    .map(([element, size]) => ["text does not grow", `${name(element)} from ${size} to ${style(element).fontSize}`]);

  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary";

  /** The box that answers to a finger: a field's label belongs to it, and a link is as large as what it holds. */
  function box(element) {
    const parts = [element, ...(element.labels || []), ...all("*", element)].flatMap((part) => Array.from(part.getClientRects()));
    const left = Math.min(...parts.map((part) => part.left));
    const top = Math.min(...parts.map((part) => part.top));
    return { width: Math.max(...parts.map((part) => part.right)) - left, height: Math.max(...parts.map((part) => part.bottom)) - top };
  }

  /** Whether a link stands in a sentence: it is inline, and its block holds words that are in no link. */
  function isInSentence(element) {
    if (style(element).display !== "inline") return false;
    let block = element.parentElement;
    while (style(block).display === "inline") block = block.parentElement;
    const copy = block.cloneNode(true);
    all(TARGETS, copy).forEach((link) => link.remove());
    return /[\p{L}\p{N}]/u.test(copy.textContent);
  }

  /** WCAG 2.5.8 asks for 24 px in both directions and lets links in sentences be; we ask for 44 px in one of them too, so that
   * a thumb on a moving bus finds it. The exception of 2.5.8 for small targets with room around them is not used. */
  checks.targets = () => all(TARGETS).filter((element) => isShown(element) && !element.disabled && !isHidden(element) && element.getBoundingClientRect().right > 0 && !isInSentence(element))
    .map((element) => [element, box(element)])
    .filter(([, { width, height }]) => Math.min(width, height) < 23.5 || Math.max(width, height) < 43.5)
    .map(([element, { width, height }]) => ["small target", `${name(element)} ${Math.round(width)} × ${Math.round(height)} px`]);

  /** One h1, one main, no level of headings left out on the way down. */
  checks.outline = () => {
    const found = [];
    for (const only of ["h1", "main"]) if (all(only).length !== 1) found.push([`one ${only}`, `there are ${all(only).length}`]);
    const headings = all("h1, h2, h3, h4, h5, h6").filter(isShown);
    if (headings.length && headings[0].localName !== "h1") found.push(["heading order", `${name(headings[0])} before the h1`]);
    headings.reduce((above, heading) => {
      const level = Number(heading.localName[1]);
      if (above && level > above + 1) found.push(["heading order", `${name(heading)} under h${above}`]);
      return level;
    }, 0);
    if (checks.needsSkip() && !(all(STOPS)[0].getAttribute("href") || "").startsWith("#")) found.push(["no skip link", name(all(STOPS)[0])]);
    return found;
  };

  /** With reduced motion nothing moves. */
  checks.calm = () => {
    // A class of a theme may give a time for what never changes; that is no fault for the reader, but it cannot be told apart.
    const moves = (element, pseudo) => {
      const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element, pseudo);
      return animationName !== "none" || /[1-9]/.test(transitionDuration) || scrollBehavior === "smooth";
    };
    const found = all("*").filter((element) => moves(element) || moves(element, "::before") || moves(element, "::after")).map((element) => ["moves", name(element)]);
    all("[autoplay], marquee").forEach((element) => found.push(["plays by itself", name(element)]));
    return found;
  };

  const channels = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  function luminance(colour) {
    const [red, green, blue] = channels(colour).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  function ground(element) {
    for (let at = element; at; at = at.parentElement) {
      const colour = style(at).backgroundColor;
      if (channels(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  }
  function contrast(one, other) {
    const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dim + 0.05);
  }

  checks.scheme = (wanted) => {
    const isDark = luminance(ground(document.body)) < 0.2;
    return isDark === (wanted === "dark") ? [] : [["scheme", `the ground is ${ground(document.body)}`]];
  };

  const STOPS = "a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex], audio[controls], video[controls]";
  const isBefore = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

  /** A page whose text is the first thing needs no way past it. */
  checks.needsSkip = () => {
    const main = document.querySelector("main");
    return Boolean(main) && all(STOPS).some((element) => element.tabIndex >= 0 && isBefore(element, main) && !element.contains(main));
  };

  let walk = [];
  let ended = null;
  /** What Tab must reach: of a group of radio buttons it reaches one. A skip link is out of the window until it is reached. */
  const expected = () => all(STOPS).filter((element) => element.tabIndex >= 0 && isShown(element) && element.type !== "radio");
  const keep = (event) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = style(event.target);
    const outside = ground(event.target.parentElement || event.target);
    const isRing = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && (outlineStyle === "auto" || contrast(outlineColor, outside) >= 3);
    walk.push({ element: event.target, isRing: isRing || boxShadow !== "none", ring: `${outlineStyle} ${outlineWidth} ${outlineColor} on ${outside}` });
  };
  /** Tab goes on from where the focus was last, even if it is there no more: so it is given to the page itself. */
  checks.atTop = () => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
  };
  checks.startWalk = () => {
    walk = [];
    ended = new AbortController();
    document.addEventListener("focusin", keep, { capture: true, signal: ended.signal });
    return expected().length;
  };
  /** Goes on from a stop near the end. */
  checks.walkFrom = (before) => {
    const stops = expected();
    stops[stops.length - 1 - before].focus();
    walk = [];
  };
  checks.endWalk = () => ended.abort();

  /** How Tab walked: every stop of this part was come by, in the order of the page, with a ring that can be seen. */
  checks.walked = (part, count) => {
    const found = walk.filter((stop) => !stop.isRing).map((stop) => ["no focus ring", `${name(stop.element)} ${stop.ring}`]);
    const stops = expected();
    const wanted = part === "all" ? stops : part === "end" ? stops.slice(-count) : stops.slice(0, count);
    const reached = walk.map((stop) => stop.element);
    // A frame that scrolls is a stop that the list does not know, so the last of a long beginning may be past the count.
    const missed = wanted.filter((element) => !reached.includes(element)).slice(part === "beginning" ? 10 : 0);
    missed.forEach((element) => found.push(["Tab does not reach", name(element)]));
    const turn = reached.findIndex((element, at) => at > 0 && !isBefore(reached[at - 1], element) && !reached[at - 1].contains(element));
    // After the last stop the focus leaves the page, or comes to the first again.
    const isRound = reached[turn] === stops[0] && turn >= wanted.length;
    if (turn > 0 && !isRound) found.push(["Tab goes back", `from ${name(reached[turn - 1])} to ${name(reached[turn])}`]);
    return found;
  };

  checks.skipShown = () => {
    const skip = document.activeElement;
    const { left, top, right, bottom } = skip.getBoundingClientRect();
    const target = document.getElementById((skip.getAttribute("href") || "").slice(1));
    if (!target) return [["skip link", `the first stop is ${name(skip)}`]];
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight ? [] : [["skip link", `${name(skip)} is not seen`]];
  };
  checks.skipped = () => {
    const main = document.querySelector("main");
    return main && main.contains(document.activeElement) ? [] : [["skip link", `leads to ${name(document.activeElement)}, not into the text`]];
  };
  checks.afterSkip = () => {
    const main = document.querySelector("main");
    return isBefore(main, document.activeElement) ? [] : [["skip link", `after it Tab comes to ${name(document.activeElement)}`]];
  };

  /** On paper the title stands, and the page says where it is found: pages without an address (the choice of language, 404) have
   * no line for it. */
  checks.onPaper = () => {
    const found = [];
    const title = document.querySelector("h1");
    if (!title || !isShown(title) || !title.innerText.trim()) found.push(["print", "no title"]);
    const address = document.querySelector('link[rel="canonical"]');
    const text = document.body.innerText;
    if (address && !text.includes(address.href)) found.push(["print", `the address ${address.href} does not stand on the paper`]);
    const date = document.querySelector('meta[name="DCTERMS.created"], meta[name="DCTERMS.temporal"]');
    const made = date && /^\d{4}/.test(date.content) ? date : null;
    if (made && !text.includes(made.content.slice(0, 4))) found.push(["print", `the date ${made.content} does not stand on the paper`]);
    all("nav.menu, .skip, .finder").filter(isShown).forEach((element) => found.push(["print", `${name(element)} is of no use on paper`]));
    return found;
  };

  globalThis.reading = checks;
}

module.exports = { watch, source: `(${lay})()` };
