"""Checks PDF files against PDF/A-2 with pikepdf's checker, whose rules are veraPDF's. Prints each
finding on a line; exits with 1 when there is one.

pikepdf checks level B and knows no extension schemas: it takes every property of a foreign schema for
a fault. So these are checked here instead, and its findings on them are left out.
"""

import sys

import pikepdf
from lxml import etree
from pikepdf import pdfa

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
PREDEFINED = {
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/xap/1.0/",
    "http://ns.adobe.com/pdf/1.3/",
    "http://www.aiim.org/pdfa/ns/id/",
    "http://www.aiim.org/pdfa/ns/extension/",
}
# Rules on what pikepdf doesn't read: properties of extension schemas, and the level that it doesn't check.
FOREIGN = "ISO_19005_2:6.6.2.3.1-1"
PREFIXES = ("pdfx", "pdfuaid", "pdfaExtension", "pdfaSchema", "pdfaProperty")
LEVEL = "ISO_19005_2:6.6.4-3"


def described(packet):
    """Namespace and name of every property that an extension schema fully describes."""
    for schema in packet.iterfind(f".//{EXTENSION}schemas/{RDF}Bag/{RDF}li"):
        namespace = schema.findtext(f"{SCHEMA}namespaceURI")
        for entry in schema.iterfind(f"{SCHEMA}property/{RDF}Seq/{RDF}li"):
            parts = [entry.findtext(PROPERTY + part) for part in ("name", "valueType", "category", "description")]
            if all(parts):
                yield namespace, parts[0]


def metadata_findings(path):
    with pikepdf.open(path) as pdf:
        packet = etree.fromstring(bytes(pdf.Root.Metadata.read_bytes()))
        known = set(described(packet))
        values = {}
        for entry in packet.iterfind(f".//{RDF}Description/*"):
            name = etree.QName(entry)
            values[name.namespace, name.localname] = entry.text
            if name.namespace not in PREDEFINED and (name.namespace, name.localname) not in known:
                yield f"{name.localname} is described by no extension schema"
        claim = values.get(("http://www.aiim.org/pdfa/ns/id/", "conformance"))
        if claim != "A":
            yield f"the claimed level is {claim}, not A"
        # Level A (ISO 19005-2, 6.7): a tagged file with a language.
        if "/StructTreeRoot" not in pdf.Root or not bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)):
            yield "the file is not tagged"
        if "/Lang" not in pdf.Root:
            yield "the file has no language"
        for key, value in pdf.docinfo.items():
            foreign = values.get(("http://ns.adobe.com/pdfx/1.3/", key.lstrip("/")))
            if foreign is not None and foreign != str(value):
                yield f"{key} differs between information dictionary and XMP"


def findings(path):
    yield from metadata_findings(path)
    for finding in pdfa.validate_written(path, "2b").findings:
        is_foreign = finding.rule == FOREIGN and any(prefix in finding.message for prefix in PREFIXES)
        if not is_foreign and not (finding.rule == LEVEL and "'A'" in finding.message):
            yield str(finding)


found = [f"{path}: {finding}" for path in sys.argv[1:] for finding in findings(path)]
print("\n".join(found))
sys.exit(1 if found else 0)
