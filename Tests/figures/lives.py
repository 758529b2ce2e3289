"""What a problem's entries in the ledger add up to at an instant. Plain on purpose: all entries before the
instant are gone through again for every question."""

from dataclasses import dataclass, field

from entries import DAY, Entry, start_of


@dataclass
class Lead:
    """The lead handler's leg."""

    number: int
    unit: str | None
    assigned: int
    due: int | None
    yellow: int | None
    is_pushed_down: bool
    feedback: int | None = None
    extended: int | None = None
    suspended: int | None = None
    claimed: int | None = None

    def redate(self, dates: list[dict]) -> None:
        if date := final(dates):
            self.due, self.yellow = date["instant"], date["yellow"]


@dataclass
class Round:
    """From assignment to closure. Without a lead handler after the order was taken back from it."""

    lead: Lead | None = None
    # The official's line of a double procedure, and co-handlers: number of the leg -> role, while open.
    beside: dict[int, str] = field(default_factory=dict)
    # Of any lead handler it had: one that was upheld is an objection as well.
    objected: int | None = None
    outcome: str | None = None
    claimed: int | None = None
    verified: int | None = None
    evaluated: int | None = None
    rating: str | None = None
    closed: int | None = None
    looked_back: int | None = None
    look_back: str | None = None
    # What the problem was when the round ended; None while it lasts.
    category: str | None = None
    difficulty: str | None = None
    tier: str | None = None


def final(dates: list[dict]) -> dict | None:
    """The milestone by which it is to be solved."""
    solve = [date for date in dates if date["milestone"] in ("solve_general", "solve_complex")]
    return solve[-1] if solve else None


class Problem:
    def __init__(self, registered: Entry):
        said = registered.payload
        self.registered = registered.at
        self.found = start_of(said["found_on"])
        self.track, self.origin = said["track"], said.get("origin")
        self.area = said.get("area", {})
        self.enterprise = said.get("concerns_enterprise")
        self.accepted = self.declined = self.judged = None
        self.category = self.difficulty = self.tier = self.batch = None
        self.merged = self.shelved = self.referred = None
        self.rounds: list[Round] = []
        # None before the first assignment, and between being opened again and the next one.
        self.round: Round | None = None
        self.legs = 0

    # Entries, by the last part of their kind.

    def accepted_(self, at, said):
        self.accepted = at

    def declined_(self, at, said):
        self.declined = at

    def judged_(self, at, said):
        self.judged = at
        self.category, self.difficulty = said["category"], said["difficulty"]
        self.tier = said.get("tier") or self.tier

    def assigned_(self, at, said):
        if not self.round or self.round.closed:
            self.new_round()
        self.legs += 1
        others = [one for one in said.get("others", []) if one.get("official") or one.get("unit")]
        pushed_down = bool(said.get("pushed_down")) and said.get(
            "is_lead_pushed_down", not any(one.get("is_pushed_down") for one in others)
        )
        date = final(said["due"]) or {}
        self.round.lead = Lead(
            self.legs, said["unit"], at, date.get("instant"), date.get("yellow"), pushed_down
        )
        self.round.outcome = None
        for one in others:
            self.legs += 1
            self.round.beside[self.legs] = one["role"]

    def redone_(self, at, said):
        self.new_round()
        self.assigned_(at, said)

    def new_round(self):
        self.end_round()
        self.round = Round()
        self.rounds.append(self.round)

    def end_round(self):
        if self.round:
            self.round.category, self.round.difficulty = self.category, self.difficulty
            self.round.tier = self.tier
        self.round = None

    def reopened_(self, at, said):
        self.end_round()
        self.declined = None

    def lead(self, said) -> Lead | None:
        """The lead handler's leg, where the entry is about it."""
        lead = self.round.lead if self.round else None
        return lead if lead and said.get("leg") in (None, lead.number) else None

    def feedback_(self, at, said):
        if lead := self.lead(said):
            lead.feedback = lead.feedback or at

    def objected_(self, at, said):
        if self.lead(said):
            self.round.objected = at

    def objection_ruled_(self, at, said):
        if said["upheld"]:
            self.leg_withdrawn_(at, said)

    def leg_withdrawn_(self, at, said):
        if self.lead(said):
            self.withdraw()
        elif self.round:
            self.round.beside.pop(said["leg"], None)
            self.finish(at)

    def withdraw(self):
        """All that is still to be reported is taken back."""
        if self.round:
            self.round.beside.clear()
            if self.round.lead and not self.round.lead.claimed:
                self.round.lead = None

    def extension_decided_(self, at, said):
        if said["approved"] and (lead := self.lead(said)):
            lead.extended = at
            lead.redate(said["due"])

    def suspended_(self, at, said):
        if lead := self.lead(said):
            lead.suspended = at

    def resumed_(self, at, said):
        if lead := self.lead(said):
            lead.suspended = None
            lead.redate(said["due"])

    def redated_(self, at, said):
        for part in said["legs"]:
            if lead := self.lead(part):
                lead.redate(part["due"])

    def answered_(self, at, said):
        self.round.beside.pop(said["leg"], None)
        self.finish(at)

    def claimed_(self, at, said):
        if lead := self.lead(said):
            lead.claimed, lead.suspended = at, None
        self.round.outcome = said["outcome"]
        self.finish(at)

    def finish(self, at):
        """双反馈: it goes to the check when the lead handler and the official's line have reported."""
        done = self.round.lead and self.round.lead.claimed
        if done and not self.round.claimed and "official" not in self.round.beside.values():
            self.round.claimed = at

    def verified_(self, at, said):
        self.round.verified = at

    def evaluated_(self, at, said):
        self.round.evaluated, self.round.rating = at, said["rating"]

    def return_visited_(self, at, said):
        self.round.rating = said.get("rating")
        if self.round.rating:
            self.round.evaluated = at

    def closed_(self, at, said):
        self.round.closed = at

    def looked_back_(self, at, said):
        self.round.looked_back, self.round.look_back = at, "passed" if said["passed"] else "failed"

    def shelved_(self, at, said):
        self.withdraw()
        self.shelved = at

    def unshelved_(self, at, said):
        self.shelved = None

    def referred_(self, at, said):
        self.withdraw()
        self.referred = at

    def referral_answered_(self, at, said):
        self.referred = None

    def merged_(self, at, said):
        self.withdraw()
        self.merged = at

    def unmerged_(self, at, said):
        self.merged = None

    def escalated_(self, at, said):
        if not self.round or not self.round.claimed:
            self.withdraw()
        self.tier = said["tier"]

    def batched_(self, at, said):
        self.batch = said["batch"]

    def unbatched_(self, at, said):
        self.batch = None

    def nothing(self, at, said):
        """Of no figure."""

    def take_over(self, said, until):
        """Days of earlier records, each at its beginning."""

        def past(name):
            return start_of(said[name]) if name in said and start_of(said[name]) < until else None

        days = ("judged_on", "assigned_on", "claimed_on", "closed_on")
        first = next((name for name in days if name in said), None)
        if not first or past(first) is not None:
            self.category = said.get("category")
        if not first or past(first) is None:
            return
        self.accepted = self.judged = past(first)
        self.difficulty = "general"
        done = past("claimed_on") or past("closed_on")
        assigned = next((name for name in days[1:] if name in said), None)
        # Without a unit nobody has it, unless it is done.
        if assigned and past(assigned) is not None and ("unit" in said or done is not None):
            self.new_round()
            due = start_of(said["due_on"]) + DAY if "due_on" in said else None
            given = max(1, ((due or 0) - past(assigned)) // DAY - 1)
            yellow = due and due - max(1, given // 3) * DAY
            self.legs = 1
            self.round.lead = Lead(1, said.get("unit"), past(assigned), due, yellow, False, claimed=done)
        if done is not None:
            self.round.claimed, self.round.closed = done, past("closed_on")
            self.round.outcome, self.round.rating = said.get("outcome", "solved"), said.get("rating")


NOT_COUNTED = """acknowledged extension_asked planned plan_decided step_done verification_failed
evaluation_link_issued shelving_reviewed absorbed master_closed released split reminded urging_drafted urged
accountability_drafted supplemented""".split()


def fold(entries: list[Entry], until: int, known: int) -> Problem | None:
    """None where nobody could count it then.

    known: what was registered from then on is left out; not before until.
    """
    first = entries[0]
    assert first.kind == "problem.registered", first
    if first.at >= known or start_of(first.payload["found_on"]) >= until:
        return None
    problem = Problem(first)
    for entry in entries[1:]:
        kind = entry.kind.removeprefix("problem.")
        if kind == "taken_over":
            if entry.at < known:
                problem.take_over(entry.payload, until)
        elif entry.at < until:
            step = problem.nothing if kind in NOT_COUNTED else getattr(problem, kind + "_")
            step(entry.at, entry.payload)
    return problem
