#!/usr/bin/env python3
"""`lianbang stats` beside a count of its own: on a small demo city with late and rare things added, random figures as
of random instants by random dimensions are what is counted here from the exported ledger alone, without a line shared. A
forged row is caught by `stats --check` and by this; the figures docs/demo.md promises come out.

    Tests/figures/replay.py [--program PATH] [--questions N] [--seed N] [--database FILE]   run by `make figures`
"""

import argparse
import collections
import concurrent.futures
import datetime
import json
import pathlib
import random
import sys
import tempfile
import time

from city import City
from count import VERSIONS, count, lines, right
from entries import DAY, SHANGHAI, day_number, read_ledger, start_of
from lives import fold
from targets import Targets

ROOT = pathlib.Path(__file__).parents[2]
DIMENSIONS = "county township village unit track category difficulty tier origin day".split()


def written(instant: int) -> str:
    """2022-12-31T18:00:00.123+08:00"""
    local = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=instant + SHANGHAI)
    return local.isoformat(timespec="milliseconds") + "+08:00"


def date(day: int) -> str:
    return str(datetime.date(1970, 1, 1) + datetime.timedelta(days=day))


class Recount:
    """The ledger, and every figure from it."""

    def __init__(self, entries):
        self.lives = collections.defaultdict(list)
        for entry in entries:
            if entry.stream.startswith("problem/"):
                self.lives[entry.stream].append(entry)
        self.targets = Targets(entries)
        self.kept = {}

    def problems(self, until: int, known: int) -> list:
        if (until, known) not in self.kept:
            found = [fold(life, until, known) for life in self.lives.values()]
            self.kept = {(until, known): [problem for problem in found if problem]}
        return self.kept[until, known]

    def __call__(self, question: dict, until: int, known: int):
        if question["code"] in ("pairing_coverage", "contact_rate"):
            counted = self.targets.lines(question["code"], until)
        else:
            counted = (
                line
                for problem in self.problems(until, known)
                for line in lines(question["code"], problem, until)
            )
        return count(counted, question["period"], question["by"], question["only"])


def draw(dice: random.Random, instants: list[int], codes: list[str]) -> dict:
    # Most rare things are among the last.
    at = dice.choice(instants[dice.choice([0, -100]) :])
    as_of = dice.choice([
        written(at), written(at + dice.choice([-1000, -1, 1, 1000])), date(day_number(at)),
        date(day_number(at) - 1), date(day_number(dice.randrange(instants[0], instants[-1]))),
        date(day_number(instants[0]) - 3), None,
    ])  # fmt: skip
    first = day_number(dice.choice(instants)) - dice.randrange(3)
    return {
        "code": dice.choice(codes),
        "as_of": as_of,
        "known": dice.choice(["then", "then", "now"]),
        "period": dice.choice([None, (first, first + dice.choice([0, 6, 30, 365]))]),
        "only": dice.choice([{}, {}, {"track": "enterprise"}, {"track": "village"}]),
        "by": dice.choice(DIMENSIONS),
    }


def asked(question: dict) -> list[str]:
    words = ["stats", question["code"], "--json", "--known", question["known"], "--by", question["by"]]
    if question["as_of"]:
        words += ["--as-of", question["as_of"]]
    if question["period"]:
        words += ["--from", date(question["period"][0]), "--to", date(question["period"][1])]
    for name, value in question["only"].items():
        words += ["--" + name, value]
    return words


def instant(text: str) -> int:
    moment = datetime.datetime.fromisoformat(text)
    return round(moment.timestamp() * 1000)


def differences(name: str, answer: dict, tally, definition: dict) -> list[str]:
    """Where one line of the answer is not as counted here."""
    measure = definition["measure"]
    expected = {"denominator": tally.denominator}
    if measure == "percent":
        expected["numerator"] = tally.numerator
        rate = 100 * tally.numerator / tally.denominator if tally.denominator else None
        expected["percent"] = rate
    if measure == "hours":
        expected |= {
            "median_hours": tally.quantile(5), "p90_hours": tally.quantile(9), "waiting": tally.waiting,
        }  # fmt: skip
    faults = []
    for key, value in expected.items():
        said = answer.get(key)
        near = isinstance(value, float) and said is not None and abs(said - value) < 1e-9
        if said != value and not near:
            faults.append(f"{name}: {key} is {said}, recounted {value}")
    if measure == "shares" and {k: n for k, n in answer["shares"].items() if n} != tally.shares:
        faults.append(f"{name}: shares are {answer['shares']}, recounted {tally.shares}")
    for part, counted, stated in (
        ("excluded", tally.excluded, definition["exclusions"]), ("beside", tally.beside, definition["beside"]),
    ):  # fmt: skip
        said = {one["code"]: one["count"] for one in answer[part]}
        due = {one["code"]: counted.get(one["code"], 0) for one in stated}
        if unknown := counted.keys() - due.keys():
            faults.append(f"{name}: the definition has no {part} {unknown}")
        if said != due:
            faults.append(f"{name}: {part} are {said}, recounted {due}")
    return faults


def compare(question: dict, answer: dict, recount: Recount, end: int) -> list[str]:
    until = instant(answer["as_of"])
    if question["as_of"]:
        wanted = question["as_of"]
        wanted = instant(wanted) if "T" in wanted else start_of(wanted) + DAY
        # Nothing is known of time to come: what is asked of it is told as of now.
        if until != wanted and not end < until < wanted:
            return [f"as of {answer['as_of']}"]
    known = instant(answer["known_on"]) if question["known"] == "now" else until
    if known < until or instant(answer["known_on"]) != known:
        return [f"known on {answer['known_on']}, as of {answer['as_of']}"]
    total, groups = recount(question, until, known)
    definition = answer["definition"]
    faults = differences("total", answer["total"], total, definition)
    said = {group["key"]: group for group in answer["groups"]}
    for key in sorted(said.keys() | groups.keys()):
        if key not in said:
            faults.append(f"{key}: is not there")
        elif key not in groups:
            faults.append(f"{key}: is there")
        else:
            faults += differences(key or "(none)", said[key], groups[key], definition)
    return faults


# What docs/demo.md promises of the small city: question, what of the total, how much.
PUBLISHED = [
    ("resolution_rate", "2021-12-31", None, "village", "denominator", 80),
    ("resolution_rate", "2021-12-31", None, "village", "numerator", 68),
    ("completion_rate", "2022-12-31", None, "enterprise", "denominator", 69),
    ("completion_rate", "2022-12-31", None, "enterprise", "numerator", 69),
    ("completion_rate", "2022-12-31", ("2022-01-01", "2022-12-31"), "enterprise", "numerator", 15),
]


def published(recount: Recount) -> list[str]:
    faults = []
    for code, day, period, track, what, promised in PUBLISHED:
        until = start_of(day) + DAY
        question = {"code": code, "by": "category", "only": {"track": track}}
        question["period"] = period and tuple(day_number(start_of(one)) for one in period)
        total, _ = recount(question, until, until)
        if getattr(total, what) != promised:
            faults.append(f"{code} of {day}: {what} {getattr(total, what)}, docs/demo.md says {promised}")
    question = {"code": "satisfaction", "by": "track", "only": {"track": "enterprise"}, "period": None}
    rated, _ = recount(question, start_of("2023-01-01"), start_of("2023-01-01"))
    if round(1000 * rated.numerator / rated.denominator) != 984:
        faults.append(f"satisfaction: {rated.numerator} of {rated.denominator}, docs/demo.md says 98.4 %")
    until, village, batches = start_of("2022-01-01"), [], set()
    for life in recount.lives.values():
        problem = fold(life, until, until)
        if problem and problem.track == "village":
            village.append(problem)
            assigned = [entry.at for entry in life if entry.kind == "problem.assigned"]
            if problem.origin == "petition" and assigned:
                batches.add(day_number(assigned[0]))
    petitions = [one for one in village if one.category == "petitions" and one.origin == "petition"]
    settled = [one for one in petitions if one.round and right(one.round)]
    found = (len({one.category for one in village}), len(petitions), len(batches), len(settled))
    if found != (5, 12, 9, 8):
        faults.append(f"categories, petitions, their batches, settled: {found}, docs/demo.md says (5, 12, 9, 8)")
    return faults


# Rows of problem_spans that say otherwise than the ledger, and the figure that must show it.
FORGED = {
    "resolution_rate": "set closed_at = null where closed_at is not null and to_at is null",
    "on_time_rate": "set due_at = due_at + 5184000000 where claimed_at > due_at",
    "tier_flow": "set tier = 'paired' where tier = 'city_office' and to_at is null",
}


def forge(city: City, recount: Recount) -> list[str]:
    """A forged row is caught by the program's own check, and by this one."""
    faults = []
    for code, change in {"found_count": None, **FORGED}.items():
        words = ["stats", code, "--by", "county", "--json"]
        there = city
        if change:
            there = city.copy()
            first = f"select problem_id from problem_spans where {change.split('where')[1]} limit 1"
            there.write(f"update problem_spans {change} and problem_id = ({first})")
        checked = there.run(*words, "--check")
        if checked.returncode != bool(change):
            faults.append(f"{code} --check: exit {checked.returncode}, forged: {bool(change)}")
        question = {"code": code, "as_of": None, "known": "then", "period": None, "only": {}, "by": "county"}
        differs = bool(compare(question, json.loads(there(*words)), recount, 0))
        if differs != bool(change):
            faults.append(f"{code}: recounted {'otherwise' if differs else 'the same'}, forged: {bool(change)}")
    return faults


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=".build/release/lianbang")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--database", help="A city that is there already, in place of a new one.")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        city = City(options.program, ROOT, pathlib.Path(folder), options.database)
        faults, told = run(city, options)
    for fault in faults:
        print(fault, file=sys.stderr)
    verdict = "all as recounted" if not faults else f"{len(faults)} FAULTS"
    print(f"figures: seed {options.seed}; {told}; {verdict}; {time.monotonic() - began:.0f} s")
    sys.exit(bool(faults))


def run(city: City, options) -> tuple[list[str], str]:
    stated = json.loads((ROOT / "Resources/definitions.json").read_text())["figures"]
    faults = [
        f"{figure['code']} is of version {figure['version']}: recount it here by its new words"
        for figure in stated
        if VERSIONS.get(figure["code"]) != figure["version"]
    ]
    codes = [figure["code"] for figure in stated if figure["code"] in VERSIONS]
    entries = read_ledger(city("ledger", "export").splitlines())
    recount = Recount(entries)
    end = entries[-1].at
    happened = ("problem/", "pairing/", "visit/")
    instants = sorted({entry.at for entry in entries if entry.stream.startswith(happened)})
    dice = random.Random(options.seed)
    questions = [draw(dice, instants, codes) for _ in range(options.questions)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda question: json.loads(city(*asked(question))), questions))
    different = 0
    for question, answer in zip(questions, answers):
        if found := compare(question, answer, recount, end):
            different += 1
            faults += [" ".join(asked(question)) + ": " + fault for fault in found]
    faults += published(recount) + forge(city, recount)
    told = f"{len(recount.lives)} problems, {len(questions)} questions, {different} different"
    return faults, told


if __name__ == "__main__":
    main()
