"""The interface for programs among 100,000 problems on SQLite: a single problem, a list of fifty, an answer that nothing changed
and a registration, each beside the constant route or raw durable inserts of the same run. What is worse than demanded is marked ✗."""

import base64
import json
import pathlib
import re
import secrets
import statistics
import subprocess
import tempfile
import urllib.request

from bench_pages import CLIENTS, MANY, THREADS, filled, verdict
from benching import BENCH, PROGRAM, SECONDS, Server, report

# Demanded share of the constant route's throughput, in percent.
SHARES = {"one problem": 25, "list of 50": 6, "304 by ETag": 60}
ROUNDS = 3
WRITERS = 32
LEAST_WRITES = 25


def wrk(server: Server, path: str, head: dict[str, str], lua: str = "") -> tuple[float, float, str]:
    """Requests a second, the 99th percentile in ms, and what wrk says."""
    script = pathlib.Path(tempfile.gettempdir()) / "lianbang-api.lua"
    script.write_text(
        lua + "\ndone = function(summary, latency)\n"
        '  print(string.format("P99 %f", latency:percentile(99) / 1000))\n'
        '  print(string.format("BAD %d", summary.errors.status))\n'
        "end\n"
    )
    clients = WRITERS if lua else CLIENTS
    words = ["wrk", f"-t{THREADS}", f"-c{clients}", f"-d{SECONDS}s", "-s", script]
    for name, value in head.items():
        words += ["-H", f"{name}: {value}"]
    text = subprocess.run(words + [server.address + path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"BAD 0", text), f"{path} was answered with errors:\n{text}"
    return (
        float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)),
        float(re.search(r"P99 ([\d.]+)", text).group(1)),
        text,
    )


def posts() -> str:
    """Every thread registers problems of its own, each once."""
    return """
counter = 0
setup = function(thread) thread:set("id", tostring(math.random(1, 1e9))) end
request = function()
  counter = counter + 1
  local body = string.format(
    '{"track":"village","title":"第 %d 号：%s","concerns":"示例市/清河县/柳林镇/河湾村","detail":"机井水泵损坏"}', counter, id)
  return wrk.format("POST", nil, nil, body)
end
"""


def run(folder: str) -> None:
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    # Nobody is slowed down: the limit is not what is measured.
    server = Server(
        filled(folder, MANY, key), sample=False, key=key,
        settings={"LIANBANG_REQUESTS_PER_MINUTE": "10000000"},
    )  # fmt: skip
    print(f"api: {CLIENTS} connections, {THREADS} threads of wrk, {WRITERS} to register; ✗ is worse than demanded")
    try:
        server.sign_up()
        token = subprocess.run(
            [PROGRAM, "account", "token", "make", "bench", "--name", "bench", "--database", server.database],
            check=True, capture_output=True, text=True, env=server.environment,
        ).stdout.strip()  # fmt: skip
        head = {"Authorization": f"Bearer {token}"}
        problem = re.search(r'href="(/problems/\d+)"', server.get("/problems")).group(1)
        one = "/api/v1" + problem

        def asked() -> list[tuple[str, str, dict[str, str]]]:
            # Afresh each time: a tag holds for a quarter of an hour.
            answer = urllib.request.Request(server.address + one, headers=head)
            tag = urllib.request.urlopen(answer).headers["ETag"]
            return [
                ("constant route", "/health", {}),
                ("one problem", one, head),
                ("list of 50", "/api/v1/problems", head),
                ("304 by ETag", one, head | {"If-None-Match": tag}),
            ]

        # In turn, and the middle of each: a machine is not equally fast for a minute.
        found: dict[str, list[tuple[float, float]]] = {}
        for _ in range(ROUNDS):
            for name, path, fields in asked():
                found.setdefault(name, []).append(wrk(server, path, fields)[:2])
        middle = {name: [statistics.median(values) for values in zip(*runs)] for name, runs in found.items()}
        for name, (rate, p99) in middle.items():
            report(f"api: {name}", rate, "/s")
            report(f"api: {name}, 99th percentile", p99, "ms")
        for name, wanted in SHARES.items():
            share = middle[name][0] / middle["constant route"][0] * 100
            verdict(f"api: {name} / constant route, %", share, "%", share >= wanted)
    finally:
        server.stop()
    registering(folder)


def registering(folder: str) -> None:
    """Beside what the engine can durably insert, one row a transaction, with as many writers."""
    server = Server(
        f"sqlite:{folder}/api.sqlite", settings={"LIANBANG_REQUESTS_PER_MINUTE": "10000000"}
    )
    try:
        server.sign_up()
        token = subprocess.run(
            [PROGRAM, "account", "token", "make", "bench", "--name", "bench", "--database", server.database],
            check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip
        head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        rate, p99, _ = wrk(server, "/api/v1/problems", head, posts())
        report("api: registering", rate, "/s")
        report("api: registering, 99th percentile", p99, "ms")
    finally:
        server.stop()
    said = subprocess.run([BENCH, "inserts", folder], check=True, capture_output=True, text=True).stdout
    raw = json.loads(said.splitlines()[-1])
    report(raw["name"], raw["value"], raw["unit"])
    share = rate / raw["value"] * 100
    verdict("api: registering / raw durable inserts, %", share, "%", share >= LEAST_WRITES)
