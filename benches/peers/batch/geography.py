"""Outline, county lines and places of a state, in kilometers east and north of its center."""

import csv
import json
from math import cos, radians

import numpy as np


class State:
    def __init__(self, root, code):
        topology = json.loads((root / "input" / "geo" / "boundaries" / f"{code}.json").read_text())
        scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
        arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
        if code == "AK":
            # West of the date line.
            for arc in arcs:
                arc[arc[:, 0] > 0, 0] -= 360
        uses = np.zeros(len(arcs), dtype=int)
        for county in topology["objects"]["counties"]["geometries"]:
            for arc in numbers_in(county.get("arcs", [])):
                uses[arc if arc >= 0 else ~arc] += 1
        every = np.vstack(arcs)
        low, high = every.min(axis=0), every.max(axis=0)
        self.middle = (low + high) / 2
        self.per_degree = np.array([111.32 * cos(radians(self.middle[1])), 110.57])
        self.code = code
        self.county_lines = [self.project(arc) for arc, n in zip(arcs, uses) if n > 1]
        self.outline = rings([self.project(arc) for arc, n in zip(arcs, uses) if n == 1])
        self.names, self.cities = {}, []
        with open(root / "input" / "geo" / "places" / f"{code}.csv", newline="") as file:
            for row in csv.DictReader(file):
                at = (float(row["longitude"]), float(row["latitude"]))
                self.names[row["kind"], row["key"] if row["kind"] == "zip" else row["name"].lower()] = at
                if row["kind"] == "city" and int(row["population"] or 0) > 0:
                    self.cities.append((int(row["population"]), row["name"], at))
        self.cities.sort(reverse=True)

    def project(self, degrees):
        degrees = np.asarray(degrees, dtype=float)
        if self.code == "AK":
            degrees = np.where([True, False] & (degrees > 0), degrees - 360, degrees)
        return (degrees - self.middle) * self.per_degree

    def locate(self, places):
        """The points of cases, in kilometers. Those with coordinates must be inside the state."""
        given, named = [], []
        for _, place in places:
            if isinstance(place[0], float):
                given.append(place)
            else:
                found = next((self.names[name] for name in place if name in self.names), None)
                if found:
                    named.append(found)
        points = [self.project(named)] if named else []
        if given:
            given = self.project(given)
            points.append(given[inside(self.outline, given)])
        return np.vstack(points) if points else np.empty((0, 2))


def numbers_in(nested):
    for item in nested:
        if isinstance(item, int):
            yield item
        else:
            yield from numbers_in(item)


def rings(arcs):
    """Joins arcs at their ends into closed rings."""
    ends = {}
    for number, arc in enumerate(arcs):
        for end in (arc[0], arc[-1]):
            ends.setdefault(tuple(np.round(end, 6)), []).append(number)
    left, closed = set(range(len(arcs))), []
    while left:
        ring = [arcs[left.pop()]]
        while True:
            end = tuple(np.round(ring[-1][-1], 6))
            following = next((number for number in ends[end] if number in left), None)
            if following is None:
                break
            left.discard(following)
            arc = arcs[following]
            ring.append(arc if tuple(np.round(arc[0], 6)) == end else arc[::-1])
        closed.append(np.vstack(ring))
    return closed


def inside(outline, points):
    """Whether points are inside rings: the number of edges to the east of each is odd."""
    result = np.zeros(len(points), dtype=bool)
    for ring in outline:
        a, b = ring, np.roll(ring, -1, axis=0)
        x, y = points[:, :1], points[:, 1:]
        crosses = (a[:, 1] > y) != (b[:, 1] > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            east = x < a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
        result ^= (crosses & east).sum(axis=1) % 2 == 1
    return result
