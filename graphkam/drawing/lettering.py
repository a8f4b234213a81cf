"""How wide a text is in the font of the images, and what of it fits.

The widths are read from the font file itself: of its tables only those of characters and widths.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

REGULAR, BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
FAMILY = "DejaVu Sans"
_ELLIPSIS = "\u2026"
_UNKNOWN_WIDTH = 0.9
"""Of a character that the font lacks, in font sizes: another font will be found for it."""
_RANGES = 4
"""The format of a table of characters that lists ranges of them."""


def width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Give how wide a text is."""
    widths = _widths(BOLD if is_bold else REGULAR)
    return size * sum(widths.get(character, _UNKNOWN_WIDTH) for character in text)


def fitted(text: str, room: float, size: float, *, is_bold: bool = False) -> str:
    """Give a text cut to a width, with an ellipsis."""
    if width(text, size, is_bold=is_bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + _ELLIPSIS, size, is_bold=is_bold) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + _ELLIPSIS if low else ""


def longest(texts: Sequence[str], room: float, size: float, *, is_bold: bool = False) -> str:
    """Give the first text that fits, or the last one cut."""
    given = [text for text in texts if text]
    fits = (text for text in given if width(text, size, is_bold=is_bold) <= room)
    return next(fits, None) or fitted(given[-1] if given else "", room, size, is_bold=is_bold)


def lines(text: str, room: float, size: float, *, most: int, is_bold: bool = False) -> list[str]:
    """Give a text broken at its spaces into lines of a width; what is over is cut from the last."""
    words, found = text.split(" "), [""]
    for number, word in enumerate(words):
        longer = f"{found[-1]} {word}".strip()
        if not found[-1] or width(longer, size, is_bold=is_bold) <= room:
            found[-1] = longer
        elif len(found) == most:
            found[-1] = " ".join((found[-1], *words[number:]))
            break
        else:
            found.append(word)
    return [fitted(line, room, size, is_bold=is_bold) for line in found]


def knows(text: str) -> bool:
    """Tell whether the font has every character of a text."""
    widths = _widths(REGULAR)
    return all(character in widths for character in text)


@cache
def _widths(name: str) -> Mapping[str, float]:
    """Read the width of each character, in font sizes."""
    data = files("graphkam.drawing.fonts").joinpath(name).read_bytes()
    tables = {tag: data[start : start + length] for tag, start, length in _tables(data)}
    (per_em,) = struct.unpack_from(">H", tables[b"head"], 18)
    (count,) = struct.unpack_from(">H", tables[b"hhea"], 34)
    advances = struct.unpack(f">{2 * count}H", tables[b"hmtx"][: 4 * count])[::2]
    return {
        chr(code): advances[min(glyph, count - 1)] / per_em
        for code, glyph in _glyphs(tables[b"cmap"])
        if glyph
    }


def _tables(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        tag, _, start, length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        yield tag, start, length


def _glyphs(cmap: bytes) -> Iterator[tuple[int, int]]:
    """Give the glyph of each character of the basic plane."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    starts = [struct.unpack_from(">HHI", cmap, 4 + 8 * number)[2] for number in range(count)]
    table = next(at for at in starts if struct.unpack_from(">H", cmap, at)[0] == _RANGES)
    (twice,) = struct.unpack_from(">H", cmap, table + 6)
    ends, firsts, deltas, offsets = (
        struct.unpack_from(f">{twice // 2}H", cmap, table + 14 + part * twice + (2 if part else 0))
        for part in range(4)
    )
    for number, (end, first) in enumerate(zip(ends, firsts, strict=True)):
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if offsets[number]:
                at = table + 16 + 3 * twice + 2 * number + offsets[number] + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", cmap, at)
                if not glyph:
                    continue
            yield code, (glyph + deltas[number]) & 0xFFFF
