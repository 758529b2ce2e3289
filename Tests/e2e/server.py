"""The program under test, on a fresh database and a free port."""

import socket
import subprocess
import threading
import time

PASSWORD = "correct horse battery"


class Server:
    def __init__(
        self, program: str, folder: str, *options: str, name: str = "e2e", database: str | None = None
    ):
        self.program = program
        self.folder = folder
        self.name = name
        self.database = database or f"sqlite:{folder}/{name}.sqlite"
        started = time.monotonic()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [program, "serve", "--sample", "--port", str(port), "--database", self.database, *options],
            stdout=subprocess.PIPE,
            stderr=open(f"{folder}/{name}.log", "wb"),
            text=True,
        )
        self.lines: list[str] = []
        threading.Thread(target=self.read, daemon=True).start()
        self.wait(lambda: self.lines or self.process.poll() is not None)
        assert self.process.poll() is None, f"the program ended: {self.lines} {self.log[-500:]}"
        self.started = time.monotonic() - started

    def read(self) -> None:
        for line in self.process.stdout:
            self.lines.append(line.strip())

    def wait(self, found, seconds: float = 20):
        """What is looked for in what the program says, as soon as it has said it."""
        end = time.monotonic() + seconds
        while not (result := found()):
            assert time.monotonic() < end, f"the program said {self.lines}; {self.log[-500:]}"
            time.sleep(0.02)
        return result

    @property
    def log(self) -> str:
        """What it wrote to its log."""
        with open(f"{self.folder}/{self.name}.log", encoding="utf-8", errors="replace") as file:
            return file.read()

    def run(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self.program, *words, "--database", self.database], capture_output=True, text=True
        )

    def command(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    def invite(self, role: str, name: str, *options: str) -> str:
        """The one-time link of a new account, granted by whoever holds the database."""
        return self.command(
            "account", "invite", "--name", name, "--role", role, "--url", self.address, *options
        ).strip()

    def stop(self) -> None:
        self.process.terminate()
        assert self.process.wait(15) == 0, "the server did not stop cleanly"
