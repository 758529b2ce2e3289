#!/usr/bin/env python3
"""The bench table: pages under wrk, durable appends beside the raw engines, start, size, memory and
clean build. Prints a table and writes .build/bench.json.

Absolute figures depend on the machine; the ratios compare figures of the same run.

    scripts/bench.py [--skip-build | --registers | --loop | --pages | --pairing | --figures | --webhooks | --api]     run by `make bench`, which starts PostgreSQL
"""

import csv
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import bench_api
import bench_pages
import bench_figures
import bench_pairing
import bench_webhooks
from benching import BENCH, PROGRAM, SECONDS, Server, report, rows

PROBLEMS = 10_000
CLIENTS = 8


def problems_file(folder: str) -> str:
    path = f"{folder}/problems.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write("track,title,concerns,found_on,detail\n")
        for number in range(PROBLEMS):
            file.write(
                f"village,第 {number} 号问题：村东机井水泵损坏，麦田无法浇灌,"
                f"示例市/清河县/柳林镇/河湾村,2026-11-{number % 20 + 1:02},水泵电机烧毁，请予支持。\n"
            )
    return path


def pages(engine: str, database: str, folder: str) -> None:
    server = Server(database)
    try:
        if engine == "sqlite":
            report("start to /ready, empty database with the sample", server.start, "s")
            time.sleep(2)
            report("resident memory idle", server.memory(), "MiB")
        server.sign_up()
        began = time.monotonic()
        subprocess.run(
            [PROGRAM, "import", "problems", problems_file(folder), "--database", database],
            check=True,
            capture_output=True,
        )
        report(
            f"{engine}: import of {PROBLEMS:,} problems", PROBLEMS / (time.monotonic() - began), "/s"
        )
        problem = re.search(r'href="(/problems/\d+)"', server.get("/problems")).group(1)
        # The sequencer has written a checkpoint by now; the page of it is one row.
        routes = [
            ("constant route", "/health"),
            ("one row", "/ledger/checkpoint"),
            ("list of 50", "/problems"),
            ("problem page", problem),
        ]
        rates = {}
        for name, path in routes:
            rate, p95 = server.load(path, CLIENTS)
            rates[name] = rate
            report(f"{engine}: {name}, {CLIENTS} clients", rate, "/s")
            report(f"{engine}: {name}, 95th percentile", p95, "ms")
        share = rates["one row"] / rates["constant route"]
        report(f"{engine}: one row / constant route", share, "ratio")
        if engine == "sqlite":
            report("resident memory after load", server.memory(), "MiB")
    finally:
        server.stop()


HENAN = pathlib.Path("../shared/data/divisions_henan_2021.csv.gz")


def measured(*command: str) -> tuple[float, float]:
    """Seconds and peak MiB of a command that must succeed."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return time.monotonic() - began, usage.ru_maxrss / 1024


def enterprises_file(folder: str, counties: list[str], first: int, last: int) -> str:
    """Firms with plausible names, the same for every run."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    places, trades = "宏达 瑞丰 金源 华兴 恒通 鑫泰 远东 豫中 天成 博雅".split(), "食品 纺织 机械 建材 商贸 物流 科技 农业 化工 电子".split()
    path = f"{folder}/enterprises-{last}.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write("企业名称,县区,统一社会信用代码,行业,规模,是否重点企业,经营状态,联系人,职务,联系电话,曾用名\n")
        for number in range(first, last):
            code = f"91411000MA{number:07}"
            check = (31 - sum(alphabet.index(c) * 3**i for i, c in enumerate(code)) % 31) % 31
            county = counties[number % len(counties)]
            name = f"{county.split('/')[-1]}{places[number % 10]}{number:06}{trades[number // 10 % 10]}有限公司"
            file.write(
                f"{name},{county},{code}{alphabet[check]},C13,小型,否,正常,王{number},经理,"
                f"139{number:08},\n"
            )
    return path


def registers(engine: str, database: str, folder: str) -> None:
    """A whole province comes in, is written out and searched."""
    henan = f"{folder}/henan.csv"
    with open(henan, "wb") as file:
        file.write(gzip.decompress(HENAN.read_bytes()))
    key = ["--key-file", f"{folder}/{engine}.key"]
    options = ["--database", database, *key]
    subprocess.run([PROGRAM, "migrate", *options], check=True, capture_output=True)
    time_taken, memory = measured(PROGRAM, "import", "divisions", henan, *options)
    report(f"{engine}: import of Henan, 55,023 rows", time_taken, "s")
    report(f"{engine}: import of Henan, peak memory", memory, "MiB")
    with open(henan, encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    names = {row["code"]: row["name"] for row in rows}
    counties = [
        f"{names[row['parent_code']]}/{row['name']}"
        for row in rows
        if row["level"] == "3" and row["name"] != "市辖区"
    ]
    written = 0
    for count in (25_000, 100_000, 135_000):
        path = enterprises_file(folder, counties, written, count)
        written = count
        time_taken, memory = measured(PROGRAM, "import", "enterprises", path, *options)
        if count == 100_000:
            report(f"{engine}: import of 75,000 enterprises with contacts", time_taken, "s")
        if count < 135_000:
            out = f"{folder}/enterprises.xlsx"
            time_taken, memory = measured(PROGRAM, "export", "enterprises", out, *options)
            report(f"{engine}: export of {count:,} enterprises to xlsx", time_taken, "s")
            report(f"{engine}: export of {count:,} enterprises, peak memory", memory, "MiB")
    for line in subprocess.run(
        [BENCH, "search", engine, database],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines():
        row = json.loads(line)
        report(row["name"], row["value"], row["unit"])
    if engine == "sqlite":
        workbook(folder, options)


def workbook(folder: str, options: list[str]) -> None:
    """Reading a workbook beside openpyxl on the same file."""
    path = f"{folder}/units.xlsx"
    subprocess.run([PROGRAM, "export", "units", path, *options], check=True, capture_output=True)
    output = subprocess.run(
        [BENCH, "read", path], check=True, capture_output=True, text=True
    ).stdout
    ours = json.loads(output)
    report(ours["name"], ours["value"], ours["unit"])
    code = (
        "import sys, time, openpyxl; t = time.monotonic();"
        "b = openpyxl.load_workbook(sys.argv[1], read_only=True);"
        "n = sum(1 for _ in b.worksheets[0].iter_rows(values_only=True));"
        "print(time.monotonic() - t)"
    )
    theirs = float(
        subprocess.run(
            [".venv/bin/python", "-c", code, path], check=True, capture_output=True, text=True
        ).stdout
    )
    report("the same by openpyxl, read only", theirs, "s")
    report("openpyxl / ours", theirs / ours["value"], "ratio")


def clean_build() -> None:
    folder = ".build-bench"
    shutil.rmtree(folder, ignore_errors=True)
    # The copies of the packages are fetched beforehand: a build is measured, not a network.
    fetch = ["swift", "package", "--scratch-path", folder, "resolve"]
    subprocess.run(fetch, check=True, capture_output=True)
    began = time.monotonic()
    subprocess.run(
        ["swift", "build", "-c", "release", "--disable-index-store", "--product", "lianbang"]
        + ["--scratch-path", folder],
        check=True,
        capture_output=True,
    )
    report("clean release build", time.monotonic() - began, "s")
    shutil.rmtree(folder)


def both_registers(folder: str) -> None:
    if not HENAN.exists():
        print(f"registers: skipped, no {HENAN}")
        return
    registers("sqlite", f"sqlite:{folder}/registers.sqlite", folder)
    server = os.environ["LIANBANG_TEST_POSTGRES"]
    subprocess.run(["psql", server, "-q", "-c", "create schema registers"], check=True)
    registers("postgres", server + "&options=-csearch_path%3Dregisters", folder)


def engines(part: list[str]) -> None:
    """What the bench program says, as it says it."""
    with subprocess.Popen(
        [BENCH, *part], stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout:
            row = json.loads(line)
            report(row["name"], row["value"], row["unit"])
    if process.returncode:
        sys.exit(f"bench {' '.join(part)} failed")


def main() -> None:
    if "--loop" in sys.argv:
        return engines(["loop", "25000", "1000000"])
    if "--pages" in sys.argv:
        with tempfile.TemporaryDirectory(dir=".build") as folder:
            return bench_pages.run(folder)
    if "--pairing" in sys.argv:
        with tempfile.TemporaryDirectory(dir=".build") as folder:
            return bench_pairing.run(folder)
    if "--figures" in sys.argv:
        with tempfile.TemporaryDirectory(dir=".build") as folder:
            return bench_figures.run(folder)
    if "--api" in sys.argv:
        with tempfile.TemporaryDirectory(dir=".build") as folder:
            return bench_api.run(folder)
    if "--webhooks" in sys.argv:
        with tempfile.TemporaryDirectory(dir=".build") as folder:
            return bench_webhooks.run(folder)
    if "--registers" in sys.argv:
        with tempfile.TemporaryDirectory(dir=".build") as folder:
            return both_registers(folder)
    print(f"{os.cpu_count()} cores, {os.uname().release}; {CLIENTS} clients, {SECONDS} s a route")
    report("binary size", pathlib.Path(PROGRAM).stat().st_size / 2**20, "MiB")
    with tempfile.TemporaryDirectory(dir=".build") as folder:
        pages("sqlite", f"sqlite:{folder}/bench.sqlite", folder)
        server = os.environ["LIANBANG_TEST_POSTGRES"]
        psql = ["psql", server, "-q", "-c", "create schema pages"]
        subprocess.run(psql, check=True)
        pages("postgres", server + "&options=-csearch_path%3Dpages", folder)
        both_registers(folder)
        bench_pages.run(folder)
        bench_pairing.run(folder)
        bench_api.run(folder)
        bench_webhooks.run(folder)
    for part in [[], ["clock"], ["loop", "25000", "1000000"]]:
        engines(part)
    if "--skip-build" not in sys.argv:
        clean_build()
    pathlib.Path(".build/bench.json").write_text(
        json.dumps({"cores": os.cpu_count(), "rows": rows}, ensure_ascii=False, indent=2) + "\n"
    )
    print("written to .build/bench.json")


if __name__ == "__main__":
    main()
