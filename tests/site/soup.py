#!/usr/bin/env python3
"""Writes a site of the worst text that can be typed: tags in every order, Markdown across tags, broken links, odd bytes.

usage: soup.py ROOT [PAGES [SEED]]      The same seed gives the same site. No page of it may stop a build or break its HTML."""

import random
import struct
import sys
import zlib
from pathlib import Path

TAGS = """a abbr b big blockquote br center cite code dd del details div dl dt em figcaption figure font form h1 h2 h6 hr i iframe img ins
kbd li mark ol p pre q rp rt ruby s script section small span strike strong style sub summary sup svg table tbody td tfoot th thead title tr tt u ul
var video wbr input select option object math base link meta body html head o:p mso-x""".split()
ATTRIBUTES = [
    "", ' class="MsoNormal"', ' href="https://example.org/?a=1&b=2"', ' href="javascript:alert(1)"', ' href="../page-1.zh.md"', " href=x", ' src="x.png" alt="图"',
    ' colspan="3"', ' rowspan="9"', ' colspan="0" rowspan="-1"', ' onclick="alert(1)"', ' style="color:red"', ' id="main"', ' title="甲&quot;乙"', ' open', ' "', " ='",
]
WORDS = "脱贫 攻坚 油茶 ，。 “好” （三） 3~5亩 the hills and tea 2020年 &nbsp; &lt; & < > \" ' https://www.gov.cn，谢谢 www.example.org/a_b_c 　　 \\ \u200b \u0008 \ufffd 👍".split(" ")
INLINE = [
    "**粗。**", "*斜*", "~~删~~", "`码`", "[链](不在.zh.md)", "[链](https://a.cn/甲 乙)", "[](x)", "[空]()", "[锚](#s1)", "[无](#没有)", "![图](没有.jpg)", "![](https://a.cn/x.jpg)",
    "![远](https://a.cn/x.jpg \"题\")", "[![图](没有.jpg)](https://a.cn)", "<https://a.cn/b>", "[^1]", "[^没有]", "{fact:nothing}", "{term:nothing}", "{fact：x}", "{withheld:秘}", "\\*", "  \n", "**", "*", "_", "~", "`",
]
BLOCKS = [
    "# 标题", "### 三级 {#main}", "####### 七", "##", "> 引\n> - 列\n>   > 深", "- a\n- b\n\n  段", "1. 一\n5. 五", "- [ ] 待办\n- [x] 做了", "| a | b |\n|--|:-:|\n| 1 |\n| 1 | 2 | 3 |", "```rust\nfn <b>\n```",
    "    缩进的码", "---", "***", "术语\n: 释义\n\n: 又一", "[^1]: 注一\n\n    又一段", "[^x]: 没人引", "> [!NOTE]\n> 提示", ":::note 说明\n里面 **粗** <b>未关\n:::", ":::quote source=某书\n引文\n:::", ":::internal\n内部\n:::",
    ":::gallery 图集\n![图](/assets/wide.png \"题\")\n![](/assets/wide.png) 字 <b>\n\n- ![图](/assets/wide.png)\n:::", ":::before-after\n![前](/assets/wide.png)\n[![后](/assets/wide.png)](https://a.cn)\n### ![题](/assets/wide.png)\n:::", "> :::gallery\n> ![图](/assets/wide.png)\n> :::\n\n![图](/assets/wide.png)",
    "<!-- 注释\n\n跨段 -->",
    "<table><tr><td>甲<td>乙<tr><td colspan=9>丙</table>", "<ul><li>甲<li>乙<ul><li>丙</ul></ul>", "<details>\n<summary>题</summary>\n\n段\n\n</details>", "<ruby>漢<rt>hàn</ruby>", "\ufeff", "\t\t制表",
]


def png(width, height):
    """A grey picture of one bit a pixel."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + b"\xaa" * (width // 8)) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def tag(rng):
    name = rng.choice(TAGS)
    return f"</{name}>" if rng.random() < 0.45 else f"<{name}{rng.choice(ATTRIBUTES)}{rng.choice(['', '', '/'])}>"


def line(rng):
    parts = []
    for _ in range(rng.randint(1, 9)):
        kind = rng.random()
        parts.append(tag(rng) if kind < 0.35 else rng.choice(INLINE) if kind < 0.7 else rng.choice(WORDS))
    return rng.choice(["", "", "", "> ", "- ", "1. ", "  "]) + rng.choice(["", " "]).join(parts)


def body(rng):
    out = []
    for _ in range(rng.randint(3, 14)):
        out.append(rng.choice(BLOCKS) if rng.random() < 0.4 else "\n".join(line(rng) for _ in range(rng.randint(1, 4))))
        out.append("\n" if rng.random() < 0.25 else "\n\n")
    return "".join(out) + "\n"


def main():
    root, pages, seed = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 400, int(sys.argv[3]) if len(sys.argv) > 3 else 20201017
    rng = random.Random(seed)
    cases = root / "content/cases"
    cases.mkdir(parents=True)
    (root / "content/assets").mkdir()
    (root / "content/assets/wide.png").write_bytes(png(1200, 3))
    (root / "content/site.yaml").write_text("title: {zh: 杂烩, en: Soup}\n", "utf-8")
    for number in range(pages):
        for lang in ("zh", "en") if rng.random() < 0.6 else ("zh",):
            title = rng.choice(["杂烩", '"<b>粗</b> & {withheld:某}"', '"a \\"b\\" <script>"'])
            (cases / f"page-of-{number}.{lang}.md").write_text(f"---\ntitle: {title}\ndate: {2009 + number % 12}\n---\n{body(rng)}", "utf-8", newline="")


main()
