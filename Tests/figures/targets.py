"""The figures of pairings, by days: who is in the registers, in charge of whom, and who was last in contact."""

from collections import defaultdict

from count import Line
from entries import DAY, Entry, day_number, start_of

LEVELS = ("county", "township", "village")


class Targets:
    """Knows what the demo city has: where a unit moves or ends, or an enterprise closes or is merged away, it stops
    rather than count wrongly."""

    def __init__(self, entries: list[Entry]):
        self.places, self.since, self.kinds = {}, {}, {}
        self.pairings, self.visits = {}, {}
        # Enterprise -> days of contact.
        self.contacts = defaultdict(list)
        concerned = {}
        for entry in entries:
            sort, said = entry.kind.split(".")[0], entry.payload
            who = entry.stream.split("/")[1]
            match entry.kind:
                case "unit.created":
                    self.places[who] = {**self.places.get(said.get("parent"), {}), said["level"]: who}
                    if said["kind"] == "region" and said["level"] in ("township", "village"):
                        self.kinds[who], self.since[who] = said["level"], start_of(said["valid_from"])
                case "enterprise.added":
                    self.places[who] = self.places[said["unit_id"]]
                    self.kinds[who] = "enterprise"
                    self.since[who] = start_of(day_number(entry.at))
                case "pairing.added":
                    target = said.get("enterprise_id") or said["unit_id"]
                    self.pairings[who] = [target, start_of(said["begins"]), None]
                case "pairing.ended":
                    self.pairings[who][2] = start_of(said["ends"]["to"])
                case "visit.added":
                    self.visits[who] = said
                case "visit.hold":
                    visit = self.visits[who]
                    self.contacts[visit["enterprise_id"]].append(start_of(visit["day"]))
                case "problem.registered":
                    concerned[who] = said.get("concerns_enterprise")
                    self.contacts[concerned[who]].append(entry.at)
                case "problem.return_visited":
                    self.contacts[concerned[who]].append(entry.at)
                case _:
                    assert sort not in ("unit", "enterprise", "pairing"), f"{entry.kind}: unknown here"

    def lines(self, code: str, until: int):
        paired = {
            target
            for target, begins, ends in self.pairings.values()
            if begins < until and (ends is None or until <= ends)
        }
        for who, kind in self.kinds.items():
            if self.since[who] >= until:
                continue
            places = dict.fromkeys("unit category difficulty tier origin".split())
            places |= {level: self.places[who].get(level) for level in LEVELS}
            places["track"] = "enterprise" if kind == "enterprise" else "village"
            if code == "pairing_coverage":
                yield Line(numerator=who in paired), places
            elif kind == "enterprise" and who in paired:
                contacts = [at for at in self.contacts[who] if at < until]
                recent = any(until - at <= 90 * DAY for at in contacts)
                yield Line(numerator=recent, beside={"never": not contacts}), places
