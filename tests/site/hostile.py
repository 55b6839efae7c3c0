#!/usr/bin/env python3
"""Writes an archive in which every text that an editor can type tries to become part of a page: tags, scripts, addresses that
run something. The site that is built of it is crawled like any other.

usage: hostile.py FOLDER"""

import json
import sys
from pathlib import Path

TAGS = '"><script>alert(1)</script><img src=x onerror=alert(2)>\'--><svg onload=alert(3)>'
RUNS = "javascript:alert(4)"


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def both(text=TAGS):
    return f"{{zh: {quoted('甲' + text)}, en: {quoted('A' + text)}}}"


ONE = quoted(TAGS)
URL = quoted(RUNS)

SITE = f"""format: 1
title: {both()}
description: {both()}
notice: {both()}
base_url: https://example.org/h/
licence: {{name: {both()}, url: {URL}}}
archive: {{fonds: J001, fonds_name: {both()}, creator: {both()}}}
"""

COLLECTIONS = f"""- id: cases
  zh: {ONE}
  en: {ONE}
  fields:
    - {{key: remark, type: text, zh: {ONE}, en: {ONE}}}
    - {{key: page, type: url, zh: {ONE}, en: {ONE}}}
    - {{key: kind, type: choice, options: [{ONE}], zh: {ONE}, en: {ONE}}}
"""

PLACES = f"""- id: above
  code: "411500"
  zh: {ONE}
  en: {ONE}
  note: {both()}
  aliases: [{ONE}]
  former_names: [{ONE}]
  pinyin: {ONE}
- {{id: below, zh: {ONE}, en: {ONE}, parent: above}}
"""

GLOSSARY = f"""- {{id: word, zh: {ONE}, en: {ONE}, note: {both()}, aliases: [{ONE}]}}
"""

PEOPLE = f"""- id: someone
  zh: 张三丰年
  en: Zhang Sanfengnian
  naming: pseudonym
  pseudonym: {both()}
  role: {both()}
  consent: {{status: refused}}
"""

DATA = f"""sources:
  paper: {{title: {ONE}, publisher: {ONE}, url: {URL}}}
facts:
  - id: figure
    label: {both()}
    value: 3
    unit: {{zh: {ONE}, en: [{ONE}, {ONE}]}}
    source: paper
    note: {both()}
"""

FRONT = f"""title: {ONE}
summary: {ONE}
"""

FACTS = f"""date: 2020
places: [above, below]
remark: {both()}
page: {URL}
kind: {ONE}
pictures: [{{file: picture.svg, photographer: {ONE}, rights: {ONE}}}]
sources: [{{title: {ONE}, publisher: {ONE}, date: 2020, url: {URL}}}, paper]
credits: {{text: {ONE}, editor: {ONE}}}
corrections: [{{date: 2021-01-01, text: {both()}}}]
members: [{{places: [above], note: {both()}}}]
"""

BODY = f"""
## {TAGS}

{TAGS}

[a]({RUNS}) [b](JaVaScRiPt&#58;alert(1)) [c](data:text/html,<script>alert(1)</script>) [d](vbscript:x) <{RUNS}>
[e](../../../../etc/passwd) [f](file:///etc/passwd) [g](//evil.example/x) [h](\\\\evil\\x) [i](java\tscript:alert(1))

![x]({RUNS}) ![y](data:image/svg+xml,<svg onload=alert(1)>) ![z](../../../x.png) ![w](picture.svg) ![v](/etc/passwd)

<svg onload=alert(1)><script>alert(1)</script></svg><iframe src=x></iframe><a href="java&#10;script:alert(1)" onclick=x>z</a>
<details open ontoggle=alert(1)><summary>s</summary></details>
<math><mtext></p><style>*{{}}</style><form action=x><input onfocus=alert(1) autofocus></form>
<table background="{RUNS}"><td style="background:url({RUNS})">x</td></table>
<meta http-equiv=refresh content="0;url={RUNS}"><base href="//evil"><link rel=stylesheet href=//evil><object data=x></object><embed src=x>
<abbr title='{TAGS}'>x</abbr>

{{fact:figure}} {{term:below}} {{term:below|{TAGS}}} {{term:word}} {{person:someone}}

:::note title="{TAGS}"
x
:::

:::quote source="{TAGS}"
x
:::

```js"><script>
{TAGS}
```

| a{TAGS} | b |
|--|--|
| {TAGS} | x[^1] |

[^1]: {TAGS}
"""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'

FILES = {
    "site.yaml": SITE,
    "collections.yaml": COLLECTIONS,
    "vocabulary/places.yaml": PLACES,
    "vocabulary/glossary.yaml": GLOSSARY,
    "vocabulary/people.yaml": PEOPLE,
    "data/figures.yaml": DATA,
    "cases/one/index.zh.md": f"---\n{FRONT}{FACTS}---\n{BODY}",
    "cases/one/index.en.md": f"---\n{FRONT}---\n{BODY}",
    "cases/one/picture.svg": SVG,
}


def main():
    for name, text in FILES.items():
        path = Path(sys.argv[1]) / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
