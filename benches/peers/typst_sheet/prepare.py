"""Makes the input for Typst: texts and numbers as JSON, map and charts as SVG. This isn't timed.

python prepare.py SIGNALS.csv FOLDER
"""

import json
import sys
from pathlib import Path
from shutil import copyfile

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "batch"))
import batch
import counts
import figures
import sheet
from geography import State

ROOT = batch.ROOT


def main():
    data, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    code, name, region = next(of for of in batch.jurisdictions() if of[0] == "NM")
    every, places = counts.count(data)
    numbers = counts.of_state(every, code)
    words = sheet.Words(
        sheet.read(ROOT / "input" / "wording" / "en.toml"), name, region, 2016, ("December 2012", "December 2016")
    )
    profile = sheet.read(ROOT / "input" / "profiles" / "nm.toml")
    vocabulary = sheet.read(ROOT / "input" / "vocabulary.toml")
    figures.use_fonts(ROOT)
    state = State(ROOT, code)
    points = state.locate(sorted(places.get(code, ()), key=repr))
    for figure, called in zip(sheet.drawn(words, vocabulary, numbers, state, points), ("map", "demographics", "calls")):
        figure.savefig(folder / f"{called}.svg")
    content = contents(words, profile, vocabulary, numbers)
    (folder / "sheet.json").write_text(json.dumps(content, ensure_ascii=False))
    copyfile(HERE / "sheet.typ", folder / "sheet.typ")


def contents(words, profile, vocabulary, numbers):
    calls = sheet.call_types(words, numbers)
    agencies = profile.get("agencies")
    return {
        **{key: words("document", key) for key in ("title", "department", "keywords", "running_head", "source")},
        "introduction": words("introduction", "text"),
        "map": {
            "heading": words("map", "heading"),
            "caption": " ".join(words("map", key) for key in ("caption", "limits")),
            "alt": words("map", "alt", strongest=""),
        },
        "demographics": {
            "heading": words("demographics", "heading"),
            "period": words("demographics", "period_cases"),
            "footnote": words("demographics", "footnote"),
            "more": words("demographics", "more"),
            "page": link(profile["hotline_page"]),
            "alt": words("demographics", "heading"),
        },
        "venues": {kind: venues(words, vocabulary, numbers, kind) for kind in ("sex", "labor")},
        "calls": {
            "heading": words.filled(words.file["groups"]["calls"]["chart"]),
            "total": words("calls", "total", count=sum(count for _, count in calls)),
            "alt": words(
                "calls",
                "alt",
                group=words.file["groups"]["calls"]["chart"],
                values=", ".join(f"{name} {count}" for name, count in calls),
            ),
        },
        "disclaimer": {key: words("disclaimer", key) for key in ("heading", "text")},
        "laws": {
            **{key: words("laws", key) for key in ("heading", "kinds", "title", "citation")},
            "rows": [{"title": law["title"], "citation": linked(law, "citation")} for law in profile.get("laws", [])],
        },
        "efforts": {
            "heading": words("efforts", "heading"),
            "agencies": agencies
            and {
                "text": words(
                    "efforts",
                    "agencies",
                    count=agencies["count"],
                    Count=words.file["numbers"]["words"][agencies["count"]].capitalize(),
                )
                + " "
                + words("efforts", "find_them"),
                "at": link(agencies["url"]),
            },
            "columns": [
                {
                    "heading": words("efforts", key),
                    "gloss": words.file["efforts"].get(f"{key}_gloss", ""),
                    "entries": [linked(entry, "title") for entry in profile[key]],
                }
                for key in ("collaborations", "resources", "funding")
                if profile.get(key)
            ],
        },
        "hotlines": {
            **{key: words("hotlines", key) for key in ("heading", "national", "number", "strip", "text")},
            "local_heading": words("hotlines", "local"),
            "local": [{"text": "", **line} for line in profile.get("hotlines", [])],
        },
    }


def venues(words, vocabulary, numbers, kind):
    counts_of = numbers.get(f"venues.{kind}", {})
    entries = sorted(
        (entry for entry in vocabulary[f"{kind}_venue"] if entry["key"] in counts_of),
        key=lambda entry: -counts_of[entry["key"]],
    )
    rows = [{"venue": entry["name"], "cases": f"{counts_of[entry['key']]:,}"} for entry in entries]
    return {"heading": words("venues", kind, count=len(rows)), "rows": rows}


def link(url):
    return {"url": url, "text": url.removeprefix("https://").rstrip("/")}


def linked(entry, key):
    found = {"text": entry[key]}
    if "url" in entry:
        found["url"] = entry["url"]
    return found


if __name__ == "__main__":
    main()
