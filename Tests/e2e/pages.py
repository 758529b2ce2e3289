"""Every page that a link leads to, as each role sees it: nobody is shut out by the way it is made. Each
pattern of an address is looked at once by axe in the light on a desk and once in the dark on a phone, at
360 px and at 200 %."""

import base64
import hmac
import re
import struct
import time
import urllib.parse
import urllib.request
from collections import deque

from playwright.sync_api import expect

import axe
from people import PHONE, Crew, Person

# The administrators come first: their second factor takes a while to be good again.
ADMINISTRATORS = ["system_administrator", "security_administrator", "audit_administrator"]
SEATS = {
    "office": [], "director": [], "leader": [], "county_office": ["--unit", "示例市/清河县"],
    "handler": ["--unit", "清河县水利局"], "village_clerk": ["--unit", "河湾村"],
}  # fmt: skip
# Of pages of one pattern with a number in it that many are looked at by a role.
SAMPLES = 2
# What no link leads to, but a form or somebody's memory.
EXTRA = {
    "nobody": ["/sign-in", "/styleguide", "/evaluation", "/help", "/definitions", "/nothing"],
    "office": ["/search?q=%E6%9C%BA%E4%BA%95", "/search?q=nothing-at-all", "/problems?text=%E6%9C%BA%E4%BA%95&lamp=red", "/problems?state=merged"],
}
# Addresses that leave: a file, another session, or the way out.
LEAVING = re.compile(r"/(export|exports|templates|diagnostics|files|attachments)/|[?&](lang|format)=")


def pattern(address: str) -> str:
    """An address without numbers, words of a query or one-time links."""
    path = re.sub(r"^/help/.+", "/help/:topic", urllib.parse.urlsplit(address).path)
    path = re.sub(r"^/figures/[^/]+", "/figures/:code", path)
    # A report of each week is one of a kind.
    path = re.sub(r"^/reports/[^/]+/[^/]+/[^/]+", "/reports/:kind/:subject/:period", path)
    return re.sub(r"/(\d+|[A-Za-z0-9_-]{40,})(?=/|$)", "/:id", path)


def code(secret: str, at: float) -> str:
    """The six digits of RFC 6238 for this moment."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), "sha1").digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def second_factor(person: Person) -> None:
    """An administrator sets up the second factor, without which there is nothing else to see."""
    assert person.path == "/account/second-factor", person.path
    secret = person.page.locator("code").inner_text().replace(" ", "")
    person.fill("#code", code(secret, time.time()))
    person.click("main form button.primary")
    expect(person.page.locator("#code")).to_have_count(0)
    person.look("recovery-codes")


class Explorer:
    def __init__(self, crew: Crew):
        self.crew = crew
        self.looked: set[str] = set()
        self.phone = crew.person(**PHONE, color_scheme="dark")
        self.seen: dict[str, list[str]] = {}

    def explore(self, person: Person, role: str, start: str = "/") -> None:
        starts = [start, *EXTRA.get(role, [])]
        waiting, known, samples = deque(starts), set(starts), {}
        self.phone.page.context.clear_cookies()
        self.phone.page.context.add_cookies(person.page.context.cookies())
        while waiting:
            address = waiting.popleft()
            kind = pattern(address)
            enough = SAMPLES if ":id" in kind or address in EXTRA.get(role, []) else 1
            if samples.get(kind, 0) >= enough or LEAVING.search(address):
                continue
            samples[kind] = samples.get(kind, 0) + 1
            answer = person.page.goto(urllib.parse.urljoin(self.crew.server.address, address))
            if answer.status >= 400 and address != "/nothing":
                self.crew.faults.append(f"{role} is led to {address}, which is {answer.status}")
                continue
            landed = pattern(person.page.url)
            self.seen.setdefault(landed, []).append(role)
            self.look(person, role, address, landed)
            for link in person.page.locator("a[href]").evaluate_all("all => all.map((a) => a.getAttribute('href'))"):
                link = urllib.parse.urljoin(person.page.url, link).split("#")[0]
                if link.startswith(self.crew.server.address + "/"):
                    link = link.removeprefix(self.crew.server.address)
                    if link not in known:
                        known.add(link)
                        waiting.append(link)

    def look(self, person: Person, role: str, address: str, kind: str) -> None:
        if kind in self.looked:
            return
        self.looked.add(kind)
        self.judge(person, f"{kind} as {role}")
        person.look(f"{kind}-{role}")
        person.page.set_viewport_size({"width": 640, "height": 400})
        person.look(f"{kind}-{role}-200-percent")
        person.page.set_viewport_size({"width": 1280, "height": 800})
        self.phone.goto(address)
        self.judge(self.phone, f"{kind} as {role}, dark, on a phone")
        self.phone.look(f"{kind}-{role}-phone-dark")

    def judge(self, person: Person, name: str) -> None:
        for violation in axe.violations(person.page):
            self.crew.faults.append(f"{name}: {violation}")


def routes(server: str, sources: str = "Sources/Web/Route.swift") -> dict[str, bool]:
    """Every pattern of an address, and whether one was answered since the server began."""
    with open(sources, encoding="utf-8") as file:
        patterns = re.findall(r'case \.\w+(?:\(.*?\))?: "(/[^"]*)"', file.read())
    metrics = urllib.request.urlopen(server + "/metrics").read().decode()
    answered = {
        re.sub(r"\{\w+\}", ":", route)
        for route, status in re.findall(r'_count\{method="\w+",route="([^"]+)",status="(\d+)"\}', metrics)
        if status < "400"
    }
    return {re.sub(r"\\\((\w+)\)", r":\1", found): re.sub(r"\\\(\w+\)", ":", found) in answered for found in patterns}


def table(server: str) -> list[str]:
    """Which routes were visited, and which were not."""
    found = sorted(routes(server).items())
    lines = [f"  {'visited' if answered else '–      '} {route}" for route, answered in found]
    return [f"  {sum(answered for _, answered in found)} of {len(found)} routes visited:", *lines]


def run(crew: Crew, official: str, enterprise: str) -> None:
    explorer = Explorer(crew)
    stranger = crew.person()
    explorer.explore(stranger, "nobody")
    seats = SEATS | {"official": ["--official", official], "enterprise": ["--enterprise", enterprise]}
    for role, seat in [(role, []) for role in ADMINISTRATORS] + list(seats.items()):
        person = crew.person(crew.server.invite(role, role, *seat), f"explorer.{role}")
        if role in ADMINISTRATORS:
            second_factor(person)
        explorer.explore(person, role)
        person.page.context.close()
    explorer.phone.page.context.close()
    stranger.page.context.close()
    print(f"  {len(explorer.looked)} sorts of pages looked at")
    crew.end()
