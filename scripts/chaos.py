#!/usr/bin/env python3
"""Breaks things and looks at what is left (make chaos). Each part prints what it found; the first that
is not as it must be ends the run with 1.

    scripts/chaos.py [PART …]      kill, restart, servers, standby, faults; all without arguments

    kill      kill -9 in 500 rounds of concurrent appends, on each engine
    restart   PostgreSQL stopped and started under load
    servers   two servers on one PostgreSQL, one of them killed
    standby   the primary killed, its synchronous standby promoted
    faults    full disk, read-only folder, wrong key, damaged file, malformed address
"""

import base64
import contextlib
import http.client
import json
import os
import pathlib
import random
import re
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = str(ROOT / ".build/release/lianbang")
BENCH = str(ROOT / ".build/release/bench")
ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "500"))
KEY = base64.b64encode(secrets.token_bytes(32)).decode()
PG = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []


def fail(message: str) -> None:
    print(f"✗ {message}", flush=True)
    sys.exit(1)


def must(condition: bool, message: str) -> None:
    if not condition:
        fail(message)


def done(message: str) -> None:
    print(f"✓ {message}", flush=True)


def environment(key: str | None = KEY) -> dict:
    rest = {k: v for k, v in os.environ.items() if not k.startswith("LIANBANG_")}
    return rest | {"LANG": "C"} | ({"LIANBANG_MASTER_KEY": key} if key else {})


def lianbang(*arguments: str, key: str | None = KEY) -> subprocess.CompletedProcess:
    return subprocess.run(
        [PROGRAM, *arguments], capture_output=True, text=True, env=environment(key), timeout=120
    )


def verified(database: str) -> dict:
    """The ledger verifies and the tables are what it says."""
    ledger = lianbang("ledger", "verify", "--json", "--database", database)
    must(ledger.returncode == 0, f"ledger verify: {ledger.stdout}{ledger.stderr}")
    tables = lianbang("ledger", "replay", "--check", "--json", "--database", database)
    must(tables.returncode == 0, f"ledger replay: {tables.stdout[:2000]}{tables.stderr}")
    return json.loads(ledger.stdout)


class Postgres:
    """A PostgreSQL server of its own in a temporary folder, reached by TCP."""

    def __init__(self, folder: str, name: str, standby_of: "Postgres | None" = None):
        self.data = f"{folder}/{name}"
        self.port = free_port()
        if standby_of:
            self.run(
                "pg_basebackup", "-D", self.data, "-h", "127.0.0.1", "-p", str(standby_of.port),
                "-U", "lianbang", "-R", "-X", "stream",
            )
            with_application = f"host=127.0.0.1 port={standby_of.port} user=lianbang application_name=standby"
            self.options = f"-c primary_conninfo='{with_application}'"
        else:
            self.run("initdb", "-D", self.data, "-U", "lianbang", "-A", "trust", "-E", "UTF8", "--locale", "C")
            self.options = ""
        self.start()

    def run(self, tool: str, *arguments: str) -> None:
        result = subprocess.run(
            [*AS_POSTGRES, str(PG / tool), *arguments], capture_output=True, text=True, cwd="/"
        )
        must(result.returncode == 0, f"{tool}: {result.stderr}")

    def start(self) -> None:
        options = (
            f"-c port={self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
            f"-c max_connections=100 {self.options}"
        )
        log = f"{self.data}.log"
        result = subprocess.run(
            [*AS_POSTGRES, str(PG / "pg_ctl"), "-D", self.data, "-w", "-l", log, "-o", options, "start"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
        )
        must(result.returncode == 0, "PostgreSQL does not start")

    def stop(self, mode: str = "immediate") -> None:
        subprocess.run(
            [*AS_POSTGRES, str(PG / "pg_ctl"), "-D", self.data, "-m", mode, "-w", "stop"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
        )

    def kill(self) -> None:
        """All its processes at once, as when the power fails."""
        pid = int(pathlib.Path(f"{self.data}/postmaster.pid").read_text().split("\n")[0])
        children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout
        for process in [pid, *map(int, children.split())]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def sql(self, text: str) -> str:
        url = f"postgres://lianbang@127.0.0.1:{self.port}/postgres"
        return subprocess.run(
            ["psql", url, "-qAt", "-c", text], capture_output=True, text=True, check=True
        ).stdout.strip()

    def database(self, name: str) -> str:
        self.sql(f"create database {name}")
        return f"postgres://lianbang@127.0.0.1:{self.port}/{name}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A lianbang server with a signed-in office account."""

    def __init__(self, database: str, *, sign_up: bool = True):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--sample", "--port", "0", "--log-level", "error", "--database", database],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment(),
        )
        self.address = re.search(r"http://([^\s/]+)", self.process.stdout.readline()).group(1)
        self.cookie = ""
        if sign_up:
            self.process.stdout.readline()
            link = re.search(r"http://[^/]+(/\S+)", self.process.stdout.readline()).group(1)
            password = "correct horse battery"
            status, page = self.request("GET", link)
            fields = dict(username="office", password=password, repeated=password)
            status, _ = self.request("POST", link, self.form(page, **fields))
            must(status == 303, f"signing up: {status}")

    def request(self, method: str, path: str, body: str | None = None, timeout: float = 40):
        host, port = self.address.split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=timeout)
        headers = {"Cookie": self.cookie, "Accept-Language": "en"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            if cookie.startswith("lianbang_session="):
                self.cookie = cookie.split(";")[0]
        self.retry_after = response.headers.get("Retry-After")
        self.location = response.headers.get("Location", "")
        return response.status, text

    @staticmethod
    def form(page: str, **fields: str) -> str:
        token = re.search(r'name="form_token" value="([^"]+)"', page).group(1)
        return urllib.parse.urlencode(dict(form_token=token, **fields))

    def registration(self) -> str:
        """The body of a registration, with the session's token."""
        _, page = self.request("GET", "/problems/new")
        return self.form(
            page, track="enterprise", title="缺电", concerns="某厂", found_on="2026-01-05", detail=""
        )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        must(self.process.wait(timeout=15) == 0, "the server did not end in order")


class Load:
    """Registers problems from several threads, and keeps what was answered and when."""

    def __init__(self, servers: list[Server], threads: int = 4):
        self.servers = servers
        self.bodies = {id(server): server.registration() for server in servers}
        self.acknowledged: set[str] = set()
        self.answers: list[tuple[float, float, int, str | None]] = []
        self.lock = threading.Lock()
        self.running = True
        self.threads = [threading.Thread(target=self.work, args=(i,), daemon=True) for i in range(threads)]
        for thread in self.threads:
            thread.start()

    def work(self, number: int) -> None:
        while self.running:
            server = self.servers[number % len(self.servers)]
            began = time.monotonic()
            host, port = server.address.split(":")
            connection = http.client.HTTPConnection(host, int(port), timeout=60)
            status, retry, location = 0, None, ""
            try:
                connection.request(
                    "POST", "/problems", self.bodies[id(server)],
                    {
                        "Cookie": server.cookie,
                        "Content-Type": "application/x-www-form-urlencoded",
                    },
                )
                response = connection.getresponse()
                response.read()
                status, retry = response.status, response.headers.get("Retry-After")
                location = response.headers.get("Location", "")
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
            ended = time.monotonic()
            with self.lock:
                self.answers.append((began, ended, status, retry))
                if status == 303 and location.startswith("/problems/"):
                    self.acknowledged.add(location.rsplit("/", 1)[1].split("?")[0])
            if status == 0:
                time.sleep(0.05)

    def stop(self) -> None:
        self.running = False
        for thread in self.threads:
            thread.join()

    def succeeded_since(self, moment: float) -> int:
        with self.lock:
            return sum(1 for began, _, status, _ in self.answers if began > moment and status == 303)


def wait_until(condition, seconds: float) -> float | None:
    """Seconds it took, or None."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if condition():
            return time.monotonic() - began
        time.sleep(0.05)
    return None


def kept(acknowledged: set[str], database: str) -> None:
    """Every acknowledged problem is in the ledger."""
    export = subprocess.run(
        [PROGRAM, "ledger", "export", "--database", database],
        capture_output=True, text=True, env=environment(),
    )
    must(export.returncode == 0, f"ledger export: {export.stderr}")
    streams = {json.loads(line)["stream"] for line in export.stdout.splitlines()}
    lost = [number for number in acknowledged if f"problem/{number}" not in streams]
    must(not lost, f"{len(lost)} acknowledged problems are lost, such as {lost[:3]}")


# MARK: kill


def kill(folder: str) -> None:
    postgres = Postgres(folder, "kill")
    for engine, database in [
        ("sqlite", f"sqlite:{folder}/kill.sqlite"),
        ("postgres", postgres.database("hammer")),
    ]:
        address = database.removeprefix("sqlite:")
        acknowledged: set[str] = set()
        began = time.monotonic()
        for round in range(ROUNDS):
            process = subprocess.Popen(
                [BENCH, "hammer", address], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env=environment(),
            )
            # At any moment, also while it makes or opens the database.
            time.sleep(random.uniform(0.005, 0.15 if engine == "sqlite" else 0.4))
            process.kill()
            output, errors = process.communicate()
            must(b"rror" not in errors, f"{engine}, round {round}: {errors.decode()[:500]}")
            lines = output.decode().split("\n")
            acknowledged.update(lines[:-1])
            if round % 50 == 49:
                report = verified(database)
        must(len(acknowledged) > ROUNDS, f"{engine}: only {len(acknowledged)} appends in {ROUNDS} rounds")
        kept(acknowledged, database)
        report = verified(database)
        done(
            f"{engine}: {ROUNDS} times kill -9 in {time.monotonic() - began:.0f} s: "
            f"{len(acknowledged)} acknowledged appends, all there; {report['size']} entries verified"
        )
    postgres.stop()


# MARK: restart


def restart(folder: str) -> None:
    postgres = Postgres(folder, "restart")
    database = postgres.database("lianbang")
    server = Server(database)
    load = Load([server])
    time.sleep(2)
    must(load.succeeded_since(0) > 0, "nothing is registered")
    postgres.stop("immediate")
    stopped = time.monotonic()
    time.sleep(3)
    status, _ = server.request("GET", "/problems")
    must(status == 503 and server.retry_after is not None, f"while it is gone: {status}")
    status, _ = server.request("GET", "/ready")
    must(status == 503, f"/ready while it is gone: {status}")
    status, _ = server.request("GET", "/health")
    must(status == 200, f"/health while it is gone: {status}")
    starting = time.monotonic()
    postgres.start()
    started = time.monotonic()
    took = wait_until(lambda: load.succeeded_since(started) > 20, 30)
    must(took is not None, "the server does not recover")
    load.stop()
    during = [a for a in load.answers if stopped < a[0] and a[1] < starting]
    must(len(during) > 0, "no request was answered while PostgreSQL was gone")
    must(
        all(status == 503 and retry for _, _, status, retry in during),
        f"answers meanwhile: { {a[2] for a in during} }",
    )
    longest = max(ended - began for began, ended, _, _ in load.answers)
    must(longest < 30, f"a request took {longest:.1f} s")
    server.stop()
    kept(load.acknowledged, database)
    verified(database)
    done(
        f"restart: {len(during)} times 503 with Retry-After meanwhile, back {took:.1f} s after the start, "
        f"longest request {longest:.1f} s, {len(load.acknowledged)} acknowledged, all there"
    )
    postgres.stop()


# MARK: servers


def servers(folder: str) -> None:
    postgres = Postgres(folder, "servers")
    database = postgres.database("lianbang")
    first = Server(database)
    second = Server(database, sign_up=False)
    second.cookie = first.cookie
    load = Load([first, second])
    time.sleep(3)

    def pending() -> int:
        return int(sql(database, "select count(*) from ledger where leaf_index is null"))

    # One that hangs in the middle is as bad as one that died. What counts are roots recorded after
    # the signal, with a margin for what the server had just begun.
    def sequenced_after(moment: float) -> bool:
        last = sql(database, "select coalesce(max(at), 0) from ledger_heads")
        return int(last) > (moment + 0.5) * 1000

    hung = time.time()
    first.process.send_signal(signal.SIGSTOP)
    must(
        wait_until(lambda: sequenced_after(hung), 10) is not None,
        "nobody sequences while one server hangs",
    )
    hanging = time.time() - hung
    first.process.send_signal(signal.SIGCONT)
    time.sleep(1)
    died = time.time()
    first.kill()
    load.servers = [second]
    took = wait_until(lambda: sequenced_after(died), 10)
    must(took is not None, "the sequencer was not taken over within 10 s")
    took = time.time() - died
    time.sleep(2)
    load.stop()
    must(wait_until(lambda: pending() == 0, 10) is not None, "entries wait for their place")
    second.stop()
    kept(load.acknowledged, database)
    report = verified(database)
    doubles = sql(database, "select count(*) - count(distinct leaf_index) from ledger")
    must(doubles == "0", "an entry has no place, or two have the same")
    done(
        f"servers: two on one PostgreSQL, one hanging, then killed; the other sequences after {hanging:.1f} and {took:.1f} s; "
        f"{len(load.acknowledged)} acknowledged, {report['size']} entries, none lost or double"
    )
    postgres.stop()


def sql(database: str, text: str) -> str:
    return subprocess.run(
        ["psql", database, "-qAt", "-c", text], capture_output=True, text=True, check=True
    ).stdout.strip()


# MARK: standby


def standby(folder: str) -> None:
    primary = Postgres(folder, "primary")
    name = "lianbang"
    primary.database(name)
    second = Postgres(folder, "standby", standby_of=primary)
    primary.sql("alter system set synchronous_standby_names = 'standby'")
    primary.sql("select pg_reload_conf()")
    must(
        wait_until(lambda: primary.sql("select sync_state from pg_stat_replication") == "sync", 15)
        is not None,
        "the standby is not synchronous",
    )
    database = (
        f"postgres://lianbang@127.0.0.1:{primary.port},127.0.0.1:{second.port}/{name}"
    )
    server = Server(database)
    load = Load([server])
    time.sleep(3)
    primary.kill()
    killed = time.monotonic()
    second.run("pg_ctl", "-D", second.data, "-w", "promote")
    took = wait_until(lambda: load.succeeded_since(killed) > 20, 30)
    must(took is not None, "service is not back within 30 s")
    took = time.monotonic() - killed
    load.stop()
    server.stop()
    longest = max(ended - began for began, ended, _, _ in load.answers)
    must(longest < 30, f"a request took {longest:.1f} s")
    kept(load.acknowledged, database)
    report = verified(database)
    done(
        f"standby: promoted while the primary was killed, service back after {took:.1f} s without a restart; "
        f"{len(load.acknowledged)} acknowledged, all there, {report['size']} entries verified"
    )
    second.stop()


# MARK: faults


def faults(folder: str) -> None:
    good = f"{folder}/good.sqlite"
    must(lianbang("migrate", "--database", f"sqlite:{good}").returncode == 0, "migrate")
    rows = "track,title,concerns,found_on\n" + "enterprise,缺电,某厂,2026-01-05\n" * 2
    pathlib.Path(f"{folder}/p.csv").write_text(rows.replace("缺电", "缺水", 1))
    imported = lianbang("import", "problems", f"{folder}/p.csv", "--database", f"sqlite:{good}")
    must(imported.returncode == 0, imported.stdout + imported.stderr)
    lianbang("ledger", "checkpoint", "--database", f"sqlite:{good}")

    def refused(name: str, *arguments: str, say: str, key: str | None = KEY, user: bool = False):
        command = [PROGRAM, *arguments]
        if user and os.getuid() == 0:
            command = ["runuser", "-u", "nobody", "--", *command]
        result = subprocess.run(
            command, capture_output=True, text=True, env=environment(key), timeout=60
        )
        text = result.stderr + result.stdout
        must(result.returncode not in (0, -4, -11, 132, 133, 139), f"{name}: status {result.returncode}: {text}")
        must(re.search(say, text) is not None, f"{name} says: {text}")
        must(arguments[0] == "doctor" or len(text.strip().split("\n")) <= 3, f"{name} says too much: {text}")
        said = next(line for line in text.splitlines() if re.search(say, line))
        print(f"  {name}: {said[:150]}")

    def content() -> list[str]:
        """All of it, whether it lies in the file or still in its log."""
        with contextlib.closing(sqlite3.connect(good)) as database:
            return list(database.iterdump())

    # Opened and closed by somebody who moves the log into the file.
    content()
    before = pathlib.Path(good).read_bytes()
    was = content()
    other = base64.b64encode(secrets.token_bytes(32)).decode()
    for database in ["mysql://x", "sqlite:", "postgres:", "", "postgres://h:port/x"]:
        refused(f"malformed address {database!r}", "ledger", "verify", "--database", database, say="expected|port")
    refused("absent file", "ledger", "verify", "--database", f"sqlite:{folder}/none.sqlite", say="there is no database")
    must(not os.path.exists(f"{folder}/none.sqlite"), "looking made a database")
    refused("wrong key", "account", "find", "--phone", "13800138000", "--database", f"sqlite:{good}", key=other, say="wrong master key")
    refused("wrong key, serving", "serve", "--port", "0", "--database", f"sqlite:{good}", key=other, say="wrong master key")
    refused("no key", "account", "find", "--phone", "13800138000", "--database", f"sqlite:{good}", key=None, say="no master key")
    refused("a key that is none", "doctor", "--database", f"sqlite:{good}", key="AAAA", say="master-key")
    open_key = f"{folder}/open.key"
    pathlib.Path(open_key).write_text(KEY + "\n")
    os.chmod(open_key, 0o644)
    refused("key file open to others", "ledger", "verify", "--key-file", open_key, "--database", f"sqlite:{good}", key=None, say="chmod 600")
    must(content() == was, "a refused command changed the database")

    damaged = f"{folder}/damaged.sqlite"
    for name, change in [
        ("not a database at all", lambda b: b"not a database, only text" * 100),
        ("pages overwritten", lambda b: b[:4096] + os.urandom(len(b) - 4096)),
        ("cut off", lambda b: b[: len(b) // 2]),
    ]:
        content = change(before)
        pathlib.Path(damaged).write_bytes(content)
        refused(f"damaged file, {name}", "doctor", "--database", f"sqlite:{damaged}", say="✗ database|✗ ledger")
        refused(f"damaged file, {name}", "ledger", "verify", "--database", f"sqlite:{damaged}", say="damaged|missing|changed")
        must(pathlib.Path(damaged).read_bytes() == content, f"{name}: the file was changed")
        for ending in ["", "-wal", "-shm"]:
            pathlib.Path(damaged + ending).unlink(missing_ok=True)

    closed = pathlib.Path(f"{folder}/closed")
    closed.mkdir()
    shutil.copy(good, closed / "a.sqlite")
    os.chmod(folder, 0o755)
    for path in [closed, closed / "a.sqlite"]:
        os.chmod(path, 0o555)
    refused("read-only folder", "import", "problems", f"{folder}/p.csv", "--database", f"sqlite:{closed}/a.sqlite", user=True, say="cannot write")
    refused("new database in a read-only folder", "migrate", "--database", f"sqlite:{closed}/b.sqlite", user=True, say="cannot write")
    full_disk(folder, rows)
    full_disk_postgres(folder)
    done("faults: each said in plain words, status ≠ 0, nothing changed")


def fill(disk: str) -> None:
    try:
        with open(f"{disk}/filler", "wb", buffering=0) as file:
            while file.write(b"x" * 4096) == 4096:
                pass
    except OSError:
        pass


def make_room(disk: str) -> None:
    for name in ["filler", "ballast"]:
        pathlib.Path(f"{disk}/{name}").unlink(missing_ok=True)


def full_disk(folder: str, rows: str) -> None:
    disk = f"{folder}/disk"
    os.mkdir(disk)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", disk], capture_output=True
    )
    if mounted.returncode != 0:
        print("  full disk: not tried, since mounting needs to be root")
        return
    try:
        # Taken away when room is to be made.
        pathlib.Path(f"{disk}/ballast").write_bytes(b"x" * 1_000_000)
        database = f"sqlite:{disk}/a.sqlite"
        must(lianbang("migrate", "--database", database).returncode == 0, "migrate on the small disk")
        table = f"{folder}/many.csv"
        with open(table, "w", encoding="utf-8") as file:
            file.write("track,title,concerns,found_on\n")
            for number in range(20_000):
                file.write(f"enterprise,第 {number} 号,某厂,2026-01-05\n")
        result = lianbang("import", "problems", table, "--database", database)
        text = result.stdout + result.stderr
        must(result.returncode != 0 and "full" in text, f"full disk: {result.returncode} {text}")
        print(f"  full disk: {text.strip().splitlines()[0][:150]}")
        report = verified(database)
        must(report["size"] + report["pending"] == 0, "half an import is left")
        # A server on it answers with 503 and lives.
        server = Server(database)
        body = server.registration()
        fill(disk)
        statuses = {server.request("POST", "/problems", body)[0] for _ in range(40)}
        must(503 in statuses and statuses <= {303, 503}, f"full disk, serving: {statuses}")
        make_room(disk)
        status, _ = server.request("POST", "/problems", body)
        must(status == 303, f"after making room: {status}")
        server.stop()
        verified(database)
        print("  full disk, serving: 503 until there is room again")
    finally:
        subprocess.run(["umount", "-l", disk])


def full_disk_postgres(folder: str) -> None:
    """A tablespace of its own would be too kind: the whole cluster lies on the small disk."""
    disk = f"{folder}/pgdisk"
    os.mkdir(disk)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs", disk], capture_output=True
    )
    if mounted.returncode != 0:
        print("  full disk, PostgreSQL: not tried, since mounting needs to be root")
        return
    if AS_POSTGRES:
        shutil.chown(disk, "postgres")
    try:
        postgres = Postgres(disk, "data")
        database = postgres.database("lianbang")
        server = Server(database)
        body = server.registration()
        status, _ = server.request("POST", "/problems", body)
        must(status == 303, f"before: {status}")
        fill(disk)
        statuses = set()
        for _ in range(3000):
            statuses.add(server.request("POST", "/problems", body)[0])
            if 503 in statuses:
                break
        must(503 in statuses and statuses <= {303, 503}, f"full disk, PostgreSQL: {statuses}")
        make_room(disk)
        if subprocess.run(["psql", database, "-c", "select 1"], capture_output=True).returncode != 0:
            postgres.stop()
            postgres.start()
        back = wait_until(lambda: server.request("POST", "/problems", body)[0] == 303, 30)
        must(back is not None, "full disk, PostgreSQL: no recovery after making room")
        server.stop()
        verified(database)
        postgres.stop()
        print("  full disk, PostgreSQL: 503 until there is room again")
    finally:
        subprocess.run(["umount", "-l", disk])


def main() -> None:
    parts = {
        "kill": kill, "restart": restart, "servers": servers, "standby": standby, "faults": faults,
    }
    chosen = sys.argv[1:] or list(parts)
    for name in chosen:
        if name not in parts:
            sys.exit(f"chaos: no part {name}; there are {', '.join(parts)}")
    for name in chosen:
        folder = tempfile.mkdtemp(prefix="lianbang-chaos-")
        os.chmod(folder, 0o777)
        try:
            parts[name](folder)
        finally:
            subprocess.run(["pkill", "-9", "-f", folder], capture_output=True)
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
