"""From the HTML of a news page to the article on it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.page.authors import find_author
from corpus.page.headline import Headline, claimed_titles, find_headline
from corpus.page.lines import lay_out
from corpus.page.listing import is_list, looks_like_list
from corpus.page.metadata import (
    Metadata,
    page_lang,
    page_license,
    page_url,
    read_metadata,
    site_name,
    site_names,
)
from corpus.page.model import Block, Page
from corpus.page.published import find_published
from corpus.page.region import Region, find_region
from corpus.page.roles import Judged, RoleReader
from corpus.page.stated import stated_paragraphs
from corpus.page.survey import Survey
from corpus.page.tree import Element, parse

EMPTY = "structure:empty"
LIST = "structure:list"
_TAIL = 4  # lines at the end of the body in which the date may stand
_HEAD = 6


def extract(html: str, url: str | None = None) -> Page:
    """The article on a page: its blocks in reading order and its metadata.

    `url` is the address the page came from, used where the page itself does not say. Bad HTML never raises: a page
    with nothing to read has reject "structure:empty", a list or front page "structure:list". Nothing is fetched.

    >>> page = extract('''<html lang="vi"><title>Mùa mận chín trên cao nguyên | Báo Sơn La</title>
    ... <meta name="author" content="Báo Sơn La"><meta property="og:site_name" content="Báo Sơn La">
    ... <h1>Mùa mận chín trên cao nguyên</h1><span class="date">Thứ bảy, 15/11/2025, 21:05</span>
    ... <div class="content"><p>Những ngày này, mận hậu trên cao nguyên Mộc Châu vào vụ thu hoạch, nhà nào cũng vui.</p>
    ... <figure><img src="a.jpg"><figcaption>Vườn mận ở bản Áng. Ảnh: Hoài Thu</figcaption></figure>
    ... <p>Ông Lò Văn Pành cho biết, năm nay mận được mùa, giá bán tại vườn cao hơn năm trước.</p>
    ... <p style="text-align:right"><b>Thanh Huyền</b></p></div>''')
    >>> page.title, page.author, page.published, page.site, page.lang, page.reject
    ('Mùa mận chín trên cao nguyên', 'Thanh Huyền', '2025-11-15', 'Báo Sơn La', 'vi', None)
    >>> [(block.role, block.credit) for block in page.blocks]
    [('title', None), ('dateline', None), ('body', None), ('caption', 'Hoài Thu'), ('body', None), ('byline', None)]
    """
    root = parse(html)
    if root is None:
        return Page(reject=EMPTY)
    metadata = read_metadata(root)
    address = page_url(metadata, url)
    sites = site_names(metadata, address or url)
    reading = _read(root, metadata, sites)
    blocks, reject = _blocks_or_reject(reading, metadata, address)
    published = find_published(reading.survey, reading.region, _date_zone(reading), metadata, address)
    return Page(
        blocks=blocks,
        title=reading.headline.text,
        author=find_author(reading.survey, reading.judged, metadata, sites),
        published=published,
        published_precision="day" if published else None,
        site=site_name(metadata, address or url),
        url=address,
        license=page_license(metadata),
        lang=page_lang(metadata),
        reject=reject,
    )


@dataclass(frozen=True)
class _Reading:
    """The page as it was read: its lines, where the article lies, and the article's lines with their roles."""

    survey: Survey
    headline: Headline
    region: Region
    judged: list[Judged]


def _read(root: Element, metadata: Metadata, sites: frozenset[str]) -> _Reading:
    survey = Survey(lay_out(root), claimed_titles(metadata, sites))
    headline = find_headline(survey, metadata, sites)
    region = find_region(survey, headline)
    return _Reading(survey, headline, region, RoleReader(survey, region, headline, sites).read())


def _blocks_or_reject(reading: _Reading, metadata: Metadata, address: str | None) -> tuple[list[Block], str | None]:
    """The blocks, and why the page is none that holds an article; a rejected page keeps its blocks."""
    blocks = _blocks(reading)
    if any(item.role in ("body", "lead", "caption") for item in reading.judged):
        listed = is_list(reading.survey, reading.headline, reading.judged, metadata, address)
        return blocks, LIST if listed else None
    stated = [Block(text, "body") for text in stated_paragraphs(metadata.linked)]
    if stated:
        return blocks + stated, None
    return blocks, LIST if looks_like_list(reading.survey) else EMPTY


def _blocks(reading: _Reading) -> list[Block]:
    """The judged lines as blocks; the lines of a headline are one."""
    title, lines = reading.headline, reading.survey.lines
    blocks = [Block(title.text, "title")] if title.text and title.is_visible else []
    articles = (item for item in reading.judged if item.role != "title")
    return blocks + [Block(lines[item.number].text, item.role, item.credit) for item in articles]


def _date_zone(reading: _Reading) -> list[int]:
    """Lines where a date of publication may stand: about the headline, at the head and at the end of the body."""
    region, numbers = reading.region, [item.number for item in reading.judged]
    body = [number for number in numbers if region.body[0] <= number < region.body[1]]
    foot = [number for number in numbers if number >= region.foot[0]]
    return [*range(*region.above), *range(*region.header), *body[:_HEAD], *body[-_TAIL:], *foot]
