"""The small demo city, filled for a test."""

import pathlib
import subprocess


class City:
    def __init__(self, program: str, root: pathlib.Path, folder: pathlib.Path, there: str | None):
        self.program, self.root, self.folder = program, root, folder
        self.database = pathlib.Path(there) if there else folder / "city.sqlite"
        if not there:
            self("demo", "--size", "small")

    def __call__(self, *words: str) -> str:
        done = subprocess.run(self.command(*words), capture_output=True, text=True)
        assert done.returncode == 0, f"{' '.join(words)}: exit {done.returncode}: {done.stderr}{done.stdout}"
        return done.stdout

    def command(self, *words: str) -> list[str]:
        return [self.program, *words, "--database", f"sqlite:{self.database}", "--assets", str(self.root)]
