"""Makes 56 sheets with pandas, matplotlib and ReportLab: what `build --all` does, in Python.

python batch.py SIGNALS.csv OUTPUT WORKERS [FONT TYPE]
"""

import json
import sys
import time

started = time.perf_counter()
import re
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import counts
import figures
import sheet
from geography import State

imported = time.perf_counter()

ROOT = Path(__file__).resolve().parents[3]


def jurisdictions():
    """Code, name and HHS region of the 56 jurisdictions."""
    source = (ROOT / "src" / "jurisdiction.rs").read_text()
    found = re.findall(r'^    "([A-Z]{2})" "\d\d" (\d+) "([^"]+)";', source, re.MULTILINE)
    return [(code, name, int(region)) for code, region, name in found]


def make(job):
    output, (code, name, region), numbers, places = job
    state = State(ROOT, code)
    points = state.locate(places)
    sheet.make(output / f"{code}.pdf", ROOT, code, name, region, numbers, state, points)


def start(font_type):
    figures.use_fonts(ROOT, font_type)
    sheet.use_fonts(ROOT)


def main():
    data, output, workers = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    font_type = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    output.mkdir(parents=True, exist_ok=True)
    pool = None
    if workers > 1:
        # Forked children don't have to import everything again. They are forked before Arrow starts its
        # threads, and load the fonts while this process reads.
        pool = ProcessPoolExecutor(workers, mp_context=get_context("fork"), initializer=start, initargs=(font_type,))
        for _ in range(workers):
            pool.submit(int)
    else:
        start(font_type)
    numbers, places = counts.count(data)
    counted = time.perf_counter()
    jobs = [
        (output, of, counts.of_state(numbers, of[0]), sorted(places.get(of[0], ()), key=repr)) for of in jurisdictions()
    ]
    made = list(pool.map(make, jobs) if pool else map(make, jobs))
    assert len(made) == 56
    if pool:
        pool.shutdown()
    end = time.perf_counter()
    print(
        json.dumps({"import_s": imported - started, "read_s": counted - imported, "sheets_s": end - counted}),
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
