"""The small demo city, and what is done in it by accounts that somebody took up."""

import json
import pathlib
import shlex
import shutil
import sqlite3
import subprocess
import tempfile

from rare import PAST, STEPS


class City:
    def __init__(self, program: str, root: pathlib.Path, folder: pathlib.Path, there: str | None):
        self.program, self.root, self.folder = program, root, folder
        self.database = pathlib.Path(there) if there else folder / "city.sqlite"
        if not there:
            self("demo", "--size", "small", "--until", "2024-06-01")
            self.add()

    def __call__(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, f"{shlex.join(words)}: exit {done.returncode}: {done.stderr}{done.stdout}"
        return done.stdout

    def run(self, *words: str) -> subprocess.CompletedProcess:
        database = ["--database", f"sqlite:{self.database}", "--assets", str(self.root)]
        return subprocess.run([self.program, *words, *database], capture_output=True, text=True)

    def copy(self) -> "City":
        """The same in another file, to be spoilt."""
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".sqlite", delete=False) as file:
            other = pathlib.Path(file.name)
        with sqlite3.connect(self.database) as mine, sqlite3.connect(other) as its:
            mine.backup(its)
        shutil.copy(f"{self.database}.key", f"{other}.key")
        return City(self.program, self.root, self.folder, str(other))

    def write(self, statement: str) -> None:
        with sqlite3.connect(self.database) as connection:
            assert connection.execute(statement).rowcount == 1, statement

    def names(self) -> tuple[dict, dict]:
        """Who acts, and what the units and enterprises of the steps are called."""
        connection = sqlite3.connect(self.database)
        with connection:
            connection.execute("update accounts set username = 'u' || id, password_hash = 'none'")

        def rows(query):
            return connection.execute(query).fetchall()

        handlers = """
            select units.name, accounts.username from accounts join units on units.id = accounts.unit_id
            where accounts.role = 'handler' and units.kind = '{}' and units.level = '{}'
            order by accounts.id limit 2"""
        (first, second), (township, _) = (
            rows(handlers.format("department", "city")), rows(handlers.format("region", "township")),
        )  # fmt: skip
        village = """
            select county.name, township.name, village.name from units as village
            join units as township on township.id = village.parent_id
            join units as county on county.id = township.parent_id
            where village.level = 'village' limit 1"""
        who = {
            "director": rows("select username from accounts where role = 'director'")[0][0],
            "office": rows("select username from accounts where role = 'office' order by id")[0][0],
            "first": first[1], "second": second[1], "township": township[1],
        }  # fmt: skip
        what = {
            "FIRST": first[0], "SECOND": second[0], "TOWNSHIP": township[0],
            "VILLAGE": "/".join(("许昌市", *rows(village)[0])),
            "ENTERPRISE": rows("select name from enterprises order by id")[0][0],
        }  # fmt: skip
        connection.close()
        return who, what

    def add(self) -> None:
        who, what = self.names()
        numbers: dict[str, str] = {}
        for step in STEPS.strip().splitlines():
            problem, at, actor, action, *options = step.split()
            acting = ["--as", who[actor], "--at", f"2024-{at}"]
            if action == "register":
                track, found = options
                words = ["--track", track, "--title", problem, "--concerns", what[track.upper()]]
                said = self("problem", "register", *words, "--found-on", found, *acting)
                numbers[problem] = str(json.loads(said)["number"])
            else:
                words = [what.get(word, numbers.get(word, word)) for word in options]
                self("problem", "act", numbers[problem], action, "--text", "说明", *words, *acting)
        past = PAST
        for name, value in what.items():
            past = past.replace(name, value)
        table = self.folder / "past.csv"
        table.write_text(past)
        self("import", "problems", str(table))
