"""The demo city by the program itself: the published figures come out, ledger and tables agree, it is served
(docs/demo.md)."""

import os
import re
import subprocess
import tempfile
import time

# DOMAIN.md 1 and 9.
PUBLISHED = {
    "Townships": 107,
    "Villages and communities": 2349,
    "Officials in all": 5400,
    "Enterprises": 3975,
    "Enterprises at the end of 2022": 3512,
    "Village problems found by the end of 2021": 4834,
    "of these put right": 4110,
    "Petitions among these": 407,
    "of these settled": 271,
    "Batches of petitions assigned": 9,
    "Enterprise problems by the end of 2022, legal ones left out": 4153,
    "of these completed": 4153,
    "of these found in 2022": 902,
    "Satisfaction of enterprises (‰)": 998,
}
ROLES = 11


def command(program: str, database: str, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [program, *words, "--database", database], capture_output=True, text=True, env=os.environ | {"LC_ALL": "C"}
    )


def full(program: str, folder: str) -> None:
    database = f"sqlite:{folder}/full.sqlite"
    began = time.monotonic()
    done = command(program, database, "demo", "--size", "full")
    assert done.returncode == 0, done.stdout + done.stderr
    print(f"the full demo city is there after {time.monotonic() - began:.1f} s", flush=True)
    found = {}
    for line in done.stdout.splitlines():
        name, number, _ = line.split("\t")
        found[name] = int(number)
    differing = {name: found.get(name) for name, number in PUBLISHED.items() if found.get(name) != number}
    assert not differing, differing
    for words in (["ledger", "verify"], ["ledger", "replay", "--check"]):
        done = command(program, database, *words)
        assert done.returncode == 0, f"{words}: {done.stdout[-500:]}{done.stderr}"
    again = command(program, database, "demo", "--size", "small")
    assert again.returncode == 1 and "not empty" in again.stderr, again.stderr


def served(program: str, folder: str) -> None:
    """From nothing to pages, with a link for one of each role."""
    began = time.monotonic()
    server = subprocess.Popen(
        [program, "serve", "--demo", "small", "--port", "0", "--log-level", "error"]
        + ["--database", f"sqlite:{folder}/small.sqlite"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    try:
        links = []
        for line in server.stdout:
            if re.search(r": http://\S+/invitation/", line):
                links.append(line)
            if len(links) == ROLES:
                break
        print(f"the small demo city is served after {time.monotonic() - began:.1f} s", flush=True)
        assert len(links) == ROLES, links
    finally:
        server.terminate()
        assert server.wait(15) == 0


def run(program: str) -> tuple[int, int]:
    passed = failed = 0
    for part in (served, full):
        with tempfile.TemporaryDirectory() as folder:
            try:
                part(program, folder)
                passed += 1
            except AssertionError as fault:
                failed += 1
                print(f"✗ demo {part.__name__}: {fault}", flush=True)
    return passed, failed
