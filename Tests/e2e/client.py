"""A client that sends what no browser would."""

import http.client
import re
import socket
import urllib.parse
from http.cookies import SimpleCookie

from server import PASSWORD, Server

FORM = "application/x-www-form-urlencoded"


class Answer:
    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def token(self) -> str:
        found = re.search(r'name="form_token" value="([^"]+)"', self.text)
        assert found, f"no form in the page ({self.status})"
        return found.group(1)

    @property
    def location(self) -> str:
        return self.header("Location")


class Client:
    """Keeps cookies; nothing else is done by itself."""

    def __init__(self, server: Server):
        self.server = server
        self.host = urllib.parse.urlsplit(server.address).netloc
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(self.host, timeout=70)
        fields = {key.replace("_", "-"): value for key, value in headers.items()}
        if self.cookies:
            fields.setdefault("Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        connection.request(method, path, body, fields)
        response = connection.getresponse()
        answer = Answer(response.status, response.getheaders(), response.read())
        connection.close()
        for line in answer.all("Set-Cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, fields: dict | None = None, **headers: str) -> Answer:
        """A form with this session's token, unless the fields have one."""
        fields = dict(fields or {})
        if "form_token" not in fields:
            fields["form_token"] = self.token
        body = urllib.parse.urlencode(fields).encode()
        return self.ask("POST", path, body, **{"Content_Type": FORM} | headers)

    def upload(self, path: str, fields: dict, files: list[tuple[str, str, str, bytes]]) -> Answer:
        """`multipart/form-data`; a file is (field, name, type, content)."""
        mark = "----------------------------e2e"
        body = b""
        for name, value in ({"form_token": self.token} | fields).items():
            body += f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
            body += str(value).encode() + b"\r\n"
        for field, name, kind, content in files:
            head = f'form-data; name="{field}"; filename="{name}"'
            body += f"--{mark}\r\nContent-Disposition: {head}\r\n".encode()
            body += f"Content-Type: {kind}\r\n\r\n".encode() + content + b"\r\n"
        body += f"--{mark}--\r\n".encode()
        return self.ask(
            "POST", path, body, Content_Type=f"multipart/form-data; boundary={mark}"
        )

    @property
    def token(self) -> str:
        # Every page of somebody signed in has a form, in the frame; the page to sign in has one for all.
        page = self.get("/evaluation")
        return (page if "form_token" in page.text else self.get("/sign-in")).token

    def sign_up(self, link: str, username: str) -> "Client":
        path = urllib.parse.urlsplit(link).path
        fields = {"username": username, "password": PASSWORD, "repeated": PASSWORD}
        fields["form_token"] = self.get(path).token
        answer = self.post(path, fields)
        assert answer.status == 303, f"{username} could not sign up: {answer.status}"
        return self

    def sign_in(self, username: str, password: str = PASSWORD, **fields: str) -> Answer:
        fields |= {"username": username, "password": password}
        fields.setdefault("form_token", self.get("/sign-in").token)
        return self.post("/sign-in", fields)


def raw(server: Server, data: bytes, patience: float = 10) -> bytes:
    """Sends bytes as they are and reads until the server closes or says nothing more."""
    host, port = urllib.parse.urlsplit(server.address).netloc.split(":")
    answer = b""
    with socket.create_connection((host, int(port)), timeout=patience) as connection:
        try:
            connection.sendall(data)
            while chunk := connection.recv(65536):
                answer += chunk
        except (TimeoutError, ConnectionError, BrokenPipeError):
            pass
    return answer


def status(answer: bytes) -> int:
    """Of a raw answer; 0 where the server closed without one."""
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found.group(1)) if found else 0
