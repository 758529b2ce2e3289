"""The solver beside OR-tools' flow of least cost, on the same instances in the same run: on both sides the
time from arrays of numbers to the answer, building the network included, the best of three. And the whole of
`lianbang pair solve`, from the file to the printed and checked answer."""

import json
import os
import random
import subprocess
import time

from benching import BENCH, PROGRAM, report

PEER = [".venv/bin/python", "scripts/pairing_peer.py"]


def enterprises(officials: int, targets: int, each: int, counties: int) -> dict:
    """Officials of one or two firms, most of their county; near costs little, the own field less."""
    chance = random.Random(1)
    home = [chance.randrange(counties) for _ in range(officials)]
    field = [chance.randrange(15) for _ in range(officials)]
    locals_ = [[o for o in range(officials) if home[o] == county] for county in range(counties)]
    arcs = []
    for target in range(targets):
        county, need = chance.randrange(counties), chance.randrange(15)
        near = chance.sample(locals_[county], min(each * 4 // 5, len(locals_[county])))
        for official in {*near, *(chance.randrange(officials) for _ in range(each - len(near)))}:
            far, strange = 300 * (home[official] != county), 100 * (field[official] != need)
            arcs.append([official, target, far + strange + chance.randrange(40)])
    return {
        "officials": [{"id": i, "capacity": 2} for i in range(officials)],
        "targets": [{"id": i} for i in range(targets)],
        "arcs": arcs,
        "load_cost": [0, 50, 120],
    }


def villages(officials: int, targets: int, each: int) -> dict:
    """Villages in a row, officials beside them; some have to have exactly one or exactly three."""
    chance = random.Random(2)
    kinds = [(3, 3)] * 3 + [(1, 1)] * 25 + [(1, 0)] * 245
    arcs = []
    for official in range(officials):
        centre = official * targets // officials
        for target in {round(chance.gauss(centre, each)) % targets for _ in range(each)}:
            arcs.append([official, target, abs(target - centre) + chance.randrange(60)])
    return {
        "officials": [
            {"id": i, "capacity": most, "min": least}
            for i, (most, least) in enumerate(chance.choice(kinds) for _ in range(officials))
        ],
        "targets": [{"id": i} for i in range(targets)],
        "arcs": arcs,
        "load_cost": [0, 80, 160],
    }


def said(*command: str) -> dict:
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def compare(name: str, instance: dict, folder: str) -> None:
    path = f"{folder}/pairing.json"
    with open(path, "w", encoding="utf-8") as file:
        json.dump(instance, file)
    report(f"{name}: possible pairs", len(instance["arcs"]), "")
    ours, theirs = said(BENCH, "solve", path), said(*PEER, path)
    assert ours["cost"] == theirs["cost"], f"{name}: {ours['cost']} and {theirs['cost']}"
    report(f"{name}: solve", ours["solve"], "s")
    report(f"{name}: the same by OR-tools", theirs["solve"], "s")
    ratio = theirs["solve"] / ours["solve"]
    report(f"{name}: OR-tools / ours{'' if ratio >= 1 else ' ✗'}", ratio, "ratio")
    report(f"{name}: check of the certificate", ours["check"] * 1000, "ms")
    began = time.monotonic()
    process = subprocess.Popen(
        [PROGRAM, "pair", "solve", path, "--json"], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, name
    report(f"{name}: pair solve, all of it", time.monotonic() - began, "s")
    report(f"{name}: pair solve, peak memory", usage.ru_maxrss / 1024, "MiB")


def run(folder: str) -> None:
    compare("Xuchang's enterprises", enterprises(2_662, 3_975, 76, 9), folder)
    compare("Xuchang's villages", villages(2_737, 2_456, 120), folder)
    compare("Henan's enterprises", enterprises(76_000, 135_000, 10, 157), folder)
    # The planner: registers, candidates, costs, and the repair after a change.
    lines = subprocess.run([BENCH, "pairing"], check=True, stdout=subprocess.PIPE).stdout
    for line in lines.decode().splitlines():
        figure = json.loads(line)
        report(figure["name"], figure["value"], figure["unit"])
