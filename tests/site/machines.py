#!/usr/bin/env python3
"""Reads a finished site as programs do: feeds, sitemap, linked data, tables, citations. What they are told must be what stands on
the pages, and only of pages that search engines may see.

usage: machines.py SITE --base URL      (needs feedparser, rispy and bibtexparser)"""

import argparse
import csv
import html
import json
import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import bibtexparser
import feedparser
import rispy

import page as pages
from tally import Tally

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
NOT_LISTED = re.compile(r"404\.html")


class Site:
    """The pages of a site, read once."""

    def __init__(self, folder, base):
        self.folder, self.base = Path(folder), base
        self.html = {str(path.relative_to(folder)): path.read_text("utf-8") for path in sorted(self.folder.rglob("*.html"))}
        self.pages = {name: pages.read_page(text) for name, text in self.html.items()}
        self.languages = [lang for lang in ("zh", "en") if (self.folder / lang).is_dir()]

    def read(self, name):
        return (self.folder / name).read_text("utf-8")

    def listed(self):
        return {name for name, page in self.pages.items() if not (page.noindex or page.forwards or NOT_LISTED.fullmatch(name))}

    def entities(self, kind):
        """The linked data of a kind by page."""
        found = {}
        for name, page in self.pages.items():
            for text in page.json_ld:
                entity = json.loads(text)
                if entity["@type"] == kind:
                    found[name] = entity
        return found


def text_of(markup):
    """The text of a piece of HTML."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def atom_faults(site, lang):
    name = f"{lang}/feed.xml"
    tree = xml.fromstring((site.folder / name).read_bytes())
    faults = []
    # RFC 4287 §4.1.1, §4.1.2, §4.2.15
    for where, element in [("feed", tree)] + [(f"entry {at}", entry) for at, entry in enumerate(tree.iter(f"{ATOM}entry"))]:
        for child in ("id", "title", "updated"):
            if len(element.findall(ATOM + child)) != 1 or not (element.findtext(ATOM + child) or "").strip():
                faults.append(f"{name}: {where} has no {child}")
        if not INSTANT.fullmatch(element.findtext(f"{ATOM}updated") or ""):
            faults.append(f"{name}: {where} is updated {element.findtext(f'{ATOM}updated')}")
        if not (element.findtext(f"{ATOM}id") or "").startswith(site.base):
            faults.append(f"{name}: {where} has an id that is no address")
        alternates = [link.get("href", "") for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        if len(alternates) != 1 or alternates[0].removeprefix(site.base) not in site.listed():
            faults.append(f"{name}: {where} leads to {alternates}")
    entries = tree.findall(f"{ATOM}entry")
    if not tree.findtext(f"{ATOM}author/{ATOM}name"):
        faults.append(f"{name}: no author")
    if not 1 <= len(entries) <= 20 or len({entry.findtext(f"{ATOM}id") for entry in entries}) != len(entries):
        faults.append(f"{name}: {len(entries)} entries, or two of one id")
    if tree.findtext(f"{ATOM}updated") != max(entry.findtext(f"{ATOM}updated") for entry in entries):
        faults.append(f"{name}: the feed is not as new as its newest entry")
    read = feedparser.parse((site.folder / name).read_bytes())
    if read.bozo or read.version != "atom10" or len(read.entries) != len(entries):
        faults.append(f"{name}: a reader says {read.get('bozo_exception')}")
    return faults


def json_feed_faults(site, lang):
    name = f"{lang}/feed.json"
    feed = json.loads(site.read(name))
    atom = xml.fromstring((site.folder / f"{lang}/feed.xml").read_bytes())
    faults = [] if feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"] else [f"{name}: no version or title"]
    faults += [f"{name}: {item}" for item in feed["items"] if not item.get("id") or not item.get("content_text") or not INSTANT.fullmatch(item["date_modified"])]
    if [item["id"] for item in feed["items"]] != [entry.findtext(f"{ATOM}id") for entry in atom.findall(f"{ATOM}entry")]:
        faults.append(f"{name}: other entries than in feed.xml")
    return faults


def sitemap_faults(site):
    tree = xml.fromstring((site.folder / "sitemap.xml").read_bytes())
    faults, names = [], []
    for url in tree.findall(f"{MAP}url"):
        name = url.findtext(f"{MAP}loc").removeprefix(site.base)
        names.append(name)
        own = {link.get("hreflang"): link.get("href") for link in url.findall(LINK)}
        told = {link["hreflang"]: link["href"] for link in site.pages[name].link("alternate") if "hreflang" in link} if name in site.pages else {}
        # A page whose other language is a fallback names it to readers; machines are not led there.
        if own and own != told:
            faults.append(f"{name}: {own} here, {told} on the page")
    faults += [f"{name}: listed and not to be seen" for name in set(names) - site.listed()]
    faults += [f"{name}: not listed" for name in site.listed() - set(names)]
    if len(names) != len(set(names)):
        faults.append("an address stands twice")
    if f"Sitemap: {site.base}sitemap.xml" not in site.read("robots.txt").splitlines():
        faults.append("robots.txt does not name the sitemap")
    return faults


def spelled(date, facts):
    """Whether the numbers of a date stand in what readers see: 2020-03 in 2020年3月 and in March 2020."""
    months = "January February March April May June July August September October November December".split()
    for part in date.replace("..", "").split("/"):
        numbers = [int(number) for number in part.split("-") if number]
        if not all(re.search(rf"(?<!\d){number}(?!\d)", facts) or at == 1 and months[number - 1] in facts for at, number in enumerate(numbers)):
            return False
    return True


def entity_faults(site, name, entity):
    """An entity says of its page what the page says of itself."""
    markup, page, faults = site.html[name], site.pages[name], []
    heading = text_of(re.search(r"<h1[^>]*>(.*?)</h1>", markup, re.S)[1])
    facts = text_of(re.search(r'<section class="facts".*?</section>', markup, re.S)[0])
    expect = lambda holds, what: holds or faults.append(f"{name}: {what}")
    expect(entity["name"] == heading, f"name {entity['name']!r} and heading {heading!r}")
    expect(entity["@id"] == entity["url"] == site.base + name, f"@id {entity.get('@id')}")
    expect(entity["inLanguage"] == page.html["lang"], f"inLanguage {entity['inLanguage']}")
    for key in ("dateCreated", "temporalCoverage"):
        expect(key not in entity or spelled(entity[key], facts), f"{key} {entity.get(key)} is not in {facts!r}")
    for place in listed(entity.get("spatialCoverage")) + listed(entity.get("about")) + listed(entity.get("isPartOf"))[:1]:
        expect(place["name"] in facts, f"{place['name']} is not in {facts!r}")
    if "identifier" in entity:
        expect(entity["identifier"]["value"] in facts, f"{entity['identifier']} is not in {facts!r}")
    if "description" in entity and page.meta("description"):
        expect(entity["description"].startswith(page.meta("description").rstrip("…")), "another description")
    for tag, key in (("dcterms.title", "name"), ("dcterms.language", "inLanguage"), ("citation_title", "name"), ("og:title", "name"), ("dcterms.created", "dateCreated")):
        expect(page.meta(tag) == entity.get(key), f"{tag} {page.meta(tag)!r} and {key} {entity.get(key)!r}")
    # Citation programs know single dates: of a range they are told the end that is known.
    ends = [end for end in entity.get("temporalCoverage", "").split("/") if end not in ("", "..")]
    published = entity.get("dateCreated") or (ends[-1] if ends else None)
    expect(page.meta("citation_publication_date") == published, f"citation_publication_date {page.meta('citation_publication_date')!r}, not {published!r}")
    spatial = [meta["content"] for meta in page.metas if meta.get("name") == "DCTERMS.spatial"]
    expect(spatial == [place["name"] for place in listed(entity.get("spatialCoverage"))], f"DCTERMS.spatial {spatial}")
    for key in ("translationOfWork", "workTranslation"):
        if key in entity:
            expect(entity[key]["@id"].removeprefix(site.base) in site.listed(), f"{key} {entity[key]}")
    return faults


def table_faults(site, records):
    rows = list(csv.DictReader(site.read("data/records.csv").removeprefix("\ufeff").splitlines()))
    data = json.loads(site.read("data/records.json"))
    faults = []
    keys = {field["key"] + end for field in data["fields"] for end in ([f"_{lang}" for lang in site.languages] if field.get("per_language") else [""])}
    if rows and set(rows[0]) != keys:
        faults.append(f"columns {set(rows[0]) ^ keys} are in one of the two only")
    if [row["id"] for row in rows] != [record["id"] for record in data["records"]]:
        faults.append("other records in CSV than in JSON")
    faults += [f"{field['key']}: no label in {lang}" for field in data["fields"] for lang in site.languages if field["label"].get(lang, "?") in ("", "?")]
    addresses = {row[f"url_{lang}"]: row[f"title_{lang}"] for row in rows for lang in site.languages if row[f"title_{lang}"]}
    told = {site.base + name: entity["name"] for name, entity in records.items()}
    return faults + [f"{address}: in the table or with linked data only" for address in addresses.keys() ^ told.keys()]


def citation_faults(site, records):
    titles = sorted(entity["name"] for entity in records.values())
    ris = rispy.loads(site.read("data/records.ris"))
    bib = bibtexparser.parse_string(site.read("data/records.bib"))
    faults = [f"data/records.bib: {block.error}" for block in bib.failed_blocks]
    if sorted(entry["title"] for entry in ris) != titles:
        faults.append(f"data/records.ris: {len(ris)} titles, not the {len(titles)} of the pages")
    if len(bib.entries) != len(titles) or len({entry.key for entry in bib.entries}) != len(titles):
        faults.append(f"data/records.bib: {len(bib.entries)} entries, not {len(titles)}")
    for name in records:
        blocks = [html.unescape(block) for block in re.findall(r'<pre class="citation__code">(.*?)</pre>', site.html[name], re.S)]
        own = rispy.loads(blocks[0]) if blocks else []
        if len(blocks) != 2 or [entry["title"] for entry in own] != [records[name]["name"]] or len(bibtexparser.parse_string(blocks[1]).entries) != 1:
            faults.append(f"{name}: its own RIS and BibTeX")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("site")
    parser.add_argument("--base", required=True)
    options = parser.parse_args()
    site, tally = Site(options.site, options.base), Tally()
    records = site.entities("ArchiveComponent")
    for lang in site.languages:
        tally.check(f"{lang}/feed.xml holds what RFC 4287 wants", atom_faults(site, lang))
        tally.check(f"{lang}/feed.json holds what JSON Feed 1.1 wants", json_feed_faults(site, lang))
    tally.check("the sitemap lists every page that may be seen and no other", sitemap_faults(site), len(site.listed()))
    tally.check("linked data says what its page says", [fault for name, entity in records.items() for fault in entity_faults(site, name, entity)], len(records))
    tally.check("no page that may not be seen has linked data", [name for name in site.pages if site.pages[name].noindex and site.pages[name].json_ld])
    tally.expect("there are records and datasets", records and site.entities("Dataset") and site.entities("WebSite"))
    tally.check("CSV and JSON hold the same records, and every column is explained", table_faults(site, records))
    tally.check("RIS and BibTeX are read by those who read them", citation_faults(site, records), 2 * len(records))
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
