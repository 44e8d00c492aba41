"""Makes the data for the worked examples from synthetic signals, as other systems would export them.

    hotline-profile sample --state NM --signals 400 --faults 0 --seed 7 --output /tmp/canonical.csv
    python3 make.py /tmp/canonical.csv

No row stands for a real signal, case or person.
"""

import csv
import random
import re
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).parent
NON_SUBSTANTIVE = {"Unrelated", "Hang-Up", "Missed Call", "Wrong Number"}


def american(received):
    """2016-03-01 13:45 as 3/1/2016 1:45 PM."""
    moment = datetime.strptime(received, "%Y-%m-%d %H:%M")
    return f"{moment.month}/{moment.day}/{moment.year} {moment:%I:%M %p}".replace(" 0", " ")


def report(rows):
    """One row per signal, grouped by case, with titles, subtotals and a footer."""
    names = {
        "case_id": "Case Number", "signal_id": "Signal #", "received": "Date/Time Received",
        "contact_method": "Contact Type", "call_type": "Call Category", "caller_state": "Caller's State",
        "state": "Location: State", "county": "Location: County", "city": "Location: City",
        "zip": "Location: Zip", "latitude": "Location: Latitude", "longitude": "Location: Longitude",
        "sex_venue": "Venue (Sex)", "labor_venue": "Industry (Labor)", "citizenship": "Victim: Nationality",
        "gender": "Victim: Gender", "age": "Victim: Age Group",
    }
    values = {"Minor": "Under 18 years", "Adult": "18 years or older", "Hang-Up": "Caller hung up"}
    table = [["Signals by Case – Doña Ana Regional Hotline"], ["Synthetic data. As of 1/17/2017, prepared by Data Team"], []]
    table.append(list(names.values()) + ["Internal Notes"])
    groups = {}
    for row in rows:
        groups.setdefault(row["case_id"] or "(no case)", []).append(row)
    for case, signals in groups.items():
        for index, row in enumerate(signals):
            cells = {key: row[key] for key in names}
            cells["case_id"] = case if index == 0 else ""
            cells["received"] = american(row["received"])
            for key in ("call_type", "age"):
                cells[key] = "; ".join(values.get(value, value) for value in cells[key].split(";"))
            for key in ("gender", "citizenship", "sex_venue", "labor_venue", "state", "county", "city", "zip", "latitude", "longitude"):
                cells[key] = cells[key].replace(";", "; ")
            note = "asked for “call back”, año 2016" if index == 0 else "N/A"
            table.append([cells[key] for key in names] + [note])
        table.append([f"Subtotal ({len(signals)})"] + [""] * len(names))
    table.append([f"Grand Total ({len(rows)})"] + [""] * len(names))
    table += [[], ["Confidential Information - Do Not Distribute"], ["Copyright © 2017 Doña Ana Regional Hotline"]]
    for name, encoding in (("report-windows-1252.csv", "windows-1252"), ("report-utf-8.csv", "utf-8-sig")):
        with open(HERE / "report" / name, "w", encoding=encoding, newline="") as file:
            csv.writer(file, lineterminator="\r\n").writerows(table)


def split(rows):
    """Signals, cases, victims and locations in separate files."""
    substantive = {}
    for row in rows:
        if row["case_id"] and row["call_type"] not in NON_SUBSTANTIVE:
            substantive.setdefault(row["case_id"], []).append(row)
    union = lambda signals, key: list(dict.fromkeys(v for row in signals for v in row[key].split(";") if v))
    files = {
        "signals.csv": [["SignalID", "CaseNumber", "ReceivedLocal", "Contact", "Category", "CallerState"]],
        "cases.csv": [["CaseNumber", "TraffickingType", "SexVenue", "LaborIndustry"]],
        "victims.csv": [["CaseNumber", "VictimNumber", "Gender", "AgeGroup", "Citizenship"]],
        "locations.csv": [["CaseNumber", "State", "County", "City", "Zip", "Lat", "Long"]],
    }
    for row in rows:
        files["signals.csv"].append([row["signal_id"], row["case_id"], row["received"].replace(" ", "T"),
                                     row["contact_method"], row["call_type"], row["caller_state"]])
    for case, signals in substantive.items():
        files["cases.csv"].append([case, *(" | ".join(union(signals, key)) for key in ("trafficking_type", "sex_venue", "labor_venue"))])
        # As many victims of each kind as the signal that reports most of them.
        lists = []
        for key in ("gender", "age", "citizenship"):
            most = Counter()
            for row in signals:
                most |= Counter(value for value in row[key].split(";") if value)
            lists.append(sorted(most.elements()))
        for number in range(max(map(len, lists), default=0)):
            files["victims.csv"].append([case, number + 1, *(values[number] if number < len(values) else "Unknown" for values in lists)])
        places = {}
        for row in signals:
            columns = [row[key].split(";") for key in ("state", "county", "city", "zip", "latitude", "longitude")]
            count = max(map(len, columns))
            if not row["state"]:
                continue
            if len(columns[0]) == 1:
                columns[0] *= count
            for place in zip(*(values + [""] * (count - len(values)) for values in columns)):
                places[place] = None
        for place in places:
            state, county, city, code, *coordinates = place
            # A spreadsheet removed the leading zeros.
            files["locations.csv"].append([case, state, county, city, code.lstrip("0"), *coordinates])
    for name, table in files.items():
        with open(HERE / "split" / name, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter="\t" if name == "locations.csv" else ",", lineterminator="\n").writerows(table)


# The layout of the Counter-Trafficking Data Collaborative's Global Dataset of April 14, 2020: the columns
# in its order. Before them is a column without a name, with the number of the row.
CTDC = """yearOfRegistration Datasource gender ageBroad majorityStatus majorityStatusAtExploit majorityEntry citizenship
meansOfControlDebtBondage meansOfControlTakesEarnings meansOfControlRestrictsFinancialAccess meansOfControlThreats
meansOfControlPsychologicalAbuse meansOfControlPhysicalAbuse meansOfControlSexualAbuse meansOfControlFalsePromises
meansOfControlPsychoactiveSubstances meansOfControlRestrictsMovement meansOfControlRestrictsMedicalCare
meansOfControlExcessiveWorkingHours meansOfControlUsesChildren meansOfControlThreatOfLawEnforcement
meansOfControlWithholdsNecessities meansOfControlWithholdsDocuments meansOfControlOther meansOfControlNotSpecified
meansOfControlConcatenated
isForcedLabour isSexualExploit isOtherExploit isSexAndLabour isForcedMarriage isForcedMilitary isOrganRemoval
isSlaveryAndPractices typeOfExploitConcatenated
typeOfLabourAgriculture typeOfLabourAquafarming typeOfLabourBegging typeOfLabourConstruction typeOfLabourDomesticWork
typeOfLabourHospitality typeOfLabourIllicitActivities typeOfLabourManufacturing typeOfLabourMiningOrDrilling
typeOfLabourPeddling typeOfLabourTransportation typeOfLabourOther typeOfLabourNotSpecified typeOfLabourConcatenated
typeOfSexProstitution typeOfSexPornography typeOfSexRemoteInteractiveServices typeOfSexPrivateSexualServices
typeOfSexConcatenated isAbduction RecruiterRelationship CountryOfExploitation
recruiterRelationIntimatePartner recruiterRelationFriend recruiterRelationFamily recruiterRelationOther
recruiterRelationUnknown""".split()
CTDC_AGES = ["0--8", "9--17", "18--20", "21--23", "24--26", "27--29", "30--38", "39--47", "48+"]


def spoken(flag):
    """The name of a flag in a concatenated column: typeOfLabourDomesticWork is "Domestic work"."""
    words = re.sub(r"^(meansOfControl|typeOfLabour|typeOfSex|recruiterRelation)", "", flag)
    return re.sub(r"(?<!^)([A-Z])", lambda letter: " " + letter[1].lower(), words)


def ctdc(seed=11, count=250):
    """Random rows in that layout. None is from the data set."""
    draw = random.Random(seed)
    table = [["", *CTDC]]
    for number in range(count):
        labor = draw.random() < 0.4
        # A hotline knows that somebody is under 18 more often than it knows the age.
        minor = draw.random() < 0.3
        age = draw.choice(CTDC_AGES[:2] if minor else CTDC_AGES[2:]) if draw.random() < 0.5 else "-99"
        majority = "Minor" if minor else "Adult"
        cells = dict.fromkeys(CTDC, "-99")

        def mark(prefix, share, concatenated):
            """Draws the flags of one kind, and lists them in the concatenated column."""
            flags = [name for name in CTDC if name.startswith(prefix) and not name.endswith("Concatenated")]
            known = [name for name in flags if not name.endswith(("NotSpecified", "Unknown"))]
            chosen = {name for name in known if draw.random() < share}
            for name in flags:
                # An unset flag is 0 if another one of its kind is set, otherwise -99.
                cells[name] = "1" if name in chosen else "0" if chosen else "-99"
            if not chosen and len(known) < len(flags):
                cells[flags[-1]] = "1"
            names = "; ".join(spoken(name) for name in flags if name in chosen)
            cells[concatenated] = names or ("Not specified" if cells[flags[-1]] == "1" else "-99")

        mark("meansOfControl", 0.1, "meansOfControlConcatenated")
        mark("typeOfLabour" if labor else "typeOfSex", 0.15, "typeOfLabourConcatenated" if labor else "typeOfSexConcatenated")
        mark("recruiterRelation", 0.15, "RecruiterRelationship")
        for name in ("isOtherExploit", "isSexAndLabour", "isForcedMarriage", "isForcedMilitary", "isOrganRemoval", "isSlaveryAndPractices"):
            cells[name] = "0"
        cells.update({
            "yearOfRegistration": str(draw.choice([2013, 2014, 2015, 2016, 2016])),
            "Datasource": draw.choice(["Hotline", "Hotline", "Case Management"]),
            "gender": draw.choice(["Female", "Female", "Female", "Male", "Transgender/NonConforming", "-99"]),
            "ageBroad": age, "majorityStatus": majority if age != "-99" or draw.random() < 0.5 else "-99",
            "citizenship": draw.choice(["US", "US", "MX", "PH", "00", "-99"]),
            "isForcedLabour": str(int(labor)), "isSexualExploit": str(int(not labor)),
            "typeOfExploitConcatenated": "Forced labour" if labor else "Sexual exploitation",
            "isAbduction": draw.choice(["-99", "-99", "0", "1"]), "CountryOfExploitation": "US",
        })
        table.append([number, *(cells[name] for name in CTDC)])
    with open(HERE / "ctdc" / "records.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(table)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        signals = list(csv.DictReader(file))
    report(signals)
    split(signals)
    ctdc()
