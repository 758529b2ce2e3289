#!/usr/bin/env python3
"""`lianbang pair solve` beside OR-tools: on 200 random instances of both tracks the same status and the same
least cost; every answer passes the independent checker, every wrong one is refused by it.

    Tests/pairing/compare.py [--program PATH] [--instances N] [--seed N]      run by `make pairing`
"""

import argparse
import importlib.util
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from instances import instance
from peer import Peer
from wrong import variants

ROOT = pathlib.Path(__file__).parents[2]
# What a tenth of the instances is: large ones cost time, small ones find faults.
SIZES = [(0, 3), (3, 0), (2, 2), (4, 3), (10, 12), (30, 25), (60, 80), (120, 150), (200, 260), (300, 400)]


def checker():
    path = ROOT / "scripts/verify-pairing.py"
    spec = importlib.util.spec_from_file_location("verify_pairing", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.verify


class Program:
    def __init__(self, path: str):
        self.path = path

    def solve(self, stated: str) -> dict:
        command = [self.path, "pair", "solve", "-", "--json"]
        done = subprocess.run(command, input=stated, capture_output=True, text=True)
        assert done.returncode == 0, f"exit {done.returncode}: {done.stderr}"
        return json.loads(done.stdout)

    def accepts(self, stated: str, answer: dict) -> bool:
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(answer, file)
            file.flush()
            command = [self.path, "pair", "verify", "-", file.name]
            done = subprocess.run(command, input=stated, capture_output=True, text=True)
        assert done.returncode in (0, 1) and done.stdout + done.stderr, done
        return done.returncode == 0


def agree(made: dict, answer: dict) -> str | None:
    """Where OR-tools finds otherwise."""
    peer = Peer(made)
    least = peer.least_cost()
    if least is not None:
        found = answer.get("cost") if answer["status"] == "optimal" else answer["status"]
        return None if found == least else f"OR-tools: {least}, here: {found}"
    if answer["status"] != "infeasible":
        return f"OR-tools: infeasible, here: {answer['status']}"
    coverable = peer.coverable()
    found = answer["coverable"]
    return None if found == coverable else f"OR-tools covers {coverable}, here: {found}"


def is_refused(verify, made: dict, answer: dict) -> bool:
    try:
        verify(made, answer)
    except ValueError:
        return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=".build/release/lianbang")
    parser.add_argument("--instances", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    program, verify = Program(options.program), checker()
    counts = {"optimal": 0, "infeasible": 0, "minima": 0, "wrong": 0}
    faults, began = [], time.monotonic()
    for number in range(options.instances):
        seed = options.seed + number
        made = instance(seed, *SIZES[number // 2 % len(SIZES)])
        stated = json.dumps(made)
        answer = program.solve(stated)
        counts["minima" if answer.get("proof_officials") else answer["status"]] += 1
        if fault := agree(made, answer):
            faults.append(f"seed {seed}: {fault}")
        if is_refused(verify, made, answer):
            faults.append(f"seed {seed}: the answer does not pass verify-pairing.py")
        # Starting the program for each would take longer than all the rest.
        asked = number % 20 < 2
        if asked and not program.accepts(stated, answer):
            faults.append(f"seed {seed}: pair verify refuses the answer")
        for name, wrong in variants(made, answer, random.Random(seed)):
            counts["wrong"] += 1
            if not is_refused(verify, made, wrong):
                faults.append(f"seed {seed}: {name} passes verify-pairing.py")
            if asked and program.accepts(stated, wrong):
                faults.append(f"seed {seed}: {name} passes pair verify")
    for fault in faults:
        print(fault, file=sys.stderr)
    verdict = "all as OR-tools says" if not faults else f"{len(faults)} FAULTS"
    print(
        f"pairing: {counts['optimal']} optimal, {counts['infeasible']} with targets left over, "
        f"{counts['minima']} with minima that cannot be met; "
        f"{counts['wrong']} wrong answers tried; {verdict}; {time.monotonic() - began:.0f} s"
    )
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
