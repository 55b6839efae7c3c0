#!/usr/bin/env python3
"""Crawls a finished site as it lies on the disk and holds it to the contract of the outputs.

usage: crawl.py SITE [--base URL]      (URL: the base_url that the site was built with; without it nothing may be absolute)"""

import argparse
import posixpath
import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import manifest
import page as pages
from tally import Tally

NAME = re.compile(r"[a-z0-9._-]+")
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
WITHOUT_CRUMBS = re.compile(r"(index|404|(zh|en)/index)\.html")
ABSOLUTE_RELS = ("canonical", "alternate", "license")


class Site:
    """A site's files and the facts of its pages."""

    def __init__(self, folder, base):
        self.folder = Path(folder)
        self.base = base
        self.files = set(manifest.files_of(folder))
        html = [name for name in sorted(self.files) if name.endswith(".html")]
        self.pages = {name: pages.read_page((self.folder / name).read_text("utf-8")) for name in html}

    def target(self, source, address):
        """The file that an address on a page names, and its anchor; None where it leads out."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(parts.path))) if parts.path else source
        return path, parts.fragment


def bad_names(site):
    faults = []
    folded = {}
    for name in sorted(site.files):
        if len(name) > 150 or any(len(part) > 64 or not NAME.fullmatch(part) or DEVICE.fullmatch(part) or part.endswith(".") for part in name.split("/")):
            faults.append(f"{name}: not a name that every system keeps")
        other = folded.setdefault(name.casefold(), name)
        if other != name:
            faults.append(f"{name}: the same as {other} where case does not count")
    return faults


def address_faults(site, name, page):
    faults = []
    for tag, attribute, value, rel in page.addresses:
        where = f"{name}: <{tag} {attribute}={value!r}>"
        if value.strip() != value or "\\" in value or " " in value:
            faults.append(f"{where}: not a clean address")
        scheme = urlsplit(value).scheme
        found = site.target(name, value)
        if found is None:
            faults += outside_faults(site, where, tag, rel, scheme, value)
            continue
        path, anchor = found
        if value == "" or value.endswith("/") or value.startswith("/"):
            faults.append(f"{where}: names no file")
        elif path in ("404.html", manifest.NAME) and name != path:
            faults.append(f"{where}: nothing may name this file")
        elif path not in site.files:
            faults.append(f"{where}: no such file")
        elif anchor and path.endswith(".html") and anchor not in site.pages[path].ids:
            faults.append(f"{where}: no such place in {path}")
    return faults


def outside_faults(site, where, tag, rel, scheme, value):
    if tag == "a" and scheme in ("http", "https", "mailto", "tel"):
        return []
    if tag == "link" and rel in ABSOLUTE_RELS and site.base and value.startswith(site.base):
        return []
    return [f"{where}: a browser would load or follow this from outside"]


def frame_faults(site, name, page):
    faults = []
    expect = lambda holds, what: holds or faults.append(f"{name}: {what}")
    expect(page.html.get("lang"), "no language")
    expect(page.title, "no title")
    expect(page.h1 == 1, f"{page.h1} main headings")
    expect(page.meta("content-security-policy"), "no content security policy")
    expect(not page.loads_before_csp, "something loads before the content security policy")
    expect(page.meta("viewport"), "no viewport")
    expect(len(page.ids) == len(set(page.ids)), "an id stands twice")
    expect(page.code_blocks == 0, "a script stands in the page")
    expect(page.style_blocks == 0 or name == "404.html", "a style stands in the page")
    expect(WITHOUT_CRUMBS.fullmatch(name) or page.breadcrumb, "no breadcrumb")
    faults += [f"{name}: <{tag} {attribute}={value!r}> is forbidden" for tag, attribute, value in page.attributes]
    return faults


def language_faults(site, name, page):
    """Each page of a language leads to its counterpart, and says so to machines where the site knows its address."""
    lang, _, rest = name.partition("/")
    other = {"zh": "en", "en": "zh"}.get(lang)
    if other is None or page.forwards:
        return []
    faults = []
    counterpart = f"{other}/{rest}"
    if page.html.get("lang", "").split("-")[0] != lang:
        faults.append(f"{name}: lang={page.html.get('lang')}")
    if counterpart in site.files:
        targets = [site.target(name, value) for tag, _, value, _ in page.addresses if tag == "a"]
        if (counterpart, "") not in targets:
            faults.append(f"{name}: no link to {counterpart}")
    if not site.base:
        return faults + [f"{name}: {link.get('href')} without an address of the site" for link in page.link("canonical") + page.link("alternate")]
    canonical = [link.get("href") for link in page.link("canonical")]
    if page.noindex:
        # A fallback names the page that it stands for; a search page and one that was taken back name themselves.
        if canonical and canonical != [site.base + (counterpart if page.is_fallback else name)]:
            faults.append(f"{name}: canonical of a page that is not to be found is {canonical}")
    elif canonical != [site.base + name]:
        faults.append(f"{name}: canonical is {canonical}")
    elif counterpart in site.files and not site.pages[counterpart].noindex:
        alternates = {link.get("hreflang", "").split("-")[0]: link.get("href") for link in page.link("alternate") if link.get("hreflang")}
        # Of the home pages, the choice of languages stands for all other readers (x-default).
        default = {"x": site.base + "index.html"} if rest == "index.html" else {}
        if alternates != {lang: site.base + name, other: site.base + counterpart} | default:
            faults.append(f"{name}: hreflang is {alternates}")
    return faults


def handed_out_faults(site):
    """Files that are handed out stand for themselves: a page names each, and none is a page."""
    named = {site.target(name, value) for name, page in site.pages.items() for tag, _, value, _ in page.addresses if tag == "a"}
    handed_out = [name for name in sorted(site.files) if name.startswith("files/")]
    faults = [f"{name}: no page leads to it" for name in handed_out if (name, "") not in named]
    return faults + [f"{name}: a browser would run it" for name in handed_out if name.endswith((".html", ".svg", ".js", ".xml"))]


def style_faults(site):
    faults = []
    for name in sorted(site.files):
        if name.endswith(".css"):
            text = (site.folder / name).read_text("utf-8")
            faults += [f"{name}: url({value})" for value in pages.css_addresses(text)]
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("site")
    parser.add_argument("--base", default="")
    options = parser.parse_args()
    site, tally = Site(options.site, options.base), Tally()
    each = lambda check: [fault for name, page in site.pages.items() for fault in check(site, name, page)]
    print(f"crawl of {options.site}: {len(site.files)} files, {len(site.pages)} pages")
    tally.expect("there are pages in it", len(site.pages) > 2, len(site.pages))
    tally.check("every file name is kept by every system", bad_names(site), len(site.files))
    tally.check("the manifest lists every file", manifest.faults(options.site), len(site.files))
    tally.check("every link and resource names a file that exists", each(address_faults), sum(len(page.addresses) for page in site.pages.values()))
    tally.check("every page has its frame and nothing forbidden", each(frame_faults), len(site.pages))
    tally.check("every page leads to its other language", each(language_faults), len(site.pages))
    tally.check("a page leads to every file that is handed out, and none runs", handed_out_faults(site))
    tally.check("the style sheets load nothing", style_faults(site))
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
