"""Mail, SMS and robots of groups by the real program, against a real mail server and stubs that enforce the real limits
of WeCom and DingTalk (docs/messages.md).

    messages.py --program .build/release/lianbang
"""

import base64
import datetime
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import logging
import pathlib
import re
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import urllib.parse
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from client import Client
from server import Server

# A Monday in the middle of next March, when no Sunday is made up for, and the Sunday before it.
YEAR = datetime.date.today().year + 1
MONDAY = next(day for day in (datetime.date(YEAR, 3, number) for number in range(15, 22)) if day.weekday() == 0)
SUNDAY = f"{MONDAY - datetime.timedelta(days=1)}T10:00"
SECRET = "SECe2e0123456789"
PASSWORD = "m4il-pa55word"
# What the mail server thinks of clients that leave, and of passwords without encryption.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", module="aiosmtpd")


class Mailbox:
    """What a mail server's handler took; who is in `refused` has no mailbox."""

    def __init__(self):
        self.mails: list[tuple[str, email.message.EmailMessage]] = []
        self.refused: set[str] = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.mails += [(to, message) for to in envelope.rcpt_tos]
        return "250 taken"


def let_in(server, session, envelope, mechanism, data) -> AuthResult:
    """Whoever has the password."""
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"lianbang", PASSWORD.encode())
    return AuthResult(success=known, handled=False)


class Groups(http.server.BaseHTTPRequestHandler):
    """WeCom, DingTalk and an SMS gateway. Robots: 20 in any minute; DingTalk is then closed for ten."""

    protocol_version = "HTTP/1.1"
    lock = threading.Lock()
    said: dict[str, list] = {"wecom": [], "dingtalk": [], "sms": []}
    times: dict[str, list[float]] = {}
    closed: dict[str, float] = {}
    refusals = 0
    gone = False

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        address = urllib.parse.urlsplit(self.path)
        kind = address.path.strip("/")
        with Groups.lock:
            answer = self.answer(kind, urllib.parse.parse_qs(address.query), body)
        data = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def answer(self, kind: str, query: dict, body: bytes) -> dict:
        message = json.loads(body)
        if kind == "sms":
            Groups.said["sms"].append((self.headers["Authorization"], message))
            return {"code": 0}
        if kind == "wecom" and Groups.gone:
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        if kind == "dingtalk":
            text = f"{query['timestamp'][0]}\n{SECRET}".encode()
            code = base64.b64encode(hmac.new(SECRET.encode(), text, hashlib.sha256).digest()).decode()
            if query["sign"][0] != code:
                return {"errcode": 310000, "errmsg": "sign not match"}
        now = time.monotonic()
        if now < Groups.closed.get(kind, 0):
            Groups.refusals += 1
            return {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}
        recent = [said for said in Groups.times.get(kind, []) if now - said < 60]
        if len(recent) >= 20:
            Groups.refusals += 1
            if kind == "dingtalk":
                Groups.closed[kind] = now + 600
                return {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}
            return {"errcode": 45009, "errmsg": "api freq out of limit"}
        Groups.times[kind] = recent + [now]
        content = message["text"]["content"]
        assert message["msgtype"] == "text" and len(content.encode()) <= 2048
        Groups.said[kind].append(content)
        return {"errcode": 0, "errmsg": "ok"}

    def log_message(self, *_):
        pass


def at(time: str) -> str:
    return f"{MONDAY}T{time}"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def until(found, seconds: float = 20):
    end = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
    return result


class World:
    def __init__(self, program: str, folder: str):
        self.box = Mailbox()
        self.smtp_port = free_port()
        self.mail()
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Groups)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.groups = f"http://127.0.0.1:{self.http.server_port}"
        self.config = pathlib.Path(folder) / "lianbang.conf"
        self.config.write_text(
            f"""outgoing-allowed = 127.0.0.1
smtp-server = 127.0.0.1:{self.smtp_port}
smtp-security = none
mail-from = lianbang@city.test
sms-url = {self.groups}/sms
sms-header = Authorization: Bearer s3cret
sms-body = {{"to":"{{phone}}","content":"{{text}}"}}
sms-success = "code": 0
"""
        )
        self.program, self.folder = program, folder
        self.clients: list[Client] = []
        self.serve()
        invite = self.server.invite
        self.office = Client(self.server).sign_up(invite("office", "市办"), "office")
        self.other = Client(self.server).sign_up(invite("office", "另一位"), "other")
        link = invite("handler", "交通", "--unit", "清河县交通运输局", "--phone", "13812345678")
        self.handler = Client(self.server).sign_up(link, "roads")
        self.clients = [self.office, self.other, self.handler]

    def serve(self):
        self.server = Server(self.program, self.folder, "--config", str(self.config), name="messages")
        for client in self.clients:
            client.server, client.host = self.server, self.server.address.removeprefix("http://")

    def mail(self):
        self.controller = Controller(self.box, hostname="127.0.0.1", port=self.smtp_port)
        self.controller.start()

    def command(self, *words: str):
        return json.loads(self.server.command(*words, "--config", str(self.config)))

    def send(self, instant: str, *words: str) -> dict:
        return self.command("messages", "send", "--at", instant, *words)

    def register(self, count: int) -> None:
        """While no server runs, which on a working day would tell of it by itself."""
        for number in range(count):
            self.server.command(
                "problem", "register", "--track", "village", "--title", f"王小明家门前的路坏了 {number}",
                "--concerns", "示例市/清河县/柳林镇/河湾村", "--as", "other",
            )  # fmt: skip

    def robot(self, name: str, kind: str, secret: str = "") -> str:
        fields = {
            "name": name, "kind": kind, "secret": secret, "kinds": "registered",
            "address": f"{self.groups}/{kind}?key=0123456789ab1f8c",
        }
        answer = self.office.post("/messages", fields)
        assert answer.status == 303, answer.text[-2000:]
        page = self.office.get("/messages").text
        assert "0123456789ab" not in page and SECRET not in page and "…1f8c" in page
        row = page[page.index(f'<td class="title">{name}</td>') :]
        return re.search(r"/messages/(\d+)/trial", row).group(1)

    def stop(self):
        if self.server.process.poll() is None:
            self.server.process.kill()
        self.controller.stop()
        self.http.shutdown()


def doctor(world: World, *lines: str) -> str:
    """What it says of messages, with these settings of mail or those of the server."""
    config = world.config
    if lines:
        config = pathlib.Path(world.folder) / "doctor.conf"
        config.write_text("\n".join(["mail-from = lianbang@city.test", *lines]) + "\n")
    said = world.server.run("doctor", "--config", str(config)).stdout
    assert PASSWORD not in said and "s3cret" not in said, said
    return next(line for line in said.splitlines() if line.startswith(("✓ messages", "✗ messages")))


def doors(world: World) -> None:
    """A mail server that is dead, that has no encryption or a certificate of nobody, that wants a password: told before
    anybody misses a mail, and no password is said to a stranger."""
    plain = f"smtp-server = 127.0.0.1:{world.smtp_port}"
    assert "mail set up" in doctor(world)
    said = doctor(world, plain, "smtp-security = starttls", "smtp-user = lianbang", f"smtp-password = {PASSWORD}")
    assert said.startswith("✗") and "tls" in said, said
    world.controller.stop()
    assert "unreachable" in doctor(world)
    world.mail()
    folder = pathlib.Path(world.folder)
    certificate, key = str(folder / "mail.pem"), str(folder / "mail.key")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
        + ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    for options, security, password, found in [
        ({"tls_context": context}, "starttls", PASSWORD, "tls"),
        ({"auth_require_tls": False}, "none", PASSWORD, "mail set up"),
        ({"auth_require_tls": False}, "none", "wrong", "smtp 535"),
    ]:
        port = free_port()
        server = Controller(
            world.box, hostname="127.0.0.1", port=port, authenticator=let_in, auth_required=True, **options
        )
        server.start()
        try:
            said = doctor(
                world, f"smtp-server = 127.0.0.1:{port}", f"smtp-security = {security}",
                "smtp-user = lianbang", f"smtp-password = {password}",
            )  # fmt: skip
            assert found in said, said
        finally:
            server.stop()
    assert not world.box.mails, "doctor sends nothing"


def trials(world: World) -> None:
    """Also on a rest day and at night a trial comes within seconds, from the running server."""
    settings = {"mail": "office@city.test", "by_registered": "mail", "registered": "on"}
    assert world.office.post("/inbox/settings", settings).status == 303
    assert world.office.post("/inbox/settings/trial", {"channel": "mail"}).status == 303
    to, mail = until(lambda: world.box.mails)[0]
    assert to == "office@city.test" and mail["From"] == "lianbang@city.test", mail
    assert mail["Subject"] == "联帮：这是一条测试消息，收到说明渠道可用", mail["Subject"]
    assert mail["Message-ID"].endswith("@city.test>") and mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().startswith("有 1 件事告诉您："), mail.get_content()
    wecom, dingtalk = world.robot("企微群", "wecom"), world.robot("钉钉群", "dingtalk", SECRET)
    for robot in (wecom, dingtalk):
        assert world.office.post(f"/messages/{robot}/trial", {}).status == 303
    until(lambda: Groups.said["wecom"] and Groups.said["dingtalk"])
    wrong = world.robot("错密钥群", "dingtalk", "SECwrong")
    assert world.office.post(f"/messages/{wrong}/trial", {}).status == 303
    until(lambda: "钉钉不认这个签名" in world.office.get("/messages").text)


def digests(world: World) -> None:
    """Thirty problems of a morning are one mail and one message in each group, with numbers and nothing of what they say."""
    world.box.mails.clear()
    Groups.said["wecom"].clear()
    world.register(30)
    done = world.send(SUNDAY)
    assert done == {"failed": 0, "sent": 0}, done
    done = world.send(at("08:00"))
    assert done == {"failed": 0, "sent": 3}, done
    assert len(world.box.mails) == 1
    text = world.box.mails[0][1].get_content()
    assert "新登记 30 件" in text and "另有 20 件未列出" in text, text
    group = Groups.said["wecom"][0]
    assert len(Groups.said["wecom"]) == 1 and "新登记 30 件" in group, group
    for said in (text, group, *Groups.said["dingtalk"]):
        assert "王小明" not in said and "路坏了" not in said


def pace(world: World) -> None:
    """One problem after another, and the groups' servers never have to refuse."""
    before = len(Groups.said["dingtalk"])
    for _ in range(14):
        world.register(1)
        world.send(at("09:00"), "--once")
    assert Groups.refusals == 0, f"{Groups.refusals} refused"
    said = len(Groups.said["dingtalk"]) - before
    assert 9 <= said <= 10, f"{said} at one instant"
    world.send(at("09:15"))
    assert Groups.refusals == 0 and not world.command("messages", "list", "waiting")


def closing(world: World) -> None:
    """DingTalk has closed a robot for ten minutes: it is asked once, and told of everything when they are over."""
    before, refused = len(Groups.said["dingtalk"]), Groups.refusals
    Groups.closed["dingtalk"] = time.monotonic() + 600
    world.register(1)
    assert world.send(at("09:20"))["failed"] == 1
    world.register(1)
    assert world.send(at("09:29"))["failed"] == 0
    assert Groups.refusals == refused + 1, "it was asked while it was closed"
    del Groups.closed["dingtalk"]
    world.send(at("09:30"))
    said = Groups.said["dingtalk"][before:]
    assert len(said) == 1 and "新登记 2 件" in said[0], said


def sms(world: World) -> None:
    settings = {"mail": "", "by_assigned": "sms"}
    assert world.handler.post("/inbox/settings", settings).status == 303
    page = world.handler.get("/inbox/settings").text
    assert "…5678" in page and "13812345678" not in page
    assert world.handler.post("/inbox/settings/trial", {"channel": "sms"}).status == 303
    key, message = until(lambda: Groups.said["sms"])[0]
    assert key == "Bearer s3cret" and message["to"] == "13812345678", message
    assert message["content"].startswith("这是一条测试消息"), message


def failures(world: World) -> None:
    """Each fault where it belongs: the owner's, the robot's, the channel's."""
    world.box.refused.add("office@city.test")
    Groups.gone = True
    world.register(1)
    done = world.send(at("10:00"))
    assert done["failed"] == 2, done
    world.serve()
    assert "没有这个邮箱" in world.office.get("/inbox/settings").text
    page = world.office.get("/messages?part=failed").text
    assert "机器人地址失效" in page and "office@city.test" not in page
    world.server.stop()
    failed = world.command("messages", "list", "failed")
    assert {"smtp 550", "errcode 93000"} <= {line["fault"] for line in failed}, failed
    # A dead mail server closes the channel, doctor says so, and it opens by itself.
    world.box.refused.clear()
    world.controller.stop()
    world.register(1)
    assert world.send(at("11:00"))["failed"] == 1
    assert world.send(at("11:00"))["failed"] == 0
    doctor = world.server.run("doctor", "--config", str(world.config))
    assert doctor.returncode == 1 and "unreachable" in doctor.stdout, doctor.stdout
    assert "s3cret" not in doctor.stdout
    world.mail()
    world.box.mails.clear()
    assert world.send(at("11:02"))["sent"] == 1 and len(world.box.mails) == 1
    again = next(line["id"] for line in failed if line["fault"] == "smtp 550")
    world.server.command("messages", "retry", again, "--config", str(world.config))
    assert world.send(at("12:00"))["sent"] == 1 and len(world.box.mails) == 2


def several(world: World) -> None:
    """Four programs at once, and the mail comes once."""
    world.box.mails.clear()
    world.register(3)
    threads = [threading.Thread(target=world.send, args=(at("14:00"),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(world.box.mails) == 1, len(world.box.mails)


def run(program: str) -> tuple[int, int]:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        world = World(program, folder)
        try:
            doors(world)
            trials(world)
            sms(world)
            world.server.stop()
            digests(world)
            pace(world)
            closing(world)
            failures(world)
            several(world)
            report = json.loads(world.server.command("ledger", "verify", "--json"))
            assert report["ok"], report
        finally:
            world.stop()
    print(f"messages: passed ({time.monotonic() - began:.0f} s)")
    return 1, 0
