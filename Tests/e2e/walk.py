"""The browser test, in Chromium against the real program (make e2e). Parts in their order; each says what it found.

    walk.py --program .build/release/lianbang [--screenshots FOLDER] [PART …]

    loop      the closed loop of both tracks by five people
    plain     the same without a script
    drafts    registered with the line cut
    deeds     what the office does besides
    pairing   who is in charge of whom, and a visit
    figures   charts, the map and the wall
    speed     first paint on a slow phone
    pages     every page as each role sees it, with axe
    attacks   what somebody tries who means ill
    messages  mail, SMS and robots of groups
    webhooks  other systems that are told, well or not
    api       the interface for programs under schemathesis
    exchange  three instances over a hostile line, killed at random
"""

import argparse
import json
import pathlib
import shutil
import sys
import tempfile
import time
import traceback

from playwright.sync_api import sync_playwright

import api
import attacks
import deeds
import demo
import drafts
import exchange
import figures
import loop
import messages
import pages
import pairing
import speed
import webhooks
from people import Crew
from server import Server

PARTS = [
    "loop", "plain", "drafts", "deeds", "pairing", "figures", "speed", "pages", "attacks", "demo",
    "messages", "webhooks", "exchange", "api",
]

# Those that have a server of their own and no browser.
APART = {
    "attacks": lambda program: attacks.run(program, []), "demo": demo.run,
    "messages": messages.run, "webhooks": webhooks.run, "exchange": exchange.run, "api": api.run,
}


def ledger(server: Server) -> str:
    """The export gives every entry its place first."""
    lines = server.command("ledger", "export").splitlines()
    report = json.loads(server.command("ledger", "verify", "--json"))
    assert report["ok"] and report["pending"] == 0 and report["size"] == len(lines), report
    replay = server.run("ledger", "replay", "--check")
    assert replay.returncode == 0, replay.stdout + replay.stderr
    return f"ledger of {report['size']} entries verified and replayed"


def browse(crew: Crew, parts: list[str]) -> tuple[int, int]:
    """How many parts passed, and how many did not."""
    official, enterprise = crew.registers()
    works = {
        "loop": lambda: loop.run(crew, official, enterprise, scripted=True),
        "plain": lambda: loop.run(crew, official, enterprise, scripted=False),
        "drafts": lambda: drafts.run(crew, official),
        "deeds": lambda: deeds.run(crew),
        "pairing": lambda: pairing.run(crew),
        "figures": lambda: figures.run(crew),
        "speed": lambda: speed.run(crew),
        "pages": lambda: pages.run(crew, official, enterprise),
    }
    failed = 0
    for part in parts:
        began = time.monotonic()
        crew.faults.clear()
        try:
            works[part]()
            print(f"{part}: passed ({time.monotonic() - began:.0f} s)", flush=True)
        except Exception:
            failed += 1
            print(f"✗ {part} ({time.monotonic() - began:.0f} s)\n{traceback.format_exc()}", flush=True)
            for fault in crew.faults:
                print(f"  {fault}")
    print(ledger(crew.server))
    for what, count in crew.counts.items():
        print(f"  {what}: {count}")
    for line in pages.table(crew.server.address):
        print(line)
    return len(parts) - failed, failed


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--screenshots", type=pathlib.Path)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all where none is named")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    parts = options.parts or PARTS
    passed = failed = 0
    browsing = [part for part in parts if part not in APART]
    if browsing:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
            server = Server(options.program, folder)
            print(f"serving after {server.started:.2f} s")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            try:
                passed, failed = browse(Crew(browser, server, options.screenshots), browsing)
            finally:
                browser.close()
                server.stop()
    for part, run in APART.items():
        if part not in parts:
            continue
        try:
            met, unmet = run(options.program)
        except Exception:
            print(f"✗ {part}\n{traceback.format_exc()}", flush=True)
            met, unmet = 0, 1
        passed, failed = passed + met, failed + unmet
    # The form CI counts.
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
