#!/usr/bin/env python3
"""Scores a monthly sheet again from the counts it prints, without any program of ours (docs/sheets.md).

    lianbang sheet show ID --content --as USER > sheet.json
    scripts/check-sheet.py sheet.json [--digest HEX]

Says what does not follow, a line each, and exits with 1; else prints how many numbers were checked.
"""

import argparse
import hashlib
import json
import math
import sys
from fractions import Fraction


def half_up(value):
    """To the nearest whole number, halves up."""
    return math.floor(value + Fraction(1, 2))


def points(count, component, minimum):
    """In hundredths of a point; none where too few were counted."""
    if count["denominator"] < max(1, minimum):
        return None
    percent = Fraction(100 * count["numerator"], count["denominator"])
    part = (percent - component["zero"]) / (component["full"] - component["zero"])
    return half_up(10000 * min(max(part, 0), 1))


def wilson(count):
    """Bounds in hundredths of a percent (E. B. Wilson, 1927), 95 %."""
    successes, trials = count["numerator"], count["denominator"]
    if trials == 0:
        return None, None
    z, share = 1.959963984540054, successes / trials
    middle = share + z * z / (2 * trials)
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return 10000 * (middle - half) / scale, 10000 * (middle + half) / scale


def check(sheet):
    faults, numbers = [], 0
    formula = sheet["formula"]
    components = [c for c in formula["components"] if sheet["kind"] in c["kinds"]]

    def expect(what, printed, computed, near=0):
        nonlocal numbers
        numbers += 1
        same = printed == computed
        if near and None not in (printed, computed):
            same = abs(printed - computed) <= near
        if not same:
            faults.append(f"{what}: {printed} is printed, {computed} comes out")

    def check_counts(name, counts):
        for count, component in zip(counts, components, strict=True):
            what = f"{name}: {component['figure']}"
            expect(what, count.get("points"), points(count, component, sheet["minimum"]))
            low, high = wilson(count)
            expect(what + " low", count.get("low"), low, near=0.51)
            expect(what + " high", count.get("high"), high, near=0.51)

    for group in sheet["groups"]:
        scored = []
        for line in group["lines"]:
            check_counts(line["name"], line["counts"])
            parts = [
                (count["points"], component["weight"])
                for count, component in zip(line["counts"], components)
                if "points" in count
            ]
            weight = sum(w for _, w in parts)
            expect(line["name"] + " weight", line["weight"], weight)
            total = None
            if weight >= formula["least_weight"]:
                total = half_up(Fraction(sum(p * w for p, w in parts), weight))
                scored.append(total)
            expect(line["name"] + " points", line.get("points"), total)
            grade = None
            if total is not None:
                reached = [g for g, limit in zip("ABC", formula["grades"]) if total >= 100 * limit]
                grade = reached[0] if reached else "D"
            expect(line["name"] + " grade", line.get("grade"), grade)
        for line in group["lines"]:
            rank = None
            if len(scored) > 1 and "points" in line:
                rank = 1 + sum(other > line["points"] for other in scored)
            expect(line["name"] + " rank", line.get("rank"), rank)
    check_counts("total", sheet["totals"])
    return faults, numbers


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file")
    parser.add_argument("--digest", help="the one that was published")
    arguments = parser.parse_args()
    with open(arguments.file, "rb") as file:
        content = file.read()
    faults, numbers = check(json.loads(content))
    digest = hashlib.sha256(content).hexdigest()
    if arguments.digest and arguments.digest != digest:
        faults.append(f"digest: {digest} comes out")
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(1)
    print(f"{numbers} numbers follow from the counts; digest {digest}")


if __name__ == "__main__":
    main()
