"""What somebody tries who means ill, over sockets against the real server. Each attack says what must
happen; all are tried, also when one succeeds.

    attacks.py --program .build/release/lianbang [NAME …]
"""

import argparse
import re
import sys
import tempfile
import time
import traceback
import urllib.parse

from client import Answer, Client
from server import Server

ATTACKS = []


def attack(function):
    ATTACKS.append(function)
    return function


class Place:
    """A server with a city office, a handler, a county office of nowhere near, and a problem."""

    def __init__(self, program: str, folder: str):
        self.server = server = Server(program, folder, name="attacks")
        self.stranger = lambda: Client(server)
        self.office = Client(server).sign_up(server.invite("office", "市办"), "office")
        self.other = Client(server).sign_up(server.invite("office", "另一位"), "other")
        roads = server.invite("handler", "交通", "--unit", "清河县交通运输局")
        self.handler = Client(server).sign_up(roads, "roads")
        self.problem = self.register("村南灌溉渠堵塞")

    def register(self, title: str) -> str:
        answer = self.office.post("/problems", self.registration(title))
        assert answer.status == 303, f"registered with {answer.status}"
        return answer.location

    @staticmethod
    def registration(title: str) -> dict:
        concerns = "示例市/清河县/柳林镇/河湾村"
        return {"track": "village", "title": title, "concerns": concerns, "found_on": ""}

    def titles(self, title: str) -> int:
        return self.office.get("/problems").text.count(title)


def must(answer: Answer, *statuses: int) -> Answer:
    assert answer.status in statuses, f"answered {answer.status}, not {statuses}"
    return answer


# MARK: Forms from elsewhere


@attack
def form_without_a_token(place: Place) -> None:
    """403, and nothing is registered."""
    for token in ["", "wrong"]:
        fields = place.registration("伪造一") | {"form_token": token}
        must(place.office.post("/problems", fields), 403)
    assert place.titles("伪造一") == 0


@attack
def form_with_anothers_token(place: Place) -> None:
    """403: a token is of one session."""
    for token in [place.other.token, Client(place.server).token]:
        fields = place.registration("伪造二") | {"form_token": token}
        must(place.office.post("/problems", fields), 403)
    assert place.titles("伪造二") == 0


@attack
def token_in_the_query(place: Place) -> None:
    """403: what stands in an address stands in logs and histories."""
    path = "/problems?form_token=" + urllib.parse.quote(place.office.token)
    must(place.office.post(path, place.registration("伪造三") | {"form_token": ""}), 403)
    assert place.titles("伪造三") == 0


@attack
def form_from_another_site(place: Place) -> None:
    """403 even with a right token: the browser itself says where the form was."""
    for headers in [{"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://evil.example"}]:
        answer = place.office.post("/problems", place.registration("伪造四"), **headers)
        must(answer, 403)
    ours = {"Origin": place.server.address, "Sec_Fetch_Site": "same-origin"}
    must(place.office.post("/problems", place.registration("真的"), **ours), 303)
    assert place.titles("伪造四") == 0


@attack
def other_bodies(place: Place) -> None:
    """415: a simple request from another site may be text/plain, and is no form."""
    token = urllib.parse.quote(place.office.token)
    body = f"form_token={token}&track=village&title=x&concerns=y".encode()
    for kind in ["text/plain", "application/json", "text/plain; application/x-www-form-urlencoded"]:
        must(place.office.ask("POST", "/problems", body, Content_Type=kind), 415)


@attack
def reading_changes_nothing(place: Place) -> None:
    """A GET of what takes forms does nothing."""
    before = place.office.get(place.problem).text.count("<li>")
    for action in ["accept", "judge", "close"]:
        token = urllib.parse.quote(place.office.token)
        answer = place.office.get(f"{place.problem}/{action}?form_token={token}&version=1")
        assert answer.status in (404, 405), answer.status
    assert place.office.get(place.problem).text.count("<li>") == before
    assert place.office.get("/sign-out").status in (404, 405)


# MARK: Sessions


@attack
def session_fixation(place: Place) -> None:
    """A session planted before signing in is worth nothing after, nor is one that ended."""
    planted = Client(place.server)
    planted.cookies = {"lianbang_session": "planted-by-somebody-else-0000000000000000"}
    must(planted.sign_in("other"), 303)
    assert planted.cookies["lianbang_session"] != "planted-by-somebody-else-0000000000000000"
    thief = Client(place.server)
    thief.cookies = {"lianbang_session": "planted-by-somebody-else-0000000000000000"}
    must(thief.get("/problems"), 303)
    ended = dict(planted.cookies)
    must(planted.post("/sign-out"), 303)
    thief.cookies = ended
    must(thief.get("/problems"), 303)


@attack
def cookies_keep_to_themselves(place: Place) -> None:
    """HttpOnly, SameSite, the whole path; Secure where browsers come by HTTPS."""
    for line in Client(place.server).get("/sign-in").all("Set-Cookie"):
        assert "httponly" in line.lower() and "samesite=" in line.lower(), line
        assert "path=/" in line.lower() and "domain" not in line.lower(), line
    secure = Server(
        place.server.program, place.server.folder, "--url", "https://lianbang.example", name="tls"
    )
    try:
        browser = Client(secure)
        for path in ["/sign-in", "/sign-in?lang=en"]:
            lines = browser.get(path).all("Set-Cookie")
            assert all("secure" in line.lower() for line in lines), lines
    finally:
        secure.stop()


@attack
def guessing_passwords(place: Place) -> None:
    """Wrong again and again, an account makes wait; whether a name exists is not told."""
    answers = []
    for name in ["handler-nobody", "nobody-at-all"]:
        client = Client(place.server)
        answers.append(client.sign_in(name, "wrong wrong wrong").text)
    texts = [re.sub(r'value="[^"]*"', "", text) for text in answers]
    assert texts[0] == texts[1]


# MARK: Ways off the site


@attack
def open_redirect(place: Place) -> None:
    """Signing in leads to a page of this site, whatever the address asks for."""
    for next_ in [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "https:evil.example",
        "/%2f/evil.example", "/%5cevil.example", "javascript:alert(1)", "/\tevil", " //evil.example",
        "/\r\nLocation: https://evil.example", "///evil.example", "/.//evil.example", "/..//evil.example", "",
    ]:  # fmt: skip
        location = must(Client(place.server).sign_in("other", next=next_), 303).location
        resolved = urllib.parse.urljoin(place.server.address + "/sign-in", location)
        assert resolved.startswith(place.server.address + "/"), f"{next_!r} leads to {location!r}"


@attack
def language_links_stay(place: Place) -> None:
    """The link to the other language leads to this site from whatever address."""
    for path in ["//evil.example/x", "/%5cevil.example", "/problems?lang=//evil.example"]:
        page = place.office.get(path).text
        for address in re.findall(r'<a href="([^"]*)"[^>]*hreflang', page):
            resolved = urllib.parse.urljoin(place.server.address + "/", address)
            assert resolved.startswith(place.server.address + "/"), f"{path}: {address}"
            assert not address.startswith("//"), f"{path}: {address}"


@attack
def poisoned_host(place: Place) -> None:
    """Links are never made of the Host that a request names."""
    for path in ["/sign-in", "/problems", place.problem, "/nothing"]:
        page = place.office.get(path, Host="evil.example", X_Forwarded_Host="evil.example")
        assert "evil.example" not in page.text + page.location, path


# MARK: Others' things


@attack
def others_numbers(place: Place) -> None:
    """What is not one's own is not there: 404, whoever asks and however."""
    number = place.problem.rsplit("/", 1)[1]
    must(place.handler.get(place.problem), 404)
    for action in ["acknowledge", "feedback", "claim"]:
        must(place.handler.post(f"{place.problem}/{action}", {"version": "1"}), 403, 404)
    must(place.handler.post("/problems", place.registration("越权")), 403)
    for path in [f"/problems/{number}%20", f"/problems/+{number}", f"/problems/0{number}", "/problems/-1"]:
        must(place.handler.get(path), 404)
    assert place.titles("越权") == 0


# MARK: Texts that are more than text


@attack
def header_injection(place: Place) -> None:
    """No line of a header comes from what was sent."""
    bad = "x%0d%0aSet-Cookie:%20evil=1"
    paths = [f"/sign-in?next=/{bad}", f"/problems?state={bad}", f"/{bad}", f"/problems?lang={bad}"]
    for path in paths:
        answer = place.office.get(path)
        assert not any("evil" in line for line in answer.all("Set-Cookie")), path
        assert "\n" not in answer.location and "evil=" not in answer.header("Content-Type"), path
    client = Client(place.server)
    client.cookies = {"lianbang_session": 'x"; Path=/evil', "lianbang_language": "en%0d%0aevil: 1"}
    answer = client.get("/sign-in")
    assert all("evil" not in value for _, value in answer.headers), answer.headers


@attack
def scripts_in_texts(place: Place) -> None:
    """What people type is shown as text, in pages and in their attributes."""
    title = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{title}}[[product.name]]"
    problem = place.register(title)
    for path in [problem, "/problems", "/tasks", "/search?q=" + urllib.parse.quote(title)]:
        page = place.office.get(path).text
        assert "<script>alert" not in page and "<img src=x" not in page, path
    assert "{{title}}[[product.name]]" in place.office.get(problem).text


# MARK: Running


def run(program: str, names: list[str]) -> tuple[int, int]:
    """How many attacks were met, and how many were not."""
    import uploads, wire  # noqa: F401, E401  their attacks join these

    failed = 0
    chosen = [function for function in ATTACKS if not names or function.__name__ in names]
    with tempfile.TemporaryDirectory() as folder:
        place = Place(program, folder)
        try:
            for function in chosen:
                began = time.monotonic()
                try:
                    function(place)
                    print(f"  met: {function.__name__} ({time.monotonic() - began:.1f} s)", flush=True)
                except Exception as error:
                    failed += 1
                    where = traceback.extract_tb(error.__traceback__)[-1]
                    doc = " ".join((function.__doc__ or "").split())
                    print(f"✗ {function.__name__}: {error} (line {where.lineno}). {doc}", flush=True)
        finally:
            place.server.stop()
    return len(chosen) - failed, failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    # The module that the other one's attacks join is this one.
    sys.modules["attacks"] = sys.modules["__main__"]
    passed, failed = run(options.program, options.names)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)
