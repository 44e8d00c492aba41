"""The numbers for all sheets: those that the counting peer counts, and the places on the map."""

import sys
from pathlib import Path


sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "counting"))
import count_pandas
import rules

PLACES = ["county", "city", "zip", "latitude", "longitude"]


def count(path):
    """Numbers by `state.figure.category`, and for each state the located places of the year's cases as
    (case, place), where a place is (longitude, latitude) or one of the names ("zip", code) and so on."""
    the = rules.Rules()
    signals = count_pandas.read(path, PLACES)
    numbers = count_pandas.count(signals, the).listed()

    telling = signals[
        signals["case_id"].notna()
        & signals["call_type"].map(lambda cell: the.call_of(cell)[1]).fillna(True).astype(bool)
    ]
    day = telling.groupby("case_id", sort=False)["day"].min()
    of_year = set(day.index[day.dt.year == rules.YEAR])
    telling = telling[telling["case_id"].isin(of_year) & telling["state"].notna()]
    places = {}
    columns = telling[["case_id", "state", *PLACES]].astype(object).fillna("")
    for case, *cells in columns.itertuples(index=False, name=None):
        states, *values = (str(cell).split(";") for cell in cells)
        for at in range(max(map(len, [states, *values]))):
            state = the.states_of(states[at] if at < len(states) else states[0])
            county, city, code, latitude, longitude = (list[at].strip() if at < len(list) else "" for list in values)
            if not state:
                continue
            if latitude and longitude:
                place = (round(float(longitude), 4), round(float(latitude), 4))
            else:
                place = [("zip", code.zfill(5) if code else ""), ("city", city.lower()), ("county", county.lower())]
                place = tuple(name for name in place if name[1])
            if place:
                places.setdefault(the.states[state.bit_length() - 1], set()).add((case, place))
    return numbers, places


def of_state(numbers, state):
    """The numbers of one state, without its name, as {figure: {category: count}}."""
    found = {}
    for name, number in numbers.items():
        of, rest = name.split(".", 1)
        if of == state:
            figure, category = rest.rsplit(".", 1)
            found.setdefault(figure, {})[category] = number
    return found
