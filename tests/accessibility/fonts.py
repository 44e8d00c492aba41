"""Checks the fonts of PDF files against the embedded programs, read by fontTools: every program is
whole, every width in the file is the program's, to a hundredth of a thousandth of an em, and every
font has a ToUnicode map. Prints each finding on a line; exits with 1 when there is one.
"""

import io
import sys

import pikepdf
from fontTools.ttLib import TTFont


def widths(array):
    """Glyphs and widths of a /W array."""
    items = list(array)
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, pikepdf.Array):
            yield from ((first + index, float(width)) for index, width in enumerate(second))
        else:
            width = float(items.pop(0))
            yield from ((glyph, width) for glyph in range(first, int(second) + 1))


def findings(font):
    descendant = font.DescendantFonts[0]
    program = TTFont(io.BytesIO(bytes(descendant.FontDescriptor.FontFile2.read_bytes())))
    program.ensureDecompiled()
    per_mille = 1000 / program["head"].unitsPerEm
    order = program.getGlyphOrder()
    stated = dict(widths(descendant.W))
    if "/ToUnicode" not in font:
        yield "has no ToUnicode map"
    for glyph, name in enumerate(order):
        real = program["hmtx"][name][0] * per_mille
        width = stated.get(glyph, float(descendant.get("/DW", 1000)))
        if abs(width - real) > 0.01:
            yield f"glyph {glyph} is {real} wide, not {width}"


found = []
for path in sys.argv[1:]:
    with pikepdf.open(path) as pdf:
        fonts = {str(font.BaseFont): font for page in pdf.pages for font in page.Resources.Font.values()}
        found += [f"{path}: {name} {finding}" for name, font in fonts.items() for finding in findings(font)]
        if not fonts:
            found.append(f"{path}: no font")
print("\n".join(found))
sys.exit(1 if found else 0)
