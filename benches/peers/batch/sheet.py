"""One sheet with ReportLab: two letter pages with the same content as the program's."""

import tomllib
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

from matplotlib.backends.backend_pdf import PdfPages
from pdfrw import PdfReader
from pdfrw.buildxobj import pagexobj
from pdfrw.toreportlab import makerl
from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, HRFlowable, Paragraph, Spacer, Table

import figures

WIDTH, HEIGHT = letter
MARGIN = 0.5 * inch
NAVY, BLUE, GRAY = HexColor("#162e51"), HexColor("#005ea2"), HexColor("#565c65")
ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
BODY = ParagraphStyle("body", fontName="PublicSans-Regular", fontSize=8.5, leading=11.5)
SMALL = ParagraphStyle("small", BODY, fontSize=7, leading=9, textColor=GRAY)
INTRODUCTION = ParagraphStyle("introduction", fontName="Merriweather-Regular", fontSize=10, leading=15)
HEADING = ParagraphStyle("heading", fontName="PublicSans-Bold", fontSize=11.5, leading=14, textColor=NAVY)
RIGHT = ParagraphStyle("right", BODY, alignment=2)
ON_NAVY = ParagraphStyle("on navy", BODY, textColor=white)
NUMBER = ParagraphStyle("number", ON_NAVY, fontName="PublicSans-Bold", fontSize=26, leading=32)


def use_fonts(root):
    for path in sorted((root / "fonts").glob("*.ttf")):
        pdfmetrics.registerFont(TTFont(path.stem, path))


class Drawing(Flowable):
    """A page of matplotlib's PDF, as a form in this PDF."""

    def __init__(self, page):
        super().__init__()
        self.form = pagexobj(page)
        box = [float(number) for number in self.form.BBox]
        self.width, self.height = box[2] - box[0], box[3] - box[1]

    def wrap(self, *_):
        return self.width, self.height

    def draw(self):
        self.canv.doForm(makerl(self.canv, self.form))


class Words:
    """The wording file, filled in for a state."""

    def __init__(self, file, name, region, year, months):
        self.file = file
        self.names = {
            "state": name,
            "region": ROMAN[region],
            "year": year,
            "from": months[0],
            "to": months[1],
            "last": "December 31, 2016",
            "source": file["document"]["default_source"],
        }

    def __call__(self, section, key, **more):
        text = self.file[section][key]
        if isinstance(text, dict):
            text = text["one" if more["count"] == 1 else "other"]
            more["count"] = f"{more['count']:,}"
        return self.filled(text, **more)

    def filled(self, text, **more):
        for name, value in {**more, **self.names}.items():
            text = text.replace("{" + name + "}", str(value))
        return text


@cache
def read(path):
    with open(path, "rb") as file:
        return tomllib.load(file)


def make(path, root, code, name, region, numbers, state, points):
    """Writes the sheet of a state."""
    words = Words(read(root / "input" / "wording" / "en.toml"), name, region, 2016, ("December 2012", "December 2016"))
    profile = read(root / "input" / "profiles" / f"{code.lower()}.toml")
    vocabulary = read(root / "input" / "vocabulary.toml")
    heat_map, demographics, calls = draw_figures(words, vocabulary, numbers, state, points)
    canvas = Canvas(str(path), pagesize=letter, pageCompression=1)
    canvas.setTitle(words("document", "title"))
    canvas.setSubject(words("document", "subject"))
    canvas.setKeywords(words("document", "keywords"))
    first_page(canvas, words, profile, vocabulary, numbers, heat_map, demographics)
    later_pages(canvas, words, profile, numbers, calls)
    canvas.save()


def draw_figures(words, vocabulary, numbers, state, points):
    """Map and charts, drawn by matplotlib into one PDF."""
    memory = BytesIO()
    with PdfPages(memory) as file:
        for figure in drawn(words, vocabulary, numbers, state, points):
            file.savefig(figure)
    return [Drawing(page) for page in PdfReader(fdata=memory.getvalue()).pages]


def drawn(words, vocabulary, numbers, state, points):
    """The figures of a sheet: the map, the demographics, the calls."""
    names = words.file["groups"]
    categories = {group["key"]: group["category"] for group in vocabulary["group"]}
    groups = [
        (
            names[group]["heading"],
            [
                (names[group]["categories"][entry["key"]], numbers.get(group, {}).get(entry["key"], 0))
                for entry in categories[group]
            ],
        )
        for group in ("citizenship", "gender", "age")
    ]
    return [
        figures.heat_map(state, points, words.file["map"], (4.25, 4.0)),
        figures.demographics(groups, (2.95, 3.6)),
        figures.calls(call_types(words, numbers), (4.25, 1.9)),
    ]


def call_types(words, numbers):
    return [(name, numbers.get("calls", {}).get(key, 0)) for key, name in words.file["groups"]["calls"]["categories"].items()]


def put(canvas, flowable, x, top, width):
    """Draws a flowable below a height and returns where it ends."""
    _, height = flowable.wrapOn(canvas, width, HEIGHT)
    flowable.drawOn(canvas, x, top - height)
    return top - height


def rule(canvas, x, y, width):
    canvas.setStrokeColor(NAVY)
    canvas.setLineWidth(1)
    canvas.line(x, y, x + width, y)


def footer(canvas, words, page):
    canvas.setFont("PublicSans-Regular", 6.5)
    canvas.setFillColor(GRAY)
    canvas.drawString(MARGIN, 0.42 * inch, words("document", "source"))
    canvas.drawRightString(WIDTH - MARGIN, 0.42 * inch, f"Page {page} of 2")


def link(url):
    shown = url.removeprefix("https://").rstrip("/")
    return f'<a href="{escape(url)}" color="#005ea2">{escape(shown)}</a>'


def first_page(canvas, words, profile, vocabulary, numbers, heat_map, demographics):
    inner = WIDTH - 2 * MARGIN
    left, right = 4.25 * inch, 2.95 * inch
    at_right = WIDTH - MARGIN - right
    canvas.setFillColor(NAVY)
    canvas.rect(0, HEIGHT - 1.3 * inch, WIDTH, 1.3 * inch, stroke=0, fill=1)
    title = words("document", "title")
    size = min(22, 22 * inner / pdfmetrics.stringWidth(title, "Merriweather-Bold", 22))
    canvas.setFillColor(white)
    canvas.setFont("Merriweather-Bold", size)
    canvas.drawString(MARGIN, HEIGHT - 0.75 * inch, title)
    canvas.setFont("PublicSans-SemiBold", 9.5)
    canvas.drawString(MARGIN, HEIGHT - 1.02 * inch, words("document", "department"))
    top = put(canvas, Paragraph(words("introduction", "text"), INTRODUCTION), MARGIN, HEIGHT - 1.45 * inch, inner) - 14

    rule(canvas, MARGIN, top, left)
    rule(canvas, at_right, top, right)
    y = put(canvas, Paragraph(words("map", "heading"), HEADING), MARGIN, top - 4, left) - 4
    y = put(canvas, heat_map, MARGIN, y, left) - 6
    caption = " ".join(words("map", key) for key in ("caption", "limits"))
    y = put(canvas, Paragraph(caption, BODY), MARGIN, y, left)
    beside = put(canvas, Paragraph(words("demographics", "heading"), HEADING), at_right, top - 4, right)
    beside = put(canvas, Paragraph(words("demographics", "period_cases"), SMALL), at_right, beside, right) - 4
    beside = put(canvas, demographics, at_right, beside, right) - 4
    beside = put(canvas, Paragraph(words("demographics", "footnote"), SMALL), at_right, beside, right) - 4
    page = profile.get("hotline_page")
    more = words("demographics", "more") + (" " + link(page) if page else "")
    beside = put(canvas, Paragraph(more, SMALL), at_right, beside, right)

    top = min(y, beside) - 12
    half = (inner - 0.25 * inch) / 2
    for x, kind in ((MARGIN, "sex"), (MARGIN + half + 0.25 * inch, "labor")):
        counts = numbers.get(f"venues.{kind}", {})
        if not counts:
            continue
        rule(canvas, x, top, half)
        entries = [entry for entry in vocabulary[f"{kind}_venue"] if entry["key"] in counts]
        entries.sort(key=lambda entry: -counts[entry["key"]])
        y = put(canvas, Paragraph(words("venues", kind, count=len(entries)), HEADING), x, top - 4, half) - 2
        rows = [
            [
                Paragraph(f"{rank}. {escape(entry['name'])}", BODY),
                Paragraph(f"{counts[entry['key']]:,}", RIGHT),
            ]
            for rank, entry in enumerate(entries, 1)
        ]
        put(
            canvas,
            Table(
                rows,
                colWidths=[half - 1 * inch, 1 * inch],
                style=[
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                    ("TOPPADDING", (0, 0), (-1, -1), 1),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
                ],
            ),
            x,
            y,
            half,
        )

    canvas.setFillColor(NAVY)
    canvas.rect(0.3 * inch, 0.62 * inch, WIDTH - 0.6 * inch, 0.62 * inch, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont("PublicSans-SemiBold", 10)
    canvas.drawString(MARGIN, 0.98 * inch, words("hotlines", "national"))
    canvas.setFont("PublicSans-Regular", 7.5)
    canvas.drawString(MARGIN, 0.8 * inch, words("hotlines", "strip"))
    canvas.setFont("PublicSans-Bold", 24)
    canvas.drawRightString(WIDTH - MARGIN, 0.83 * inch, words("hotlines", "number"))
    footer(canvas, words, 1)
    canvas.showPage()


def later_pages(canvas, words, profile, numbers, calls):
    inner = WIDTH - 2 * MARGIN
    plain = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ]
    total = sum(count for _, count in call_types(words, numbers))
    story = [
        Table(
            [
                [
                    [
                        Paragraph(words.filled(words.file["groups"]["calls"]["chart"]), HEADING),
                        Paragraph(words("calls", "total", count=total), SMALL),
                        Spacer(1, 4),
                        calls,
                    ],
                    [
                        Paragraph(words("disclaimer", "heading"), HEADING),
                        Spacer(1, 4),
                        Paragraph(words("disclaimer", "text"), BODY),
                    ],
                ]
            ],
            colWidths=[4.5 * inch, inner - 4.5 * inch],
            style=plain,
        ),
        Spacer(1, 8),
    ]
    laws = profile.get("laws", [])
    if laws:
        story += [
            HRFlowable(width="100%", color=NAVY),
            Paragraph(words("laws", "heading"), HEADING),
            Paragraph(words("laws", "kinds"), SMALL),
        ]
        rows = [[Paragraph(words("laws", "title"), SMALL), Paragraph(words("laws", "citation"), SMALL)]]
        rows += [[Paragraph(escape(in_english(law["title"])), BODY), citation(law)] for law in laws]
        story += [
            Table(
                rows,
                colWidths=[inner * 0.72, inner * 0.28],
                style=[*plain, ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor("#c6cace"))],
            ),
            Spacer(1, 8),
        ]
    story += efforts(words, profile, inner, plain)
    story.append(hotlines(words, profile, inner))
    page = 2
    while story:
        canvas.setFont("PublicSans-SemiBold", 7.5)
        canvas.setFillColor(NAVY)
        canvas.drawString(MARGIN, HEIGHT - 0.5 * inch, words("document", "running_head"))
        frame = Frame(MARGIN, 0.6 * inch, inner, HEIGHT - 1.2 * inch, 0, 0, 0, 0)
        frame.addFromList(story, canvas)
        if story and not frame._atTop:
            parts = frame.split(story[0], canvas)
            if len(parts) > 1:
                frame.add(parts[0], canvas)
                story[:1] = parts[1:]
        footer(canvas, words, page)
        canvas.showPage()
        page += 1


def citation(law):
    text = escape(law["citation"])
    if "url" in law:
        text = f'<a href="{escape(law["url"])}" color="#005ea2">{text}</a>'
    return Paragraph(text, BODY)


def in_english(text):
    """Of a text that a profile has in two languages, the English one."""
    return text["en"] if isinstance(text, dict) else text


def efforts(words, profile, inner, plain):
    story = []
    agencies = profile.get("agencies")
    if agencies:
        spelled = words.file["numbers"]["words"]
        count = agencies["count"]
        spelled = spelled[count] if count < len(spelled) else f"{count:,}"
        text = words("efforts", "agencies", count=count, Count=spelled.capitalize())
        if "url" in agencies:
            text += f" {words('efforts', 'find_them')} {link(agencies['url'])}"
        story.append(Paragraph(text, BODY))
    columns = []
    for key in ("collaborations", "resources", "funding"):
        entries = profile.get(key, [])
        if entries:
            column = [Paragraph(words("efforts", key), ParagraphStyle("kind", HEADING, fontSize=8.5))]
            if f"{key}_gloss" in words.file["efforts"]:
                column.append(Paragraph(words("efforts", f"{key}_gloss"), SMALL))
            for entry in entries:
                text = escape(in_english(entry["title"]))
                if "url" in entry:
                    text = f'<a href="{escape(entry["url"])}" color="#005ea2">{text}</a>'
                column.append(Paragraph(f"• {text}", BODY))
            columns.append(column)
    if columns:
        story += [Spacer(1, 6), Table([columns], colWidths=[inner / 3] * len(columns), hAlign="LEFT", style=plain)]
    if story:
        story = [
            HRFlowable(width="100%", color=NAVY),
            Paragraph(words("efforts", "heading"), HEADING),
            *story,
            Spacer(1, 8),
        ]
    return story


def hotlines(words, profile, inner):
    national = [
        Paragraph(words("hotlines", "national"), ON_NAVY),
        Paragraph(words("hotlines", "number"), NUMBER),
        Paragraph(words("hotlines", "text"), ON_NAVY),
    ]
    local = []
    for line in profile.get("hotlines", []):
        local += [
            Paragraph(escape(line["name"]), ON_NAVY),
            Paragraph(escape(line["phone"]), ParagraphStyle("local", NUMBER, fontSize=20, leading=25)),
        ]
        if "text" in line:
            local.append(Paragraph(escape(in_english(line["text"])), ON_NAVY))
    if local:
        local.insert(0, Paragraph(words("hotlines", "local"), ON_NAVY))
    heading = Paragraph(words("hotlines", "heading"), ParagraphStyle("hotlines", HEADING, textColor=white))
    return Table(
        [[[heading, *national], local]],
        colWidths=[inner * 0.58, inner * 0.42],
        style=[
            ("BACKGROUND", (0, 0), (-1, -1), NAVY),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 10),
            ("TOPPADDING", (0, 0), (-1, -1), 8),
        ],
    )
