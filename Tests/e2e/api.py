"""The interface for programs under a stranger that knows only its OpenAPI document: schemathesis with all its checks, with a
token and without, and what no schema would send.

    walk.py --program .build/release/lianbang api
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from client import Client
from server import Server

# Business rules refuse with 422 what a schema allows: a closed problem is not closed again. 409 is a version or a
# key that somebody else was faster with. A body that fits the schema and is answered by 400 is a fault of ours.
CONFIG = """
[checks]
positive_data_acceptance.expected-statuses = [200, 201, 204, 304, 401, 403, 404, 406, 409, 422, 429]
"""
ROLES = ["office", "director", "system_administrator"]
EXAMPLES = 12
SEED = 20261122


def bad_bodies() -> list[tuple[str, bytes, set[int]]]:
    return [
        ("nothing", b"", {400}),
        ("half an object", b"{", {400}),
        ("a number", b"17", {400}),
        ("deep nesting", b"[" * 200_000, {400}),
        ("deep objects", b'{"a":' * 100_000, {400}),
        ("a huge number", b'{"title":' + b"9" * 400 + b"}", {400}),
        ("1e999", b'{"title":1e999}', {400}),
        ("not UTF-8", b'{"title":"\xff\xfe"}', {400}),
        ("UTF-16", '{"title":"a"}'.encode("utf-16"), {400}),
        ("a byte order mark", b'\xef\xbb\xbf{"title":"a"}', {400}),
        ("NUL", b'{"title":"\\u0000"}', {400}),
        ("half of a surrogate pair", b'{"title":"\\ud800"}', {400}),
        ("a name twice", b'{"title":"a","title":"b"}', {400}),
        ("two megabytes", b'{"title":"' + b"a" * (2 << 20) + b'"}', {413}),
    ]


class Checks:
    def __init__(self):
        self.met = self.unmet = 0

    def that(self, holds: bool, what: str) -> None:
        print(f"  {'✓' if holds else '✗'} {what}", flush=True)
        self.met += holds
        self.unmet += not holds


def token(server: Server, role: str) -> str:
    link = server.invite(role, "程序", *(["--unit", "清河县水利局"] if role == "handler" else []))
    client = Client(server)
    client.sign_up(link, f"api-{role.replace('_', '-')}")
    return server.command(
        "account", "token", "make", f"api-{role.replace('_', '-')}", "--name", "e2e", "--days", "1"
    ).strip()


def walk(server: Server, key: str | None, folder: str, what: str, checks: Checks) -> None:
    config = pathlib.Path(folder) / "schemathesis.toml"
    config.write_text(CONFIG)
    words = [
        pathlib.Path(sys.executable).parent / "schemathesis", "--config-file", config,
        "run", server.address + "/api/v1/openapi.json", "--checks", "all", "--max-examples", str(EXAMPLES),
        "--seed", str(SEED), "--no-color", "--continue-on-failure", "--suppress-health-check", "all",
        "--request-timeout", "20",
    ]  # fmt: skip
    if key:
        words += ["-H", f"Authorization: Bearer {key}"]
    began = time.monotonic()
    done = subprocess.run(words, capture_output=True, text=True, cwd=folder)
    seconds = time.monotonic() - began
    tested = re.search(r"(\d+) (?:test cases|generated)[^\n]*", done.stdout)
    checks.that(
        done.returncode == 0,
        f"schemathesis, {what}: {tested.group(0) if tested else 'no summary'}, {seconds:.0f} s",
    )
    if done.returncode:
        path = pathlib.Path(tempfile.gettempdir()) / f"schemathesis-{what.replace(' ', '-')}.txt"
        path.write_text(done.stdout + done.stderr)
        print("\n".join((done.stdout + done.stderr).splitlines()[-60:]))
        print(f"  the whole of it: {path}")


def bodies(server: Server, key: str, checks: Checks) -> None:
    client = Client(server)
    document = json.loads(client.ask("GET", "/api/v1/openapi.json").body)
    head = {"Authorization": f"Bearer {key}", "Content_Type": "application/json"}
    for what, body, expected in bad_bodies():
        answer = client.ask("POST", "/api/v1/problems", body, **head)
        cause = json.loads(answer.body).get("code") if answer.body else None
        checks.that(
            answer.status in expected and bool(cause), f"{what}: {answer.status} {cause}"
        )
    # Every place that takes JSON refuses what is none.
    wrong = []
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if "application/json" not in operation.get("requestBody", {}).get("content", {}):
                continue
            plain = re.sub(r"\{[^}]+\}", "1", path)
            answer = client.ask(method.upper(), "/api/v1" + plain, b"[" * 50_000, **head)
            if answer.status not in (400, 403, 404):
                wrong.append(f"{method} {path}: {answer.status}")
    checks.that(not wrong, f"deep nesting at every address {wrong}")


def run(program: str) -> tuple[int, int]:
    print("api: schemathesis and bad bodies", flush=True)
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        # As fast as it goes: the limit has a test of its own.
        os.environ["LIANBANG_REQUESTS_PER_MINUTE"] = "10000000"
        try:
            server = Server(program, folder, name="api")
        finally:
            del os.environ["LIANBANG_REQUESTS_PER_MINUTE"]
        try:
            keys = {role: token(server, role) for role in ROLES}
            bodies(server, keys["office"], checks)
            walk(server, None, folder, "without a token", checks)
            for role, key in keys.items():
                walk(server, key, folder, f"as {role}", checks)
            checks.that("request failed" not in server.log, "nothing unforeseen in the log")
            replayed = server.run("ledger", "replay", "--check")
            checks.that(replayed.returncode == 0, "the ledger's replay agrees with the tables")
        finally:
            server.stop()
    return checks.met, checks.unmet
