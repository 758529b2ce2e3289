"""Attacks on the line itself: sizes, lengths, slowness, bytes that are none of HTTP's."""

import contextlib
import os
import re
import socket
import time
import urllib.parse

from attacks import Place, attack, must
from client import FORM, Client, raw, status
from server import PASSWORD

# Whole header lines of a request that is kept open.
HEAD = b"GET /health HTTP/1.1\r\nHost: x\r\n"
# Whoever had to wait for the slow ones would wait for half a minute.
QUICK = 5.0


def alive(place: Place) -> None:
    """Others are served at once meanwhile."""
    began = time.monotonic()
    assert place.office.get("/health").status == 200
    must(place.office.get("/problems"), 200)
    taken = time.monotonic() - began
    assert taken < QUICK, f"two pages took {taken:.1f} s"


def crowd(place: Place, count: int, data: bytes) -> contextlib.ExitStack:
    """So many connections that each have sent this."""
    host, port = urllib.parse.urlsplit(place.server.address).netloc.split(":")
    stack = contextlib.ExitStack()
    stack.connections = []
    for _ in range(count):
        connection = stack.enter_context(socket.socket())
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect((host, int(port)))
        connection.sendall(data)
        stack.connections.append(connection)
    return stack


# MARK: Sizes


@attack
def ten_megabytes(place: Place) -> None:
    """413 for a form of 10 MB, whether or not it says its length, before it has all come."""
    body = b"form_token=" + place.office.token.encode() + b"&title=" + b"x" * 10_000_000
    try:
        must(place.office.ask("POST", "/problems", body, Content_Type=FORM), 413)
    except (BrokenPipeError, ConnectionResetError):
        pass  # It was not read to its end.
    head = f"POST /problems HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = raw(place.server, head.encode() + (b"10000\r\n" + b"x" * 65536 + b"\r\n") * 100)
    # Refused for having no session, no token or for its size; never taken.
    assert status(answer) in (0, 303, 403, 413), status(answer)
    alive(place)


@attack
def a_thousand_fields(place: Place) -> None:
    """They are fields nobody asks for: no fault, and no time lost."""
    fields = place.registration("千个字段") | {f"field{n}": "x" for n in range(1000)}
    began = time.monotonic()
    must(place.office.post("/problems", fields), 303, 400)
    assert time.monotonic() - began < QUICK
    nested = {"title" + "[a]" * 500: "x", "[" * 1000 + "]" * 1000: "y"}
    must(place.office.post("/problems", nested), 422, 400)


@attack
def huge_heads(place: Place) -> None:
    """A head beyond all measure is refused or cut off; never 500."""
    for head in [
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"a=b; " * 14_000 + b"\r\n\r\n",
    ]:
        assert status(raw(place.server, head, 3)) < 500
    alive(place)


# MARK: Lengths


@attack
def lengths_that_lie(place: Place) -> None:
    """Two lengths, or a length beside chunks, are two requests to somebody: refused."""
    form = f"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n"
    smuggled = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
    for lengths, body in [
        ("Content-Length: 5\r\nContent-Length: 50\r\n", "a=bcd"),
        ("Content-Length: -1\r\n", ""), ("Content-Length: 1e3\r\n", "x"),
        ("Content-Length: +5\r\n", "a=bcd"), ("Content-Length: 99999999999999999999\r\n", "a=b"),
        ("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled),
        ("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n" + smuggled),
        ("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + smuggled),
        ("Transfer-Encoding: chunked\r\n", "zz\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", "ffffffffffffffff1\r\nx"),
    ]:  # fmt: skip
        answer = raw(place.server, (form + lengths + "\r\n" + body).encode(), 2)
        assert status(answer) in (0, 400, 403, 413, 501), f"{lengths!r}: {answer[:80]!r}"
        assert b"lianbang_" not in answer.partition(b"\r\n\r\n")[2], f"{lengths!r} smuggled"
    alive(place)


@attack
def a_body_that_never_ends(place: Place) -> None:
    """A byte a second: given up with 408 after half a minute; meanwhile others are served."""
    head = f"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nContent-Length: 1000\r\n\r\n"
    with crowd(place, 100, head.encode()) as stack:
        first = stack.connections[0]
        first.settimeout(1)
        answer, began = b"", time.monotonic()
        while not answer and time.monotonic() - began < 45:
            try:
                first.sendall(b"x")
                answer = first.recv(4096)
                break
            except TimeoutError:
                alive(place) if int(time.monotonic() - began) % 10 == 0 else None
            except ConnectionError:
                break
        assert time.monotonic() - began < 40, "it still waits"
        assert status(answer) in (0, 408), answer[:80]


@attack
def heads_that_never_end(place: Place) -> None:
    """Three hundred clients that say a byte a second keep nobody else waiting."""
    with crowd(place, 300, HEAD) as stack:
        for _ in range(3):
            for connection in stack.connections:
                connection.sendall(b"a")
            alive(place)
            time.sleep(0.3)


@attack
def slow_readers(place: Place) -> None:
    """A hundred who ask for pages and read nothing keep nobody else waiting."""
    cookie = "; ".join(f"{k}={v}" for k, v in place.office.cookies.items())
    head = f"GET /problems HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n".encode()
    with crowd(place, 100, head * 20):
        for _ in range(3):
            alive(place)
            time.sleep(0.3)
    pid = place.server.process.pid
    with open(f"/proc/{pid}/statm") as file:
        resident = int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20
    assert resident < 600, f"{resident:.0f} MiB"


# MARK: Bytes


@attack
def bytes_that_are_no_text(place: Place) -> None:
    """NUL, broken UTF-8 and broken escapes are refused; they reach no database and no log line."""
    for path in ["/problems?track=%00", "/problems?track=%ff", "/problems?track=%zz", "/problems?state=%"]:
        must(place.office.get(path), 400)
    for path in ["/%00", "/problems/%00", "/%ff%fe", "/units/%c0%ae%c0%ae", "/..%2f..%2fetc/passwd"]:
        must(place.office.get(path), 400, 404)
    token = place.office.token
    for value in [b"%00", b"%ff", b"\xff", b"\x00", b"%u0041"]:
        body = b"form_token=" + token.encode() + b"&title=" + value
        must(place.office.ask("POST", "/problems", body, Content_Type=FORM), 400, 422)
    for line in [
        b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET / HTTP/9.9\r\n\r\n", b"\r\n\r\n\r\n",
        b"GET /problems\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET / HTTP/1.1\nHost: x\n\n",
        b"GET http://evil.example/sign-in HTTP/1.1\r\nHost: x\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    ]:  # fmt: skip
        assert status(raw(place.server, line, 1)) < 500, line
    alive(place)


@attack
def confused_methods(place: Place) -> None:
    """A method nobody serves is 404 or 405; none stands for another."""
    for method in ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "PROPFIND", "get", "FOO"]:
        for path in ["/problems", place.problem, "/sign-in", "/assets/x"]:
            answer = place.office.ask(method, path)
            assert answer.status in (400, 404, 405, 501), f"{method} {path}: {answer.status}"
            assert "TRACE" not in answer.text or method != "TRACE"
    override = {"X_HTTP_Method_Override": "DELETE", "X_Method_Override": "DELETE"}
    must(place.office.get(place.problem, **override), 200)
    must(place.office.post("/sign-in?_method=DELETE", {"_method": "DELETE"}), 200, 303, 422)


# MARK: What every answer says


@attack
def security_headers(place: Place) -> None:
    """On every answer, errors and assets included: nothing framed, guessed, inline or from elsewhere."""
    page = place.office.get("/problems").text
    assets = [part.split('"')[0] for part in page.split('="')[1:] if part.startswith("/assets/")]
    assert len(assets) >= 4
    answers = {path: place.office.get(path) for path in [
        "/", "/sign-in", "/problems", place.problem, "/nothing", "/problems?state=x", "/health",
        "/metrics", "/version", "/ready", "/ledger/checkpoint", "/.well-known/lianbang-ledger",
        "/assets/0/x.css", *assets,
    ]}  # fmt: skip
    answers["a stranger"] = Client(place.server).get("/problems")
    answers["no token"] = place.office.post("/problems", {"form_token": ""})
    answers["no form"] = place.office.ask("POST", "/problems", b"{}", Content_Type="application/json")
    answers["too large"] = place.office.ask("POST", "/problems", Content_Type=FORM, Content_Length="99999999")
    for name, answer in answers.items():
        policy = answer.header("Content-Security-Policy")
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, name
        assert "unsafe" not in policy and "*" not in policy and "http:" not in policy, name
        assert answer.header("X-Content-Type-Options") == "nosniff", name
        assert answer.header("Referrer-Policy") == "same-origin", name
        assert answer.header("Cache-Control"), name
        immutable = "immutable" in answer.header("Cache-Control")
        assert immutable == (name in assets), f"{name}: {answer.header('Cache-Control')}"
        assert not answer.header("X-Powered-By") and "/" not in answer.header("Server"), name


@attack
def nobody_in_the_log(place: Place) -> None:
    """Neither passwords, names nor one-time links reach the log."""
    place.server.invite("handler", "日志", "--unit", "清河县水利局")
    log = place.server.log
    for secret in [PASSWORD, "password", "市办", *place.office.cookies.values()]:
        assert secret not in log, secret
    links = [line for line in log.splitlines() if re.search(r"/invitation/[^{:]", line)]
    assert not links, links[:2]
    faults = [line for line in log.splitlines() if '"level":"error"' in line]
    assert not faults, faults[:3]
