"""Three instances of the real program, county, city and province, linked through proxies that drop, cut, delay, double and
reorder requests, while either side is killed at random (docs/exchange.md). In the end nothing is lost or doubled.

    exchange.py --program .build/release/lianbang [--seed N]

The city is on PostgreSQL where $LIANBANG_TEST_POSTGRES names a server.
"""

import argparse
import base64
import collections
import hashlib
import http.client
import http.server
import json
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import threading
import time

from client import Client
from server import Server

NAMES = ["county", "city", "province"]
PLACE = "示例市/清河县/柳林镇/河湾村"


class Proxy:
    """What the others reach an instance by. Of a hundred requests `hostility` meet with something."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.lock = threading.Lock()
        self.hostility = 0
        self.target = ""
        self.late: list[tuple] = []
        self.fates: collections.Counter[str] = collections.Counter()
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {
                    name: value
                    for name, value in self.headers.items()
                    if name.lower() in ("authorization", "content-type")
                }
                answer = proxy.carry((self.path, body, headers))
                self.close_connection = True
                if answer is None:
                    return
                status, fields, data = answer
                self.send_response(status)
                self.send_header("Content-Type", fields)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def carry(self, request: tuple):
        with self.lock:
            fate = "carry"
            if self.random.randrange(100) < self.hostility:
                fate = self.random.choice(["drop", "cut", "delay", "double", "hold", "reorder"])
            wait = self.random.uniform(0.1, 1.2)
            self.fates[fate] += 1
            if fate == "hold":
                self.late.append(request)
        match fate:
            case "drop" | "hold":
                return None
            case "cut":
                self.forward(request)
                return None
            case "delay":
                time.sleep(wait)
            case "double":
                self.forward(request)
            case "reorder":
                self.deliver_late()
        return self.forward(request)

    def deliver_late(self) -> None:
        with self.lock:
            late, self.late = self.late, []
            self.random.shuffle(late)
        for request in late:
            self.forward(request)

    def heal(self) -> None:
        self.hostility = 0
        self.deliver_late()

    def forward(self, request: tuple):
        """Nothing where the instance is dead."""
        path, body, headers = request
        connection = http.client.HTTPConnection(self.target, timeout=15)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Content-Type", ""), answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


class Instance:
    def __init__(self, program: str, folder: str, name: str, seed: int, postgres: str | None):
        self.program, self.folder, self.name = program, folder, name
        self.proxy = Proxy(seed)
        self.database = None
        self.schema = None
        if postgres:
            self.postgres, self.schema = postgres, f"e2e_{os.getpid()}_{name}"
            subprocess.run(["psql", postgres, "-q", "-c", f"create schema {self.schema}"], check=True)
            self.database = f"{postgres}&options=-csearch_path%3D{self.schema}"
        self.config = pathlib.Path(folder) / f"{name}.conf"
        self.config.write_text(
            f"outgoing-allowed = 127.0.0.1\nurl = {self.proxy.url}\nkey-file = {folder}/{name}.key\n"
        )
        self.serve()
        link = self.command(
            "account", "invite", "--name", "办公室", "--role", "office", "--url", self.server.address
        ).strip()
        Client(self.server).sign_up(link, "office")

    def serve(self) -> None:
        self.server = Server(
            self.program, self.folder, "--config", str(self.config), "--log-level", "notice",
            name=self.name, database=self.database,
        )  # fmt: skip
        self.proxy.target = self.server.address.removeprefix("http://")

    def kill(self) -> None:
        """The server ends without a word, and another begins on what is in its database."""
        self.server.process.send_signal(signal.SIGKILL)
        self.server.process.wait(10)
        self.serve()

    def run(self, *words: str) -> subprocess.CompletedProcess:
        return self.server.run(*words, "--config", str(self.config))

    def command(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, f"{self.name} {words}: {done.stdout}{done.stderr}"
        return done.stdout

    def act(self, problem: str, action: str, *words: str) -> bool:
        return self.run("problem", "act", problem, action, "--as", "office", *words).returncode == 0

    def problems(self, state: str) -> list[dict]:
        return json.loads(self.command("problem", "list", "--as", "office", "--state", state))["problems"]

    def status(self) -> list[dict]:
        done = self.run("exchange", "status", "--json")
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    def link(self, name: str) -> dict:
        return next(link for link in self.status() if link["name"] == name)

    def entries(self) -> list[dict]:
        """Every entry of the ledger, with its leaf's hash."""
        entries = []
        for line in self.command("ledger", "export").splitlines():
            data = base64.b64decode(json.loads(line)["bytes"])
            entries.append(json.loads(data) | {"leaf": hashlib.sha256(b"\0" + data).hexdigest()})
        return entries

    def stop(self) -> None:
        if self.server.process.poll() is None:
            self.server.process.kill()
            self.server.process.wait(10)
        self.proxy.http.shutdown()
        if self.schema:
            subprocess.run(
                ["psql", self.postgres, "-q", "-c", f"drop schema {self.schema} cascade"],
                check=False, capture_output=True,
            )  # fmt: skip


class World:
    def __init__(self, program: str, folder: str, seed: int):
        self.random = random.Random(seed)
        postgres = os.environ.get("LIANBANG_TEST_POSTGRES")
        self.all: dict[str, Instance] = {}
        try:
            for number, name in enumerate(NAMES):
                database = postgres if name == "city" else None
                self.all[name] = Instance(program, folder, name, seed + number, database)
        except BaseException:
            self.stop()
            raise
        self.registered = 0

    def __getitem__(self, name: str) -> Instance:
        return self.all[name]

    def hostile(self, percent: int) -> None:
        for instance in self.all.values():
            instance.proxy.hostility = percent

    def stop(self) -> None:
        for instance in self.all.values():
            instance.stop()


def join(world: World) -> None:
    """The same command again and again, until its answer comes through."""
    for lower, upper in [("county", "city"), ("city", "province")]:
        code = world[upper].command("exchange", "offer", lower, "--role", "upper").strip()
        words = ["exchange", "join", code, "--name", upper]
        for _ in range(30):
            if world[lower].run(*words).returncode == 0:
                break
        else:
            raise AssertionError(f"{lower} does not get through to {upper}")
        assert world[lower].link(upper)["role"] == "lower"
        assert world[upper].link(lower)["peer"]["origin"] != world[lower].link(upper)["peer"]["origin"]


def deed(world: World) -> None:
    """Somebody somewhere does something."""
    county, city, province = (world[name] for name in NAMES)
    match world.random.randrange(7):
        case 0 | 1 | 2:
            world.registered += 1
            done = county.command(
                "problem", "register", "--track", "village", "--title", f"机井 {world.registered}",
                "--concerns", PLACE, "--as", "office",
            )  # fmt: skip
            problem = json.loads(done)["id"]
            assert county.act(problem, "refer", "--lane", "superior", "--to", "city", "--text", "请市里协调")
        case 3 if waiting := county.problems("referred"):
            county.act(world.random.choice(waiting)["id"], "answer_referral", "--text", "本县自行解决")
        case 4 | 5 if arrived := city.problems("registered"):
            chosen = world.random.choice(arrived)["id"]
            if world.random.random() < 0.5:
                city.act(chosen, "refer", "--lane", "superior", "--to", "province", "--text", "涉及省里")
            else:
                city.act(chosen, "decline", "--text", "不属职责范围", "--instead", "请向法院起诉")
        case 6 if arrived := province.problems("registered"):
            chosen = world.random.choice(arrived)["id"]
            province.act(chosen, "decline", "--text", "已纳入规划", "--instead", "按规划实施")


def settle(world: World, seconds: float) -> None:
    """Until nobody has anything to say; the servers see to it, and a hand helps where one waits for its next try."""
    end = time.monotonic() + seconds
    quiet = 0
    while quiet < 2:
        assert time.monotonic() < end, {name: world[name].status() for name in NAMES}
        for instance in world.all.values():
            instance.command("exchange", "send")
        waiting = sum(link["unconfirmed"] for instance in world.all.values() for link in instance.status())
        quiet = quiet + 1 if waiting == 0 else 0


def by_itself(world: World) -> None:
    """A running server tells within seconds, and nobody helps."""
    began = time.monotonic()
    county, city = world["county"], world["city"]
    before = city.link("county")["received"]
    done = county.command(
        "problem", "register", "--track", "village", "--title", "最后一件", "--concerns", PLACE, "--as", "office"
    )
    assert county.act(json.loads(done)["id"], "refer", "--lane", "superior", "--to", "city", "--text", "请协调")
    while city.link("county")["received"] == before or county.link("city")["unconfirmed"]:
        assert time.monotonic() - began < 15, county.status()
        time.sleep(0.2)


def compare(world: World) -> int:
    """What one side's ledger says it sent is what the other's says it received, each once and in its order; each handing
    up became one problem, and each answer one answer."""
    entries = {name: instance.entries() for name, instance in world.all.items()}
    streams = {name: collections.defaultdict(list) for name in entries}
    for name, lines in entries.items():
        for entry in lines:
            streams[name][entry["stream"]].append(entry)
    total = 0
    for sender, receiver in [("county", "city"), ("city", "county"), ("city", "province"), ("province", "city")]:
        out, into = world[sender].link(receiver), world[receiver].link(sender)
        assert out["state"] == into["state"] == "open", (out, into)
        assert out["proofs_hold"] and into["proofs_hold"] and not out["alarming"]
        assert out["unconfirmed"] == 0 and out["waiting"] == []
        assert out["sent"] == out["confirmed"] == into["received"], (out, into)
        sent = streams[sender][f"exchange/{out['id']}"]
        received = streams[receiver][f"exchange_received/{into['id']}"]
        assert [entry["version"] for entry in sent] == list(range(1, out["sent"] + 1))
        assert [entry["leaf"] for entry in sent] == [entry["payload"]["leaf_hash"] for entry in received]
        assert not into["not_applied"] or {line["effect"] for line in into["not_applied"]} == {"late"}
        total += len(sent)
        handed = [entry["version"] for entry in sent if entry["kind"] == "exchange.handed_up"]
        registered = [
            entry["payload"]["handing"]["sequence"]
            for entry in entries[receiver]
            if entry["kind"] == "problem.registered" and entry["payload"].get("handing")
        ]
        if out["role"] == "lower":
            assert sorted(registered) == handed, (registered, handed)
        # An answer is taken once, unless the lower side had ended the referral itself.
        answers = [entry["version"] for entry in sent if entry["kind"] == "exchange.answered"]
        taken = [
            entry for entry in received
            if entry["kind"] == "exchange.received" and entry["payload"]["kind"] == "exchange.answered"
        ]  # fmt: skip
        assert [entry["version"] for entry in taken] == answers
        problems = [entry["payload"]["problem"] for entry in taken if entry["payload"]["effect"] == "applied"]
        for problem, count in collections.Counter(problems).items():
            told = [
                entry for entry in streams[receiver][f"problem/{problem}"]
                if entry["kind"] == "problem.referral_answered"
            ]  # fmt: skip
            assert len(told) == count, (problem, told)
    return total


def ledgers(world: World) -> None:
    for name, instance in world.all.items():
        # Gives every entry its place first.
        instance.command("ledger", "export")
        report = json.loads(instance.command("ledger", "verify", "--json"))
        assert report["ok"] and report["pending"] == 0, (name, report)
        replay = instance.run("ledger", "replay", "--check")
        assert replay.returncode == 0, name + replay.stdout + replay.stderr
        status = instance.run("exchange", "status")
        assert status.returncode == 0, status.stdout + status.stderr


def run(program: str, seed: int = 8) -> tuple[int, int]:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        world = World(program, folder, seed)
        try:
            world.hostile(50)
            join(world)
            kills = 0
            while time.monotonic() - began < 45:
                deed(world)
                if world.random.randrange(5) == 0:
                    world[world.random.choice(NAMES)].kill()
                    kills += 1
            for instance in world.all.values():
                instance.proxy.heal()
            settle(world, 25)
            by_itself(world)
            settle(world, 15)
            total = compare(world)
            ledgers(world)
            fates = sum((instance.proxy.fates for instance in world.all.values()), collections.Counter())
            assert world.registered > 0 and kills > 0 and total > 0
            print(f"  {world.registered} problems, {total} messages, {kills} kills, {dict(fates)}")
        finally:
            world.stop()
    print(f"exchange: passed ({time.monotonic() - began:.0f} s)")
    return 1, 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--seed", type=int, default=8)
    options = parser.parse_args()
    run(options.program, options.seed)
