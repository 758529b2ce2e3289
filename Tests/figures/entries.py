"""The exported ledger, and days in Shanghai."""

import base64
import datetime
import json
from dataclasses import dataclass

DAY = 86_400_000
SHANGHAI = 8 * 3_600_000


def day_number(instant: int) -> int:
    """The day in Shanghai, counted from 1970-01-01."""
    return (instant + SHANGHAI) // DAY


def start_of(day: str | int) -> int:
    if isinstance(day, str):
        day = (datetime.date.fromisoformat(day) - datetime.date(1970, 1, 1)).days
    return day * DAY - SHANGHAI


@dataclass
class Entry:
    stream: str
    version: int
    at: int
    kind: str
    payload: dict


def read_ledger(lines) -> list[Entry]:
    """Of the hashed bytes: nothing else is sure to be what was written. In the order in which it happened: where a
    clock was set for a rehearsal, entries do not stand in it."""
    entries = []
    for line in lines:
        said = json.loads(base64.b64decode(json.loads(line)["bytes"]))
        entries.append(Entry(said["stream"], said["version"], said["at"], said["kind"], said["payload"]))
    return sorted(entries, key=lambda entry: (entry.at, entry.version))
