"""The pages people work on, beside 100,000 problems, 4,000 enterprises and 5,400 officials on SQLite: what
they cost beside the constant route in the same run, beside the same pages among 1,000 problems, and what
a browser has to fetch for the list. A figure that is not what is demanded is marked with ✗."""

import base64
import http.client
import json
import re
import secrets
import subprocess
import urllib.parse

from benching import BENCH, Server, report

MANY, FEW = 100_000, 1_000
CLIENTS, THREADS = 32, 2
FILTER = "?state=in_progress&track=enterprise"
# Route, demanded share of the constant route's throughput.
SHARES = {"list, 50 rows, filtered": 0.03, "workbench": 0.06, "problem page": 0.06}
LONGEST_P95 = 40.0
HIGHEST_COST = 3.0
HEAVIEST = 60.0


def verdict(name: str, value: float, unit: str, holds: bool) -> None:
    report(f"{name}{'' if holds else ' ✗'}", value, unit)


def filled(folder: str, count: int, key: str) -> str:
    path = f"{folder}/pages-{count}.sqlite"
    said = subprocess.run(
        [BENCH, "fill", path, str(count)],
        check=True,
        stdout=subprocess.PIPE,
        env={"LIANBANG_MASTER_KEY": key},
    ).stdout
    report(**json.loads(said))
    return f"sqlite:{path}"


def among(folder: str, count: int) -> dict[str, float]:
    """Requests a second of each page."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    server = Server(filled(folder, count, key), sample=False, key=key)
    rates = {}
    try:
        server.sign_up()
        page = server.get("/problems" + FILTER)
        # The frame has a table of its own, of the keys.
        table = page.partition("<tbody")[2].partition("</tbody>")[0]
        shown = len(re.findall(r"<tr[ >]", table))
        assert shown == 50 or count < MANY, f"{shown} rows in the list"
        problem = re.search(r'href="(/problems/\d+)"', page).group(1)
        if count == MANY:
            weight(server, page)
        routes = {
            "constant route": "/health",
            "list, 50 rows, filtered": "/problems" + FILTER,
            "workbench": "/tasks",
            "problem page": problem,
        }
        for name, path in routes.items():
            rates[name], p95 = server.load(path, CLIENTS, THREADS)
            report(f"among {count:,}: {name}", rates[name], "/s")
            holds = name not in SHARES or p95 <= LONGEST_P95
            verdict(f"among {count:,}: {name}, 95th percentile", p95, "ms", holds)
        for name, share in SHARES.items():
            found = rates[name] / rates["constant route"]
            verdict(
                f"among {count:,}: {name} / constant route, %", found * 100, "%", found >= share
            )
    finally:
        server.stop()
    return rates


def weight(server: Server, page: str) -> None:
    """What a browser fetches that sees the list for the first time."""
    addresses = re.findall(r'<(?:link|script)[^>]* (?:href|src)="(/assets/[^"]+)"', page)
    own = len(page.encode())
    vendor = 0
    for address in addresses:
        body, headers = fetch(server, address)
        assert "immutable" in headers["Cache-Control"], address
        assert re.match(r"/assets/[0-9a-f]{16}/", address), address
        if "vendor" in address or "htmx" in address:
            vendor += len(body)
        else:
            own += len(body)
    styles = sum(address.endswith(".css") for address in addresses)
    scripts = sum(address.endswith(".js") for address in addresses)
    report("list page itself", len(page.encode()) / 1024, "KB")
    verdict("list page with its own files", own / 1024, "KB", own / 1024 <= HEAVIEST)
    report("files of others on it", vendor / 1024, "KB")
    verdict("style sheets of a page", styles, "", styles == 1)
    verdict("scripts of a page", scripts, "", scripts <= 2)


def fetch(server: Server, path: str) -> tuple[bytes, http.client.HTTPMessage]:
    """As it comes over the line: a browser takes gzip."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(server.address).netloc)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    return response.read(), response.headers


def run(folder: str) -> None:
    print(f"pages: {CLIENTS} connections, {THREADS} threads of wrk; ✗ is worse than demanded")
    many, few = among(folder, MANY), among(folder, FEW)
    for name in SHARES:
        cost = few[name] / many[name]
        verdict(f"{name}: cost among {MANY:,} / {FEW:,}", cost, "ratio", cost <= HIGHEST_COST)
