"""Lays out one sheet with Typst.

python compile.py FOLDER SHEET.pdf
"""

import json
import sys
import time

started = time.perf_counter()
import typst

imported = time.perf_counter()
from pathlib import Path

FONTS = Path(__file__).resolve().parents[3] / "fonts"

folder, output = sys.argv[1:]
# Typst looks only at these fonts. Looking at the system's would take time.
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
typst.compile(Path(folder) / "sheet.typ", output=output, font_paths=fonts)
print(json.dumps({"import_s": imported - started, "compile_s": time.perf_counter() - imported}), file=sys.stderr)
