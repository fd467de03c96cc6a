"""Hostile text: encodings, killers of careless patterns, controls, and markup made to hurt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

File = tuple[str, bytes]
"""A path below the folder, and the bytes."""

LINE = "Sáng 18/12/2020, tỉnh Sơn La khai mạc hội nghị. Dự có 1.200 đại biểu của các huyện, thành phố."
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-7", "cp1258", "shift_jis",
    "koi8-r",
             "gb18030", "iso2022_jp", "big5", "euc_kr", "hz", "mac_roman", "cp437", "utf-8")  # fmt: skip
MARKS = {
    "bom8": b"\xef\xbb\xbf",
    "bom16le": b"\xff\xfe",
    "bom16be": b"\xfe\xff",
    "bom32": b"\xff\xfe\0\0",
    "boms": b"\xef\xbb\xbf" * 500,
}
BYTES = {"empty": b"", "nul": b"\0" * 5000, "ff": b"\xff" * 5000, "c0": bytes(range(32)) * 99,
    "all": bytes(range(256)) * 40,
         "overlong": b"\xc0\xaf\xe0\x80\xaf" * 900, "surrogates": b"\xed\xa0\x80\xed\xb0\x80" * 900,
         "half": "Sơn La".encode()[:2],
         "beyond": b"\xf4\x90\x80\x80 \xf8\x88\x80\x80\x80" * 99, "blank": b" \t\r\n\x0b\x0c" * 999,
         "cr": b"Mua to.\r" * 99,
         "nulpadded": b"M\0u\0a\0 \0t\0o\0", "lone80": b"Mua \x80 to. " * 99}  # fmt: skip
# What is repeated without end; each in a place where some reader counts, joins or looks back.
UNITS = {
    "digits": "7", "dots": ".", "spaces": " ", "quotes": '"', "apostrophes": "'", "brackets": "(", "closing": ")]}",
    "capitals": "A",
    "at": "@", "slashes": "/", "hyphens": "-", "tones": "ế", "combining": "\u0301", "stacked": "a\u0323\u0302\u0301",
    "bidi": "\u202ea",
    "isolates": "\u2066", "zwj": "👩\u200d", "flags": "🇻", "initials": "A. ", "abbreviations": "TP.",
    "numbers": "1.000.", "dates": "1/1/",
    "clauses": "Điều 1. ", "decrees": "15/2020/NĐ-", "ellipses": "…", "questions": "?!", "colons": "Ảnh: ",
    "bylines": "Theo ",
    "urls": "http://a.", "mails": "a@a.", "underscores": "_", "stars": "*", "hashes": "#", "ampersands": "&amp;",
    "tags": "<p>",
    "tabs": "a\t", "commas": ",", "semicolons": ";", "pipes": "|", "backslashes": "\\", "percents": "%41",
    "nbsp": "\xa0", "zero": "\u200b",
    "ideographs": "漢", "arabic": "ا", "khmer": "ក", "emoji": "😀", "private": "\ue000", "replacement": "\ufffd",
    "mojibake": "Ã¡Âº",
    "tcvn": "Céng hoµ ", "vni": "UÛY ", "words": "và ", "numerals": "hai trăm ", "million": "triệu ", "dashes": "— ",
    "quoted": "“A” ",
    "breaks": "a\n", "blocks": "a\n\n", "roman": "IV. ", "hours": "12:30 ", "phones": "+84 9", "cards": "4111 ",
    "mixed": "Aa1.", "eth": "Ð",
}  # fmt: skip
ESCAPES = {"colour": "\x1b[31mđỏ", "clear": "\x1b[2J\x1b[H", "title": "\x1b]0;bị chiếm\x07",
    "link": "\x1b]8;;http://a\x1b\\a\x1b]8;;\x1b\\",
           "c1": "\x9b31m", "bell": "\x07\x08\x7f", "paste": "\x1b[201~rm -rf ~\n",
           "answer": "\x1b[6n\x05"}  # fmt: skip
PAGES = {
    "billion-laughs": '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><html><p>&b;&b;</p></html>',
    "xxe": '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p></body></html>',
    "remote": '<html><link rel="stylesheet" href="http://127.0.0.1:9/a"><img src="http://127.0.0.1:9/b"><p>{}</p></html>',
    "base": '<html><base href="file:///"><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/"><p>{}</p></html>',
    "unclosed": "<html><body><p" + "<p" * 999, "script": "<html><script>while(1){{}}</script><p>{}</p></html>",
    "charset": '<html><meta charset="utf-7"><p>+ADw-script+AD4-</p></html>',
    "rot": '<meta charset="rot13"><html><p>{}</p>',
    "codec": '<html><meta charset="zip_codec"><p>{}</p></html>', "idna": '<html><meta charset="idna"><p>{}</p></html>',
    "ld-bomb": '<html><script type="application/ld+json">{{"author":{{"name":[[["{}"]]]}},"datePublished":1e999}}'
               "</script><p>a</p></html>",
    "url": '<html><link rel="canonical" href="http://[::1"><h1>{}</h1></html>',
    "frames": "<frameset><frame src=a></frameset>",
    "comment": "<html><!--" + "-" * 9999 + "<p>{}</p>", "cdata": "<html><![CDATA[<p>]]]]><p>{}</p></html>",
    "names": "<html><meta name=author content='\x1b[2J'><h1>\x1b]0;a\x07{}</h1><p>{}</p></html>",
}  # fmt: skip
DEEP = {
    "div": "<div>",
    "span": "<span>",
    "table": "<table><tr><td>",
    "list": "<ul><li>",
    "bold": "<b>",
    "form": "<form><p>",
}


def text_files(random: Random, size: int) -> Iterator[File]:
    """All of them; the large ones hold about `size` characters."""
    for name in ENCODINGS:
        yield f"encodings/{name}.txt", (LINE + "\n").encode(name, "replace") * 5
        yield f"encodings/{name}-cut.txt", (LINE + "\n").encode(name, "replace")[:-3]
    for name, data in {**MARKS, **BYTES}.items():
        yield f"bytes/{name}.txt", data
    for name in ("nul", "all", "surrogates", "bom16le"):
        for ending in ("html", "md", "json", "jsonl", "csv", "tmx"):
            yield f"bytes/{name}.{ending}", {**MARKS, **BYTES}[name]
    yield "bytes/random.txt", random.randbytes(size // 10)
    for name, unit in UNITS.items():
        yield (
            f"killers/{name}.txt",
            (LINE + "\n" + unit * (size // 10 // len(unit)) + "\x01\n" + LINE).encode("utf-8", "replace"),
        )
    yield from _pages(size)
    yield from _markdown(size)
    for name, escape in ESCAPES.items():
        yield f"escapes/{name}.txt", f"{escape}\n\n{LINE} {escape} {LINE}\n".encode()
        yield (
            f"escapes/{name}.jsonl",
            (json.dumps({"text": LINE + escape, "title": escape, escape: escape, "id": escape}) + "\n").encode(),
        )
    yield "large/line.txt", (LINE.replace(".", " ") * (size // len(LINE))).encode()
    yield "large/word.txt", b"a" * size
    yield "large/paragraphs.txt", (LINE[:46] + ".\n\n").encode() * (size // 100)
    yield "large/lines.txt", b"a\n" * (size // 10)


def _pages(size: int) -> Iterator[File]:
    for name, page in PAGES.items():
        yield f"pages/{name}.html", page.replace("{}", LINE).replace("{{", "{").replace("}}", "}").encode()
    for name, tag in DEEP.items():
        yield f"pages/deep-{name}.html", (tag * (size // 50) + f"<p>{LINE}</p>").encode()
    for unit in ("spaces", "digits", "quotes", "capitals", "bidi", "bylines", "tags", "ampersands"):
        line = UNITS[unit] * (size // 50)
        page = f"<html><title>{line}</title><h1>{line}</h1><p>{LINE}</p><p>{line}</p></html>"
        yield f"pages/{unit}.html", page.encode()


def _markdown(size: int) -> Iterator[File]:
    """CommonMark parsers are known to be slow on nested quotes, open brackets and emphasis."""
    for name, unit in {"quotes": "> ", "brackets": "[", "links": "[a](", "stars": "*a **a ", "ticks": "`a``",
        "lists": "- ", "images": "![",
                       "entities": "&#x", "tables": "|a", "html": "<a ", "refs": "[a]: b\n"}.items():  # fmt: skip
        yield f"markdown/{name}.md", (unit * (size // 100)).encode()
    yield "markdown/tag.md", b"---\ntitle: !!python/object/apply:os.system ['echo bad']\n---\n" + LINE.encode()
    yield "markdown/laughs.md", b"---\na: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n---\n" + LINE.encode()
    yield "markdown/deep.md", b"---\na: " + b"[" * 5000 + b"\n---\n" + LINE.encode()
    template = f"# {{{{ config.items() }}}} ${{7*7}} {{% raw %}} %(x)s {{0.__class__}}\n\n{LINE}"
    yield "markdown/template.md", template.encode()
