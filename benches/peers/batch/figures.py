"""The map and the two charts of a sheet with matplotlib, as vector drawings.

Figures are made without pyplot, which keeps them all, and saved with fonts as text.
"""

import matplotlib

matplotlib.use("pdf")
import numpy as np
from matplotlib import font_manager
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline

NAVY, BLUE, INK = "#162e51", "#005ea2", "#1b1b1b"
REDS = ["#f8d0c0", "#f0a08a", "#dd6b55", "#b8291f", "#6f0a0a"]


def use_fonts(root, font_type=3):
    """Type 3 fonts are matplotlib's default and twice as fast as TrueType (42), for which fontTools makes the
    subsets."""
    for name in ("Regular", "SemiBold", "Bold"):
        font_manager.fontManager.addfont(root / "fonts" / f"PublicSans-{name}.ttf")
    matplotlib.rcParams.update({"font.family": "Public Sans", "pdf.fonttype": font_type, "svg.fonttype": "none"})


def heat_map(state, points, words, size):
    """Outline, county lines, density of the cases' places in five bands, main cities, legend and scale."""
    figure = Figure(figsize=size)
    axes = figure.add_axes((0, 0.12, 1, 0.88))
    axes.set_axis_off()
    axes.set_aspect("equal")
    outline = np.vstack(state.outline)
    (west, south), (east, north) = outline.min(axis=0), outline.max(axis=0)
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    shape = Outline.make_compound_path(*(Outline(ring, closed=False) for ring in state.outline))
    ground = PathPatch(shape, facecolor="#f7f5f2", edgecolor="none")
    axes.add_patch(ground)
    if len(points):
        reach = max(0.15 * np.sqrt(area(state.outline)), 0.035 * max(east - west, north - south))
        density, x, y = shade(points, (west, south, east, north), reach)
        highest = density.max()
        if highest > 0:
            levels = np.linspace(0, highest, 6)
            levels[0] = highest * 0.04
            bands = axes.contourf(x, y, density, levels=levels, colors=REDS)
            bands.set_clip_path(ground)
    axes.add_collection(LineCollection(state.county_lines, colors="#b0b0b0", linewidths=0.3))
    axes.add_patch(PathPatch(shape, facecolor="none", edgecolor="#3d3d3d", linewidth=0.8))
    label_cities(axes, state, (east - west) / 60)
    legend(figure, words, (east - west), axes)
    return figure


def area(outline):
    total = 0.0
    for ring in outline:
        x, y = ring[:, 0], ring[:, 1]
        total += abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
    return total


def shade(points, box, reach):
    """The quartic kernel's density on a grid. Cases at the same place are added together."""
    west, south, east, north = box
    cell = min(max(east - west, north - south) / 160, reach / 12)
    x, y = np.arange(west, east + cell, cell), np.arange(south, north + cell, cell)
    density = np.zeros((len(y), len(x)))
    places, weights = np.unique(points, axis=0, return_counts=True)
    for (east_of, north_of), weight in zip(places, weights):
        near_x = slice(*np.searchsorted(x, (east_of - reach, east_of + reach)))
        near_y = slice(*np.searchsorted(y, (north_of - reach, north_of + reach)))
        squared = ((x[near_x] - east_of)[None, :] ** 2 + (y[near_y] - north_of)[:, None] ** 2) / reach**2
        density[near_y, near_x] += weight * np.maximum(1 - squared, 0) ** 2
    return density, x, y


def label_cities(axes, state, gap):
    """The largest cities whose labels aren't close to another label."""
    placed = []
    for _, name, degrees in state.cities[:40]:
        x, y = state.project(degrees)
        if len(placed) == 10:
            break
        if any(abs(x - a) < 14 * gap and abs(y - b) < 3 * gap for a, b in placed):
            continue
        placed.append((x, y))
        axes.plot([x], [y], marker="o", markersize=2, color=INK)
        axes.text(x + gap, y, name, fontsize=6.5, fontweight="semibold", color=INK, va="center")


def legend(figure, words, width_km, map_axes):
    axes = figure.add_axes((0, 0, 1, 0.11))
    axes.set_axis_off()
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 10)
    axes.text(14, 7, words["fewer"], fontsize=6.5, ha="right", va="center")
    for number, red in enumerate(REDS):
        axes.add_patch(Rectangle((15 + 5 * number, 5.5), 5, 3, facecolor=red, edgecolor=INK, linewidth=0.3))
    axes.text(41, 7, words["more"], fontsize=6.5, va="center")
    axes.add_patch(Rectangle((58, 5.5), 5, 3, facecolor="#f7f5f2", edgecolor=INK, linewidth=0.3))
    axes.text(64, 7, words["none"], fontsize=6.5, va="center")
    miles = next((m for m in (200, 100, 50, 20, 10, 5, 2, 1) if m * 1.609 < width_km / 3), 1)
    position = map_axes.get_position()
    part = miles * 1.609 / width_km * 100 * position.width
    axes.plot([15, 15 + part], [1.5, 1.5], color=INK, linewidth=1.2)
    axes.text(16 + part, 1.5, f"{miles} {words['miles']}", fontsize=6.5, va="center")


def demographics(groups, size):
    """A small bar chart per group: the label above its bar, the number next to it."""
    figure = Figure(figsize=size)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    highest = max((count for _, categories in groups for _, count in categories), default=0) or 1
    axes.set_xlim(0, highest * 1.18)
    y = 0.0
    for title, categories in groups:
        axes.text(0, y, title, fontsize=8, fontweight="bold", color=NAVY, va="center")
        y -= 1
        for number, (label, count) in enumerate(categories):
            axes.text(0, y, label, fontsize=7, color=INK, va="center")
            y -= 1
            axes.barh(y, count, height=0.8, color=[NAVY, BLUE, "#73b3e7"][number % 3])
            axes.text(count + highest * 0.02, y, f"{count:,}", fontsize=9, fontweight="bold", color=INK, va="center")
            y -= 1.2
    axes.set_ylim(y, 1)
    return figure


def calls(types, size):
    """Signals by type of call, with the number next to each bar."""
    figure = Figure(figsize=size)
    axes = figure.add_axes((0.3, 0, 0.7, 1))
    axes.set_axis_off()
    highest = max((count for _, count in types), default=0) or 1
    for number, (label, count) in enumerate(types):
        y = -number
        axes.text(
            -highest * 0.02,
            y,
            label.replace("Technical ", "Technical\n"),
            fontsize=7,
            color=INK,
            ha="right",
            va="center",
        )
        axes.barh(y, count, height=0.55, color=NAVY)
        axes.text(count + highest * 0.02, y, f"{count:,}", fontsize=9, fontweight="bold", color=INK, va="center")
    axes.axvline(0, color=INK, linewidth=0.6)
    axes.set_xlim(0, highest * 1.2)
    return figure
