"""A matplotlib figure as SVG that lives inside a page: no style attributes, no fixed colours, no shared names.

Matplotlib writes colours, fonts and styles into every element. A page with a strict security policy runs no style
attribute, and a dark page has other colours. So styles become attributes, a colour of `INKS` becomes a class that the
page's style sheet paints, and names are set apart by the figure's own name. The same figure gives the same bytes.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
INKS = {
    "text": "#010101", "line": "#020202", "kept": "#030303", "rejected": "#040404",
    "vi": "#050505", "en": "#060606", "soft": "#070707",
}  # fmt: skip
"""Stand-ins: no figure is ever seen in these colours."""
_NAMES = {colour: name for name, colour in INKS.items()}
_REFERENCE = re.compile(r"#([\w.-]+)")
_FONT_SIZE = re.compile(r"([0-9.]{1,20})px")
_LEFT_TO_CSS = ("font", "font-family", "font-style", "font-weight", "font-stretch", "font-size-adjust")
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none", "svg.hashsalt": "songngu", "font.size": 10.0, "font.family": "DejaVu Sans",
    "axes.unicode_minus": False, "text.parse_math": False, "path.simplify": False, "svg.image_inline": True,
}  # fmt: skip


def to_svg(figure: Figure, name: str, label: str) -> str:
    """The figure as an `<svg>` element; `label` says in words what it shows, for those who cannot see it."""
    import matplotlib

    buffer = io.StringIO()
    with matplotlib.rc_context(SETTINGS):
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    root = ElementTree.fromstring(buffer.getvalue())
    _clean(root)
    _rename(root, name)
    for attribute in ("version", "width", "height"):
        root.attrib.pop(attribute, None)
    root.attrib.update({"role": "img", "aria-label": label, "class": "figure", "stroke-linejoin": "round"})
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return re.sub(r">\s+<", "><", ElementTree.tostring(root, encoding="unicode"))


def _clean(root: ElementTree.Element) -> None:
    """Out with metadata and style sheets; every style attribute becomes attributes and classes."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    for element in root.iter():
        styles = [part.partition(":") for part in element.attrib.pop("style", "").split(";") if part.strip()]
        for key, _, value in styles:
            _set(element, key.strip(), value.strip())
        for key in ("fill", "stroke"):
            if key in element.attrib and element.attrib[key] in _NAMES:
                _paint(element, key, element.attrib.pop(key))


def _set(element: ElementTree.Element, key: str, value: str) -> None:
    if key == "font" and (size := _FONT_SIZE.search(value)):
        element.set("font-size", size[1])
    elif key not in _LEFT_TO_CSS:
        element.set(key, value)


def _paint(element: ElementTree.Element, key: str, colour: str) -> None:
    classes = [*element.get("class", "").split(), f"{key}-{_NAMES[colour]}"]
    element.set("class", " ".join(classes))


def _rename(root: ElementTree.Element, name: str) -> None:
    """Names that something refers to are made the figure's own; the others go."""
    used = {match for element in root.iter() for key, value in element.attrib.items() if key != "id"
            for match in _REFERENCE.findall(value)}  # fmt: skip
    for element in root.iter():
        own = element.attrib.pop("id", None)
        for key, value in element.attrib.items():
            if "href" in key or "url(" in value:
                element.set(key, _REFERENCE.sub(rf"#{name}-\1", value))
        if own in used:
            element.set("id", f"{name}-{own}")
