"""Webhooks by the real program, against receivers that are well, fail, hang, dawdle, send elsewhere, break off and lie
(docs/webhooks.md). Signatures are computed here once more.

    webhooks.py --program .build/release/lianbang
"""

import base64
import contextlib
import datetime
import hashlib
import hmac
import html
import http.server
import json
import pathlib
import re
import socket
import sqlite3
import tempfile
import threading
import time

from client import Client
from server import Server

# What an address may have in it that nobody else is to read.
KEY = "tell-nobody"
NAME = "王小明"
PHONE = "13800009999"


class Got:
    """One request as it came."""

    def __init__(self, path: str, headers: dict[str, str], body: bytes):
        self.path, self.headers, self.body = path, headers, body
        self.monotonic, self.time = time.monotonic(), time.time()

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> dict:
        return json.loads(self.body)

    def signatures(self) -> list[str]:
        return self.headers["webhook-signature"].split(" ")

    def expected(self, secret: str) -> str:
        """Standard Webhooks: the key is what stands in base64 behind whsec_."""
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        signed = f"{self.id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


class Receiver(http.server.BaseHTTPRequestHandler):
    """The path says how it behaves."""

    protocol_version = "HTTP/1.1"
    lock = threading.Lock()
    got: list[Got] = []
    ended = threading.Event()
    trap = 0

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        path = self.path.partition("?")[0].strip("/")
        headers = {name.lower(): value for name, value in self.headers.items()}
        got = Got(path, headers, body)
        with Receiver.lock:
            Receiver.got.append(got)
            attempt = sum(one.path == path and one.id == got.id for one in Receiver.got)
        getattr(self, path)(attempt)

    def say(self, status: int, body: bytes = b"", **headers: str):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def well(self, _):
        self.say(204)

    def slow(self, _):
        Receiver.ended.wait(3)
        self.say(200, b"late")

    def fails(self, attempt):
        """Twice, then it has recovered."""
        if attempt <= 2:
            self.say(500, "<script>alert(1)</script>\x1b[31m内部错误".encode())
        else:
            self.say(200)

    def hangs(self, _):
        Receiver.ended.wait(30)
        self.close_connection = True

    def elsewhere(self, _):
        self.say(307, Location=f"http://127.0.0.1:{Receiver.trap}/inside")

    def breaks(self, _):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half of")
        self.close_connection = True

    def lies(self, _):
        """Says that all is well, and never ends."""
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        with contextlib.suppress(OSError):
            while not Receiver.ended.is_set():
                self.wfile.write(b"x" * 65536)

    def busy(self, attempt):
        if attempt == 1:
            self.say(503, Retry_After="9")
        else:
            self.say(200)

    def gone(self, _):
        self.say(410)

    def log_message(self, *_):
        pass


class Receivers(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Who hangs up on a liar is right."""


class Trap:
    """Stands inside; whoever connects has been led there."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.connections = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                self.socket.accept()[0].close()
                self.connections += 1


def until(found, seconds: float = 20, what: str = "it"):
    end = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.05)
    return result


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class World:
    def __init__(self, program: str, folder: str):
        self.folder = folder
        self.trap = Trap()
        Receiver.trap, Receiver.got = self.trap.port, []
        Receiver.ended.clear()
        self.http = Receivers(("127.0.0.1", 0), Receiver)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        # The host alone is allowed, not the addresses it has.
        config = pathlib.Path(folder) / "webhooks.conf"
        config.write_text("outgoing-allowed = localhost\n")
        self.server = Server(program, folder, "--config", str(config), name="webhooks")
        self.office = Client(self.server).sign_up(self.server.invite("office", "市办"), "office")
        self.other = Client(self.server).sign_up(self.server.invite("office", "另一位"), "other")
        self.secrets: dict[str, str] = {}
        self.pages: dict[str, str] = {}

    def address(self, path: str) -> str:
        return f"http://localhost:{self.http.server_port}/{path}?key={KEY}"

    def make(self, path: str, address: str = "") -> None:
        fields = {
            "name": path, "address": address or self.address(path), "which": "some",
            "kinds": "problem.registered",
        }
        answer = self.office.post("/webhooks", fields)
        assert answer.status == 200, f"{path}: {answer.status} {answer.text[-2000:]}"
        self.keep(path, answer.text)
        self.pages[path] = re.search(r'href="(/webhooks/\d+)"', answer.text).group(1)

    def keep(self, path: str, page: str) -> None:
        self.secrets[path] = re.search(r'value="(whsec_[A-Za-z0-9+/=]{44})"', page).group(1)

    def page(self, path: str) -> str:
        answer = self.office.get(self.pages[path])
        assert answer.status == 200, answer.status
        return answer.text

    def lines(self, path: str) -> list[list[str]]:
        """The cells of the deliveries, the newest first, without marks."""
        page = self.page(path)
        if "<tbody>" not in (list_ := page[page.index('id="deliveries"') :]):
            return []
        rows = re.findall(r"<tr>(.*?)</tr>", list_.partition("<tbody>")[2].partition("</tbody>")[0], re.S)
        return [
            [html.unescape(re.sub(r"<[^>]+>", " ", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
            for row in rows
        ]

    def act(self, path: str, action: str, **fields: str):
        answer = self.office.post(f"{self.pages[path]}/{action}", fields)
        assert answer.status in (200, 303), f"{action}: {answer.status}"
        return answer

    def got(self, path: str) -> list[Got]:
        with Receiver.lock:
            return [one for one in Receiver.got if one.path == path]

    def database(self, statement: str, *values) -> list[tuple]:
        with contextlib.closing(sqlite3.connect(f"{self.folder}/webhooks.sqlite")) as connection:
            return connection.execute(statement, values).fetchall()

    def stop(self) -> None:
        Receiver.ended.set()
        if self.server.process.poll() is None:
            self.server.process.kill()
        self.http.shutdown()
        self.trap.socket.close()


def check(world: World, got: Got, kind: str) -> dict:
    """Headers, signature and CloudEvents 1.0 in structured mode."""
    assert got.headers["content-type"] == "application/cloudevents+json; charset=utf-8", got.headers
    assert abs(int(got.headers["webhook-timestamp"]) - got.time) <= 3, got.headers
    assert got.expected(world.secrets[got.path]) in got.signatures(), "the signature is wrong"
    event = got.event
    assert all(re.fullmatch("[a-z0-9]{1,20}", name) for name in event), list(event)
    assert event["specversion"] == "1.0" and event["type"] == f"lianbang.{kind}", event
    assert event["id"] == got.id and event["datacontenttype"] == "application/json", event
    origin = world.office.get("/ledger/checkpoint").text.splitlines()[0]
    assert event["source"] == origin and re.fullmatch(r"[\w./~-]+", origin, re.A), event
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", event["time"]), event
    for hidden in (NAME, PHONE, KEY):
        assert hidden not in got.body.decode(), event
    return event


def addresses(world: World) -> None:
    """What is refused when it is filled in: no TLS, an address inside in any spelling, no address at all."""
    for address, text in {
        "http://hooks.example/": "只能用 https",
        f"http://127.0.0.1:{world.trap.port}/": "只能用 https",
        f"https://127.0.0.1:{world.trap.port}/": "这是内网地址",
        f"https://[::1]:{world.trap.port}/": "这是内网地址",
        f"https://[::ffff:127.0.0.1]:{world.trap.port}/": "这是内网地址",
        f"https://2130706433:{world.trap.port}/": "这是内网地址",
        f"https://0x7f.1:{world.trap.port}/": "这是内网地址",
        "https://169.254.169.254/latest/meta-data/": "这是内网地址",
        "https://user:pass@hooks.example/": "地址无法使用",
        "ftp://hooks.example/": "地址无法使用",
        "file:///etc/passwd": "地址无法使用",
    }.items():
        fields = {"name": "x", "address": address, "which": "all"}
        answer = world.office.post("/webhooks", fields)
        assert answer.status == 422 and text in answer.text, f"{address}: {answer.status}"
    assert "还没有事件推送" in world.office.get("/webhooks").text


def well(world: World) -> None:
    """Twenty problems at once: each is told once, signed, without a word that anybody wrote."""
    world.make("well")
    found = datetime.date.today() - datetime.timedelta(days=3)
    path = pathlib.Path(world.folder) / "problems.csv"
    lines = [f"village,{NAME}家门前的路坏了 {n},示例市/清河县/柳林镇/河湾村,{found},请予支持。" for n in range(20)]
    path.write_text("track,title,concerns,found_on,detail\n" + "\n".join(lines) + "\n", "utf-8")
    world.server.command("import", "problems", str(path))
    until(lambda: len(world.got("well")) >= 20, what="deliveries")
    time.sleep(1.5)
    got = world.got("well")
    assert len(got) == 20 and len({one.id for one in got}) == 20, len(got)
    for one in got:
        event = check(world, one, "problem.registered")
        assert event["subject"] == f"problems/{event['data']['problem']}", event
        assert event["data"]["track"] == "village" and event["data"]["state"] == "registered", event
        assert event["streamversion"] == 1 and event["ledgerindex"].isdigit(), event
    numbers = [one.event["data"]["number"] for one in got]
    assert len(set(numbers)) == 20, numbers


def receivers(world: World) -> None:
    """Eleven receivers, one event: what each makes of it holds up nobody else."""
    others = ["hangs", "slow", "fails", "elsewhere", "breaks", "lies", "busy", "gone"]
    for path in others:
        world.make(path)
    world.make("nobody", f"http://localhost:{free_port()}/?key={KEY}")
    # A name that leads inside, and is not the one that was allowed.
    world.make("inside", f"https://inside.localhost:{world.trap.port}/?key={KEY}")
    began = time.monotonic()
    world.server.command(
        "problem", "register", "--track", "village", "--title", f"{NAME}家门前的路又坏了",
        "--detail", f"请打电话 {PHONE}", "--concerns", "示例市/清河县/柳林镇/河湾村", "--as", "office",
    )  # fmt: skip
    until(lambda: len(world.got("well")) == 21 and all(world.got(path) for path in others), 8)
    ids = {one.id for path in (*others, "well") for one in world.got(path)[-1:]}
    assert len(ids) == 1, "one event has one id"
    for path in others:
        check(world, world.got(path)[0], "problem.registered")
    settle = {
        "slow": ("已送达", "HTTP 200"), "elsewhere": ("待送", "HTTP 307"),
        "breaks": ("待送", "连接中断"), "lies": ("待送", "答复过长"), "nobody": ("待送", "连接不上"),
        "inside": ("待送", "指向内网地址，已拦截"), "gone": ("未送达", "HTTP 410"),
    }  # fmt: skip
    for path, (state, result) in settle.items():
        line = until(lambda: next((line for line in world.lines(path) if line[4] != "0"), None), what=path)
        assert state in line[2] and result in line[3], f"{path}: {line}"
    assert int(world.lines("slow")[0][5].split()[0]) >= 3000, world.lines("slow")
    # What a receiver says is shown to the owner as text.
    page = world.page("fails")
    assert "内部错误" in page and "<script>alert" not in page and "\x1b" not in page
    # 410: off at once, and whoever made it is told.
    page = world.page("gone")
    assert "已停用" in page and "接收方答复不再接收" in page
    told = world.database(
        "select count(*) from notices where kind = 'webhook_off' and webhook_id = ?",
        int(world.pages["gone"].rpartition("/")[2]),
    )
    assert told == [(1,)], told
    again(world)
    line = until(lambda: next((line for line in world.lines("hangs") if line[4] != "0"), None), what="hangs")
    assert "待送" in line[2] and "超时未答复" in line[3], line
    retries(world, began)
    assert world.trap.connections == 0, "somebody was led inside"


def again(world: World) -> None:
    """A delivery is sent once more under its id; a trial; a new secret beside the old one."""
    page = world.page("well")
    path = re.search(r'action="(/webhooks/\d+/deliveries/\d+)"', page).group(1)
    assert world.office.post(path, {}).status == 303
    once_more = until(lambda: world.got("well")[21:], what="redelivery")[0]
    check(world, once_more, "problem.registered")
    first = next(one for one in world.got("well") if one.id == once_more.id)
    assert first.body == once_more.body, "the same event says the same"
    assert once_more.headers["webhook-timestamp"] >= first.headers["webhook-timestamp"]
    old = world.secrets["well"]
    world.keep("well", world.act("well", "rotation").text)
    assert old != world.secrets["well"]
    world.act("well", "test")
    trial = until(lambda: world.got("well")[22:], what="trial")[0]
    event = check(world, trial, "test")
    assert event["subject"] == world.pages["well"].lstrip("/"), event
    assert sorted(trial.signatures()) == sorted([trial.expected(old), trial.expected(world.secrets["well"])])
    # Paused: nothing is sent, and nothing can be.
    world.act("well", "pause")
    assert world.office.post(path, {}).status == 422
    world.act("well", "resumption", **{"from": "stopped"})


def retries(world: World, began: float) -> None:
    """5 and 30 seconds with up to a fifth more, and as long as the receiver asks for; then it has arrived."""
    busy = until(lambda: world.got("busy")[1:] and world.got("busy"), 25, "busy again")
    wait = busy[1].monotonic - busy[0].monotonic
    assert 9 <= wait <= 13, f"busy was asked again after {wait:.1f} s"
    fails = until(lambda: world.got("fails")[2:] and world.got("fails"), 60 - (time.monotonic() - began), "third try")
    waits = [b.monotonic - a.monotonic for a, b in zip(fails, fails[1:])]
    assert 5 <= waits[0] <= 9 and 30 <= waits[1] <= 39, f"waits of {waits}"
    assert len({one.id for one in fails}) == 1 and len({one.body for one in fails}) == 1
    stamps = [int(one.headers["webhook-timestamp"]) for one in fails]
    assert stamps == sorted(set(stamps)), "each try is signed for its own time"
    for one in fails:
        check(world, one, "problem.registered")
    line = until(lambda: [line for line in world.lines("fails") if "已送达" in line[2]], what="the page")[0]
    assert line[4].strip() == "3", line
    assert len(world.got("gone")) == 1 and len(world.got("slow")) == 1
    # One that redirects has been asked again by now, and is not followed.
    assert len(world.got("elsewhere")) >= 2


def secrecy(world: World) -> None:
    """Secrets and what stands behind a host are read by the owner alone, and written nowhere in clear."""
    for path in world.pages:
        assert world.other.get(world.pages[path]).status == 404
        page = world.page(path)
        assert world.secrets[path] not in page and "whsec_••••••••" in page
    assert KEY not in world.office.get("/webhooks").text
    assert "还没有事件推送" in world.other.get("/webhooks").text
    said = world.server.log + "\n".join(world.server.lines)
    files = pathlib.Path(world.folder).glob("webhooks.sqlite*")
    stored = b"".join(file.read_bytes() for file in files)
    assert KEY not in said and "whsec_" not in said
    assert KEY.encode() not in stored and b"whsec_" not in stored
    for secret in world.secrets.values():
        assert secret[6:].encode() not in stored


def run(program: str) -> tuple[int, int]:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        world = World(program, folder)
        try:
            addresses(world)
            well(world)
            receivers(world)
            secrecy(world)
            # Also while somebody hangs.
            world.server.stop()
            report = json.loads(world.server.command("ledger", "verify", "--json"))
            assert report["ok"], report
            replay = world.server.run("ledger", "replay", "--check")
            assert replay.returncode == 0, replay.stdout
        finally:
            world.stop()
    print(f"webhooks: passed ({time.monotonic() - began:.0f} s)")
    return 1, 0
