#!/usr/bin/env python3
"""`lianbang stats` beside a count of its own: on a small demo city with some late and rare things added, random figures as
of random instants, by random dimensions, are the same as counted here from the exported ledger alone; so are
`stats --check`'s verdicts on the tables as they are and on forged ones.

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
from count import VERSIONS, count, lines
from lives import DAY, SHANGHAI, day_number, fold, read_ledger, start_of
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
        self.entries = entries
        self.lives = collections.defaultdict(list)
        for entry in entries:
            if entry.stream.startswith("problem/"):
                self.lives[entry.stream].append(entry)
        for life in self.lives.values():
            life.sort(key=lambda entry: entry.version)
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


def draw(dice: random.Random, instants: list[int], codes: list[str], now: int) -> dict:
    at = dice.choice(instants)
    as_of = dice.choice([
        written(at), written(at + dice.choice([-1000, -1, 1, 1000])), date(day_number(at)),
        date(day_number(dice.randrange(instants[0], instants[-1]))), date(day_number(instants[0]) - 3), None,
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
        if until != min(wanted, until if wanted > end else wanted):
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
    instants = sorted({entry.at for entry in entries if entry.stream.startswith("problem/")})
    dice = random.Random(options.seed)
    questions = [draw(dice, instants, codes, end) for _ in range(options.questions)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda question: json.loads(city(*asked(question))), questions))
    different = 0
    for question, answer in zip(questions, answers):
        if found := compare(question, answer, recount, end):
            different += 1
            faults += [" ".join(asked(question)) + ": " + fault for fault in found]
    told = f"{len(recount.lives)} problems, {len(questions)} questions, {different} different"
    return faults, told


if __name__ == "__main__":
    main()
