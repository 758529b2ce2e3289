"""What the parts of the bench share: the table, and the program under wrk."""

import http.cookiejar
import os
import pathlib
import re
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

PROGRAM = ".build/release/lianbang"
BENCH = ".build/release/bench"
SECONDS = 5

rows: list[dict] = []


def report(name: str, value: float, unit: str) -> None:
    rows.append({"name": name, "value": round(value, 2), "unit": unit})
    print(f"{name:<58} {value:>12,.2f} {unit}", flush=True)


class Server:
    """The program on a database, and a browser that signs in."""

    def __init__(
        self, database: str, sample: bool = True, key: str | None = None,
        settings: dict[str, str] | None = None,
    ):  # fmt: skip
        self.database = database
        self.environment = os.environ | ({"LIANBANG_MASTER_KEY": key} if key else {}) | (settings or {})
        began = time.monotonic()
        self.process = subprocess.Popen(
            [PROGRAM, "serve", *["--sample"][: int(sample)], "--port", "0", "--database", database],
            stdout=subprocess.PIPE,
            # As under systemd, somebody reads the log.
            stderr=subprocess.DEVNULL,
            text=True,
            env=self.environment,
        )
        self.address = re.search(r"http://\S+", self.process.stdout.readline()).group()
        urllib.request.urlopen(self.address + "/ready").read()
        self.start = time.monotonic() - began
        self.jar = http.cookiejar.CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        return self.browser.open(self.address + path).read().decode()

    def sign_up(self) -> None:
        """As an office account of its own."""
        invite = ["account", "invite", "--name", "基准", "--role", "office", "--url", self.address]
        link = subprocess.run(
            [PROGRAM, *invite, "--database", self.database],
            check=True,
            capture_output=True,
            text=True,
            env=self.environment,
        ).stdout.strip()
        page = self.browser.open(link).read().decode()
        token = re.search(r'name="form_token" value="([^"]+)"', page).group(1)
        password = "correct horse battery"
        fields = dict(form_token=token, username="bench", password=password, repeated=password)
        self.browser.open(link, urllib.parse.urlencode(fields).encode()).read()

    def memory(self) -> float:
        """Resident MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def load(self, path: str, clients: int, threads: int = 1) -> tuple[float, float]:
        """Requests a second and the 95th percentile in ms."""
        script = pathlib.Path(tempfile.gettempdir()) / "lianbang-wrk.lua"
        script.write_text(
            "done = function(summary, latency)\n"
            '  print(string.format("P95 %f", latency:percentile(95) / 1000))\n'
            '  print(string.format("BAD %d", summary.errors.status))\n'
            "end\n"
        )
        cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)
        text = subprocess.run(
            ["wrk", f"-t{threads}", f"-c{clients}", f"-d{SECONDS}s", "-s", script]
            + ["-H", f"Cookie: {cookie}", self.address + path],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert re.search(r"BAD 0", text), f"{path} was answered with errors:\n{text}"
        return (
            float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)),
            float(re.search(r"P95 ([\d.]+)", text).group(1)),
        )

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
