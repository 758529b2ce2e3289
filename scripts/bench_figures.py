"""Figures of a million problems: the scale set is filled in, then asked (Sources/Bench/FigureBench.swift)."""

import base64
import json
import os
import secrets
import subprocess
import time

from benching import BENCH, PROGRAM, report

PROBLEMS = 1_000_000


def run(folder: str, problems: int = PROBLEMS) -> None:
    path = f"{folder}/scale.sqlite"
    environment = os.environ | {"LIANBANG_MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode()}
    began = time.monotonic()
    subprocess.run(
        [PROGRAM, "demo", "--problems", str(problems), "--database", f"sqlite:{path}"],
        check=True, stdout=subprocess.DEVNULL, env=environment)
    report(f"figures: {problems} problems filled in", time.monotonic() - began, "s")
    lines = subprocess.run(
        [BENCH, "figures", path], check=True, stdout=subprocess.PIPE, env=environment).stdout
    for line in lines.decode().splitlines():
        figure = json.loads(line)
        report(figure["name"], figure["value"], figure["unit"])
