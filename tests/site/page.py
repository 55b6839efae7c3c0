"""What a crawler needs to know of one HTML or SVG file: its addresses, ids, headings, languages and scripts.

It reads with the standard library's parser and knows nothing of the rules that the crawl holds a site to."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Attributes whose value a browser fetches or follows. `cite` is neither.
ADDRESS = {"href", "src", "poster", "data", "action", "formaction", "background", "manifest", "xlink:href", "longdesc"}
ADDRESS_LISTS = {"srcset", "imagesrcset"}
CSS_ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
VOID = set("area base br col embed hr img input link meta source track wbr".split())
BREADCRUMB = re.compile(r"breadcrumb|面包屑|当前位置|您的位置|you are here", re.I)


@dataclass
class Page:
    """The facts of one page, in the order in which they stand."""

    html: dict = field(default_factory=dict)
    addresses: list = field(default_factory=list)  # (tag, attribute, value, rel)
    ids: list = field(default_factory=list)
    metas: list = field(default_factory=list)
    links: list = field(default_factory=list)
    attributes: list = field(default_factory=list)  # forbidden ones: (tag, name, value)
    languages: set = field(default_factory=set)
    code_blocks: int = 0
    style_blocks: int = 0
    json_ld: list = field(default_factory=list)
    h1: int = 0
    title: str = ""
    breadcrumb: bool = False
    is_fallback: bool = False  # its text stands here only in the other language
    loads_before_csp: bool = False

    def meta(self, name):
        """The content of the first <meta> of this name, property or http-equiv."""
        for meta in self.metas:
            if name in (meta.get("name", "").lower(), meta.get("property", "").lower(), meta.get("http-equiv", "").lower()):
                return meta.get("content", "")
        return None

    def link(self, rel):
        """All <link>s of this relation."""
        return [link for link in self.links if rel in link.get("rel", "").lower().split()]

    @property
    def noindex(self):
        return "noindex" in (self.meta("robots") or "").lower()

    @property
    def forwards(self):
        return self.meta("refresh") is not None


class Reader(HTMLParser):
    """Fills a Page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.inside = None  # the text of which element is being collected: script, style or title
        self.text = []
        self.script = {}

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        page, values = self.page, {name: value or "" for name, value in attrs}
        self.note_element(tag, values)
        for name, value in attrs:
            self.note_attribute(tag, name, value or "", values)
        if tag in ("script", "style") or (tag == "title" and not page.title):
            self.inside, self.text, self.script = tag, [], values

    def note_element(self, tag, values):
        page = self.page
        if tag == "html":
            page.html = values
        elif tag == "meta":
            page.metas.append(values)
            if values.get("http-equiv", "").lower() == "refresh":
                page.addresses.append(("meta", "refresh", refresh_target(values.get("content", "")), ""))
        elif tag == "link":
            page.links.append(values)
        elif tag == "h1":
            page.h1 += 1
        elif tag == "nav" and BREADCRUMB.search(values.get("class", "") + " " + values.get("aria-label", "")):
            page.breadcrumb = True
        elif "notice--fallback" in values.get("class", ""):
            page.is_fallback = True
        if (tag == "script" and "src" in values or tag in ("link", "img", "style")) and page.meta("content-security-policy") is None:
            page.loads_before_csp = True
        if "lang" in values:
            page.languages.add(values["lang"].split("-")[0].lower())

    def note_attribute(self, tag, name, value, values):
        page = self.page
        if name == "id":
            page.ids.append(value)
        elif name in ADDRESS and not (name == "data" and tag != "object"):
            page.addresses.append((tag, name, value, values.get("rel", "").lower()))
        elif name in ADDRESS_LISTS:
            page.addresses += [(tag, name, part.split()[0], "") for part in value.split(",") if part.strip()]
        elif name in ("style", "integrity", "crossorigin", "nonce") or re.fullmatch(r"on[a-z]+", name):
            page.attributes.append((tag, name, value))
        elif name == "type" and tag == "script" and value.strip().lower() in ("module", "importmap", "speculationrules"):
            page.attributes.append((tag, name, value))
        elif name == "rel" and "modulepreload" in value.lower():
            page.attributes.append((tag, name, value))

    def handle_data(self, data):
        if self.inside:
            self.text.append(data)

    def handle_endtag(self, tag):
        if tag != self.inside:
            return
        text, self.inside = "".join(self.text), None
        if tag == "title":
            self.page.title = text.strip()
        elif tag == "style":
            self.page.style_blocks += 1
            self.page.addresses += [("style", "url()", value, "") for value in css_addresses(text)]
        elif "src" not in self.script:
            self.note_inline_script(text)

    def note_inline_script(self, text):
        kind = self.script.get("type", "").strip().lower()
        if kind == "application/ld+json":
            self.page.json_ld.append(text)
        elif kind != "application/json":  # a data block is not run
            self.page.code_blocks += 1


def refresh_target(content):
    """The address in the content of a meta refresh: `0; url=../zh/index.html`."""
    found = re.search(r"url\s*=\s*['\"]?([^'\"]*)", content, re.I)
    return found.group(1).strip() if found else ""


def css_addresses(text):
    """Every url() and @import of a style sheet, comments aside."""
    return [next(filter(None, groups), "") for groups in CSS_ADDRESS.findall(CSS_COMMENT.sub("", text))]


def read_page(text):
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader.page
