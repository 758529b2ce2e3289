"""10,000 deliveries to a receiver that is well, and the pages people work on meanwhile, on SQLite: seconds until all have
arrived, and the pages' 95th percentile beside the same without deliveries, in the same run. The receiver runs on the same
cores and checks every signature. A figure that is not what is demanded is marked with ✗."""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import multiprocessing
import re
import secrets
import sqlite3
import time
import urllib.parse

from bench_pages import CLIENTS, FILTER, THREADS, filled, verdict
from benching import Server, report

# Enough that pages can be measured for as long as there is something to deliver.
PROBLEMS = 20_000
DELIVERIES = 10_000
LONGEST = 30.0
MOST = 2.0


class Receiver(asyncio.Protocol):
    """As much of HTTP as a client that keeps its connection needs: `http.server` would be what is measured."""

    def __init__(self, tally):
        self.tally, self.rest = tally, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.rest += data
        while (end := self.rest.find(b"\r\n\r\n")) >= 0:
            lines = [line.partition(b": ") for line in self.rest[:end].split(b"\r\n")[1:]]
            head = {name.lower(): value for name, _, value in lines}
            size = end + 4 + int(head[b"content-length"])
            if len(self.rest) < size:
                return
            body, self.rest = self.rest[end + 4 : size], self.rest[size:]
            self.tally.take(head, body)
            self.transport.write(b"HTTP/1.1 204 No Content\r\n\r\n")


class Tally:
    def __init__(self, port, key, count, wrong, at):
        self.port, self.key = port, key
        self.count, self.wrong, self.at = count, wrong, at
        self.ids = set()

    def take(self, head, body):
        identity = head[b"webhook-id"]
        signed = identity + b"." + head[b"webhook-timestamp"] + b"." + body
        code = base64.b64encode(hmac.new(bytes(self.key[:]), signed, hashlib.sha256).digest())
        self.wrong.value += head[b"webhook-signature"] != b"v1," + code
        self.ids.add(identity)
        self.count.value = len(self.ids)
        if len(self.ids) == DELIVERIES:
            self.at.value = time.monotonic()

    async def serve(self):
        server = await asyncio.get_running_loop().create_server(lambda: Receiver(self), "127.0.0.1", 0)
        self.port.value = server.sockets[0].getsockname()[1]
        await server.serve_forever()

    def run(self):
        asyncio.run(self.serve())


def post(server: Server, path: str, **fields: str) -> str:
    page = server.get("/webhooks/new")
    fields["form_token"] = re.search(r'name="form_token" value="([^"]+)"', page).group(1)
    data = urllib.parse.urlencode(fields).encode()
    return server.browser.open(server.address + path, data).read().decode()


def pages(server: Server, problem: str) -> dict[str, float]:
    """The 95th percentile of each page."""
    routes = {
        "list, 50 rows, filtered": "/problems" + FILTER, "workbench": "/tasks", "problem page": problem,
    }  # fmt: skip
    return {name: server.load(path, CLIENTS, THREADS)[1] for name, path in routes.items()}


def database(path: str, statement: str, *values) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as connection, connection:
        return connection.execute(statement, values).fetchall()


def run(folder: str) -> None:
    print(f"webhooks: {CLIENTS} connections, {THREADS} threads of wrk; ✗ is worse than demanded")
    master = base64.b64encode(secrets.token_bytes(32)).decode()
    address = filled(folder, PROBLEMS, master)
    path = address.removeprefix("sqlite:")
    count, wrong = multiprocessing.Value("i", 0), multiprocessing.Value("i", 0)
    port, at = multiprocessing.Value("i", 0), multiprocessing.Value("d", 0.0)
    key = multiprocessing.Array("B", 32)
    receiver = multiprocessing.Process(target=Tally(port, key, count, wrong, at).run, daemon=True)
    receiver.start()
    server = Server(address, sample=False, key=master, settings={"LIANBANG_OUTGOING_ALLOWED": "127.0.0.1"})
    try:
        server.sign_up()
        while not port.value:
            time.sleep(0.05)
        made = post(
            server, "/webhooks", name="基准", address=f"http://127.0.0.1:{port.value}/", which="all"
        )
        secret = re.search(r'value="whsec_([^"]+)"', made).group(1)
        key[:] = list(base64.b64decode(secret))
        webhook = re.search(r'href="(/webhooks/\d+)"', made).group(1)
        post(server, f"{webhook}/pause")
        # As if it had been made before everything else happened.
        number = int(webhook.rpartition("/")[2])
        database(path, "update webhook_runs set cursor = 0 where webhook_id = ?", number)
        table = server.get("/problems" + FILTER).partition("<tbody")[2]
        problem = re.search(r'href="(/problems/\d+)"', table).group(1)
        idle = pages(server, problem)
        began = time.monotonic()
        post(server, f"{webhook}/resumption", **{"from": "stopped"})
        while not count.value:
            assert time.monotonic() - began < 20, "nothing is delivered"
            time.sleep(0.01)
        busy = pages(server, problem)
        # Else the pages would have been measured without.
        under_way = database(path, "select cursor from webhook_runs where webhook_id = ?", number)[0][0]
        size = database(path, "select count(*) from ledger where leaf_index is not null")[0][0]
        while not at.value:
            assert time.monotonic() - began < 300, f"{count.value} arrived"
            time.sleep(0.05)
        took = at.value - began
        verdict(f"{DELIVERIES:,} deliveries, pages under load", took, "s", took <= LONGEST)
        report("deliveries a second", DELIVERIES / took, "/s")
        verdict("signatures that were wrong", wrong.value, "", wrong.value == 0)
        verdict("ledger that was left when the pages were done", size - under_way, "", under_way < size)
        for name in idle:
            report(f"{name}, 95th percentile idle", idle[name], "ms")
            report(f"{name}, 95th percentile meanwhile", busy[name], "ms")
            ratio = busy[name] / idle[name]
            verdict(f"{name}: meanwhile / idle", ratio, "ratio", ratio <= MOST)
    finally:
        server.stop()
        receiver.terminate()
