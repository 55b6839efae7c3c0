/* The search page. Its words stand in data-* of the form. */
(search => {
  "use strict";
  const PAUSE_MS = 150, PAGE = 10, MOST_VALUES = 12;
  const byId = id => document.getElementById(id), form = byId("search");
  if (!form) return;
  const field = form.elements.q, sort = form.elements.sort, root = form.getAttribute("data-root"), language = document.documentElement.lang.slice(0, 2);
  const list = byId("search-options"), note = byId("search-note"), count = byId("result-count"), facets = byId("facets");
  const results = byId("results"), apart = byId("relaxed"), more = byId("more-results");
  let state, round = 0, timer = 0, composing = false, options = [], active = -1;

  function say(name, value) {
    return (form.getAttribute("data-" + name) || "").replace(/\{\w+\}/, value);
  }

  function make(tag, properties, children) {
    const element = document.createElement(tag);
    Object.keys(properties).forEach(name => {
      if (name in element) element[name] = properties[name];
      else element.setAttribute(name, properties[name]);
    });
    return fill(element, children || []);
  }

  function fill(element, children) {
    element.textContent = "";
    element.append.apply(element, children);
    return element;
  }

  function readAddress() {
    state = { q: "", sort: "", page: 1, filters: new Map() };
    new URLSearchParams(location.search).forEach((value, name) => {
      if (name === "q" || name === "sort") state[name] = value;
      else if (name === "view") return; /* not of the search: script/reader.js */
      else if (name === "page") state.page = Math.min(Math.max(parseInt(value, 10) || 1, 1), 100);
      else if (value) state.filters.set(name, chosen(name).concat(value));
    });
    field.value = state.q;
    sort.value = state.sort;
  }

  function chosen(name) {
    return state.filters.get(name) || [];
  }

  function filters() {
    const out = {};
    state.filters.forEach((ids, name) => { out[name] = ids; });
    return out;
  }

  function addressOf(query) {
    const params = new URLSearchParams();
    if (query) params.append("q", query);
    state.filters.forEach((ids, name) => ids.forEach(id => params.append(name, id)));
    if (state.sort) params.append("sort", state.sort);
    if (state.page > 1) params.append("page", state.page);
    if (/[?&]view=large(&|$)/.test(location.search)) params.append("view", "large");
    return "?" + params;
  }

  function writeAddress(method) {
    const address = addressOf(state.q);
    try {
      if (address !== (location.search || "?")) history[method](null, "", address);
    } catch (_) { /* an address that cannot change loses its memory only */ }
  }

  function marked(pieces) {
    return pieces.map(piece => piece[1] ? make("mark", {}, [piece[0]]) : piece[0]);
  }

  async function items(hits) {
    const excerpts = await Promise.all(hits.map(search.excerpt));
    return hits.map((hit, i) => make("li", { "data-id": hit.id, "data-lang": hit.lang, lang: hit.lang }, [
      make("a", { href: root + hit.url }, marked(excerpts[i].title)),
      make("p", { className: "search__place" }, [[excerpts[i].date, excerpts[i].places].filter(Boolean).join(" · ")]),
      make("p", { className: "search__excerpt" }, marked(excerpts[i].text))
    ]));
  }

  function showNote(kind, children) {
    note.hidden = !kind;
    note.setAttribute("data-kind", kind);
    fill(note, children || []);
  }

  function offer(one) {
    return make("li", {}, [make("a", { href: addressOf(one.query), onclick(event) {
      event.preventDefault();
      ask(one.query);
    } }, [one.query]), " (" + one.total + ")"]);
  }

  async function showRelated(answer, mine) {
    const relaxed = await search.related(answer, { filters: filters(), limit: answer.total ? 0 : PAGE }), first = relaxed[0];
    const lines = answer.tooCommon ? [say("common", state.q)] : answer.total ? [] : [say("none")], found = first && !answer.total ? await items(first.hits) : [];
    if (mine !== round) return;
    if (first) lines.push(say(first.kind));
    if (lines.length) showNote(answer.tooCommon ? "too-common" : first ? first.kind : "none", lines.map(line => make("p", {}, [line])).concat(make("ul", {}, relaxed.map(offer))));
    fill(apart, found);
    apart.hidden = !first;
  }

  /* A value with its children, where it or one of them is chosen. */
  function valueItem(facet, one) {
    const ids = chosen(facet.param), checked = ids.indexOf(one.id) >= 0, below = facet.values.filter(other => other.parent === one.id);
    const box = make("input", { type: "checkbox", name: facet.param, value: one.id, checked });
    const item = make("li", {}, [make("label", {}, [box, " " + one[language] + " (" + one.count + ")"])]);
    if (below.length && (checked || below.some(other => ids.indexOf(other.id) >= 0))) item.append(valueList(facet, below));
    return item;
  }

  function valueList(facet, values) {
    const shown = values.filter(one => one.count || chosen(facet.param).indexOf(one.id) >= 0);
    shown.sort((a, b) => facet.kind !== "year" && b.count - a.count || (a.id < b.id ? 1 : -1));
    const list = shown.map(one => valueItem(facet, one)), rest = list.slice(MOST_VALUES).filter(item => !item.querySelector(":checked"));
    rest.forEach(item => { item.hidden = true; });
    if (rest.length) list.push(make("li", {}, [make("button", { type: "button", onclick(event) {
      rest.forEach(item => { item.hidden = false; });
      event.target.remove();
    } }, [say("all")])]));
    return make("ul", {}, list);
  }

  async function showFacets(answer, mine) {
    const heads = await search.counts(answer);
    if (mine !== round) return;
    const { name, value } = document.activeElement, isFirst = !facets.firstChild, isWide = matchMedia("(min-width: 50em)").matches;
    const wereOpen = heads.map(head => isFirst ? isWide : !!facets.querySelector('[data-facet="' + head.param + '"] [open]'));
    fill(facets, heads.map((head, i) => make("fieldset", { "data-facet": head.param, hidden: !head.values.some(one => one.count || chosen(head.param).includes(one.id)) }, [
      make("details", { open: wereOpen[i] }, [make("summary", {}, [head.label[language]]), valueList(head, head.values.filter(one => !one.parent))])
    ])));
    facets.querySelectorAll("input").forEach(box => {
      if (box.name === name && box.value === value) box.focus();
    });
  }

  /* Results first; counts and other names when these are painted and the browser is idle. */
  async function run(isMore) {
    const mine = ++round, before = isMore ? results.children.length : -1, isEmpty = !state.q && !state.filters.size;
    showNote("");
    apart.hidden = true;
    count.textContent = isEmpty ? "" : say("busy");
    try {
      const answer = await search.query(state.q, { filters: filters(), sort: state.sort, limit: state.page * PAGE, related: false }), list = await items(answer.hits);
      if (mine !== round) return;
      fill(results, list);
      count.setAttribute("data-total", answer.total);
      count.textContent = isEmpty || answer.tooCommon && !answer.total ? "" : say("count", answer.total);
      more.hidden = answer.total <= list.length;
      if (list[before]) list[before].querySelector("a").focus();
      await new Promise(resolve => (window.requestIdleCallback || setTimeout)(resolve, { timeout: 500 }));
      if (mine === round && !isEmpty) await Promise.all([showFacets(answer, mine), showRelated(answer, mine)]);
    } catch (_) {
      if (mine !== round) return;
      count.textContent = "";
      showNote("failed", [say("failed") + " ", make("button", { type: "button", onclick: () => run() }, [say("retry")])]);
    }
  }

  function ask(query, method) {
    clearTimeout(timer);
    field.value = state.q = query;
    state.page = 1;
    closeList();
    writeAddress(method || "pushState");
    return run();
  }

  function showList(names) {
    options = names;
    fill(list, names.map((name, i) => make("li", { id: "search-option-" + i, role: "option", onmousedown(event) {
      event.preventDefault();
      ask(name);
    } }, [name])));
    list.hidden = !names.length;
    field.setAttribute("aria-expanded", !list.hidden);
    setActive(-1);
  }

  function closeList() {
    showList([]);
  }

  function setActive(index) {
    active = index;
    Array.from(list.children).forEach((option, i) => option.setAttribute("aria-selected", i === index));
    if (index < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", "search-option-" + index);
  }

  function typed() {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(async () => {
      const query = field.value;
      await ask(query, "replaceState");
      const entries = await search.complete(query).catch(() => []);
      if (field.value === query && document.activeElement === field) showList(Array.from(new Set(entries.map(entry => entry[language] || entry.zh))).filter(name => name !== query));
    }, PAUSE_MS);
  }

  field.addEventListener("compositionstart", () => { composing = true; });
  field.addEventListener("compositionend", () => {
    composing = false;
    typed();
  });
  field.addEventListener("input", typed);
  field.addEventListener("blur", closeList);
  form.addEventListener("submit", event => {
    event.preventDefault();
    ask(active < 0 ? field.value : options[active]);
  });
  sort.addEventListener("change", () => {
    state.sort = sort.value;
    ask(field.value);
  });
  facets.addEventListener("change", event => {
    const { name, value, checked } = event.target, rest = chosen(name).filter(id => id !== value).concat(checked ? value : []);
    if (rest.length) state.filters.set(name, rest);
    else state.filters.delete(name);
    ask(field.value);
  });
  more.addEventListener("click", () => {
    state.page++;
    writeAddress("replaceState");
    run(true);
  });
  window.addEventListener("popstate", () => {
    readAddress();
    run();
  });
  document.addEventListener("keydown", event => {
    const { key, target } = event, inField = target === field, step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (key === "/" && !/^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) field.focus();
    else if (key === "Escape" && inField && list.hidden) ask("");
    else if (key === "Escape" && inField) closeList();
    else if (step && inField && !list.hidden) {
      const places = options.length + 1;
      setActive((active + 1 + step + places) % places - 1);
    } else if (step && (inField || results.contains(target))) {
      const links = Array.from(results.querySelectorAll("a")), next = links.indexOf(target) + step;
      if (next < 0) field.focus();
      else if (links[next]) links[next].focus();
    } else return;
    event.preventDefault();
  });

  readAddress();
  /* Later than the scripts that are joined behind this one. */
  if (location.search) setTimeout(run);
})(window.TuopinSearch = window.TuopinSearch || { parts: {} });
