#!/usr/bin/env python3
"""Repeats the draw of a look-back sample without Lianbang (docs/look-back.md).

    scripts/draw-look-back.py --root HEX --count N [--hash sm3] < numbers.txt
    lianbang ledger export | scripts/draw-look-back.py --export --size SIZE \\
        --from 2026-11-01 --to 2026-11-30 [--track village] --root HEX --percent 10

Prints the numbers that are drawn, a line each, in the order of rank; on standard error how many they
were drawn from and the digest of these.
"""
import argparse, base64, datetime, hashlib, json, sys

parser = argparse.ArgumentParser(description="Repeat the draw of a look-back sample.")
parser.add_argument("--root", required=True, help="the ledger's root, hexadecimal")
share = parser.add_mutually_exclusive_group(required=True)
share.add_argument("--count", type=int)
share.add_argument("--percent", type=int)
parser.add_argument("--hash", choices=["sha256", "sm3"], default="sha256")
parser.add_argument("--export", action="store_true", help="read a ledger's export, not numbers")
parser.add_argument("--size", type=int, help="how many entries the root is of")
parser.add_argument("--from", dest="first", help="the period's first day")
parser.add_argument("--to", dest="last", help="its last day")
parser.add_argument("--track", help="only this track")
options = parser.parse_args()

def milliseconds(day, days):
    """00:00 in Shanghai, UTC+8, so many days after a day."""
    zone = datetime.timezone(datetime.timedelta(hours=8))
    start = datetime.datetime.fromisoformat(day).replace(tzinfo=zone)
    return int((start + datetime.timedelta(days=days)).timestamp() * 1000)

def closed():
    """The numbers of the problems that were closed in the period and still were at its end."""
    start, end = milliseconds(options.first, 0), milliseconds(options.last, 1)
    registered, history = {}, {}
    for line in sys.stdin:
        entry = json.loads(base64.b64decode(json.loads(line)["bytes"]))
        if json.loads(line)["leaf_index"] >= options.size or entry["at"] >= end:
            continue
        if entry["kind"] == "problem.registered":
            registered[entry["stream"]] = entry["payload"]
        elif entry["kind"] in (
            "problem.closed", "problem.redone", "problem.assigned", "problem.reopened"
        ):
            history.setdefault(entry["stream"], []).append((entry["version"], entry))
    for stream, entries in history.items():
        last, problem = max(entries, key=lambda pair: pair[0])[1], registered[stream]
        if last["kind"] == "problem.closed" and last["at"] >= start:
            if options.track in (None, problem["track"]):
                yield problem["number"]

digest = lambda data: hashlib.new(options.hash, data).digest()
numbers = sorted(closed() if options.export else (int(line) for line in sys.stdin))
root = bytes.fromhex(options.root)
count = options.count if options.percent is None else -(-len(numbers) * options.percent // 100)
ranked = sorted(numbers, key=lambda number: digest(root + b"\0" + str(number).encode()))
print(*ranked[:count], sep="\n")
population = "".join(f"{number}\n" for number in numbers)
print(len(numbers), digest(population.encode()).hex(), file=sys.stderr)
