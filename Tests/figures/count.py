"""Every figure of problems and rounds, counted one by one as the words of its definition say."""

from dataclasses import dataclass, field

from entries import day_number
from lives import Problem, Round

# The versions of the definitions these were written from.
VERSIONS = {
    "resolution_rate": 2, "completion_rate": 2, "on_time_rate": 2, "identification_rate": 2,
    "satisfaction": 2, "redo_rate": 2, "look_back_failure_rate": 2, "first_feedback_time": 1,
    "solving_time": 1, "solved_by_tier": 1, "found_count": 1, "closed_count": 1, "open_by_lamp": 1,
    "overdue_count": 1, "shelved_count": 1, "objection_rate": 1, "extension_rate": 1, "push_down_rate": 1,
    "common_cause_share": 1, "progress": 1, "tier_flow": 1, "pairing_coverage": 1, "contact_rate": 1,
    "due_count": 1, "assigned_count": 1, "major_open_count": 1,
}
NOTHING = Round()


@dataclass
class Line:
    """What one problem or round is to a figure."""

    # When it became a member of the period; None where the figure is of an instant.
    member: int | None = None
    excluded: str | None = None
    numerator: bool | None = None
    beside: dict[str, bool] = field(default_factory=dict)
    share: str | None = None
    began: int | None = None
    ended: int | None = None


def right(one: Round) -> bool:
    return one.closed is not None and one.outcome in ("solved", "partly", "explained")


def otherwise(one: Round) -> bool:
    return one.closed is not None and not right(one)


def merged(problem: Problem) -> str | None:
    return "merged" if problem.merged else None


def void(problem: Problem) -> str | None:
    return merged(problem) or ("declined" if problem.declined else None)


# Figures of problems, each in the round it is in: problem, round, as of -> Line, or None where it does not count.


def resolution_rate(p, r, t):
    beside = {"other_outcome": otherwise(r), "shelved": p.shelved is not None}
    return Line(p.found, void(p), right(r), beside)


def completion_rate(p, r, t):
    legal = "legal" if p.category == "legal" else None
    return Line(p.found, void(p) or legal, right(r), {"shelved": p.shelved is not None})


def identification_rate(p, r, t):
    first_known = ("appeal", "petition", "look_back")
    if p.origin != "official" and p.origin not in first_known:
        return None
    return Line(p.found, merged(p), p.origin == "official", {one: p.origin == one for one in first_known})


def redo_rate(p, r, t):
    if r.claimed is None and len(p.rounds) < 2:
        return None
    return Line(p.found, merged(p), len(p.rounds) > 1, {"three_rounds": len(p.rounds) > 2})


def solving_time(p, r, t):
    return Line(p.found, void(p), None, {"shelved": p.shelved is not None}, began=p.found, ended=r.closed)


def solved_by_tier(p, r, t):
    return Line(r.closed, share=p.tier or "") if right(r) else None


def found_count(p, r, t):
    return Line(p.found, void(p))


def closed_count(p, r, t):
    return Line(r.closed, beside={"right": right(r)}) if r.closed is not None else None


def lamp(p, r, t):
    """Grey where no clock runs: none was set, it stands still, or the handler is done."""
    if p.shelved or not r.lead or r.lead.due is None or r.lead.suspended or r.claimed is not None:
        return "grey"
    return "red" if r.lead.due <= t else "yellow" if r.lead.yellow <= t else "green"


def open_by_lamp(p, r, t):
    if r.closed is not None:
        return None
    beside = {"unassigned": not r.lead, "shelved": p.shelved is not None, "claimed": r.claimed is not None}
    return Line(None, void(p) or ("referred" if p.referred else None), beside=beside, share=lamp(p, r, t))


def overdue_count(p, r, t):
    if not r.lead or r.lead.due is None or r.lead.due > t or r.claimed is not None or r.lead.suspended:
        return None
    return Line(beside={"extended": r.lead.extended is not None})


def due_count(p, r, t):
    """Those of days to come as well."""
    if not r.lead or r.lead.due is None or r.claimed is not None or r.lead.suspended:
        return None
    return Line(r.lead.due - 1, beside={"extended": r.lead.extended is not None})


def major_open_count(p, r, t):
    if r.closed is not None or (p.difficulty != "major" and p.tier != "city_government"):
        return None
    referred = "referred" if p.referred else None
    return Line(excluded=void(p) or referred, beside={"shelved": p.shelved is not None})


def shelved_count(p, r, t):
    return Line() if p.shelved else None


def common_cause_share(p, r, t):
    return Line(p.found, void(p), p.batch is not None)


def progress(p, r, t):
    beside = {
        "accepted": p.accepted is not None,
        "judged": p.judged is not None,
        "assigned": r.lead is not None,
        "feedback": bool(r.lead and r.lead.feedback) or r.claimed is not None,
        "claimed": r.claimed is not None,
        "verified": r.verified is not None or r.closed is not None,
        "closed": r.closed is not None,
    }
    return Line(p.found, void(p), beside=beside)


def tier_flow(p, r, t):
    beside = {"right": right(r), "other": otherwise(r), "open": r.closed is None}
    return Line(p.found, void(p), beside=beside, share=p.tier or "")


# Figures of rounds, each as it ended or stands.


def on_time_rate(p, r, t):
    if not r.lead or r.lead.due is None or r.lead.due > t:
        return None
    in_time = r.claimed is not None and r.claimed < r.lead.due
    beside = {"extended": r.lead.extended is not None, "to_be_closed": in_time and r.closed is None}
    suspended = "suspended" if r.lead.suspended else None
    # The due day is the one that ends then.
    return Line(r.lead.due - 1, suspended, in_time and r.closed is not None, beside)


def satisfaction(p, r, t):
    if r.claimed is None or (r.evaluated is None and r.closed is None):
        return None
    satisfied = r.rating in ("satisfied", "basically_satisfied")
    unrated = None if r.rating else "unrated"
    return Line(r.claimed, unrated, satisfied, {"dissatisfied": r.rating == "dissatisfied"})


def look_back_failure_rate(p, r, t):
    return Line(r.looked_back, numerator=r.look_back == "failed") if r.looked_back is not None else None


def assigned_count(p, r, t):
    return r.lead and Line(r.lead.assigned, beside={"claimed": r.claimed is not None})


def first_feedback_time(p, r, t):
    # Whoever claims at once has told enough.
    told = [at for at in (r.lead.feedback, r.lead.claimed, r.claimed) if at is not None] if r.lead else []
    return r.lead and Line(r.lead.assigned, began=r.lead.assigned, ended=told[0] if told else None)


def objection_rate(p, r, t):
    return r.lead and Line(r.lead.assigned, numerator=r.objected is not None)


def extension_rate(p, r, t):
    return r.lead and Line(r.lead.assigned, numerator=r.lead.extended is not None)


def push_down_rate(p, r, t):
    return r.lead and Line(r.lead.assigned, numerator=r.lead.is_pushed_down)


OF_ROUNDS = (
    on_time_rate, satisfaction, look_back_failure_rate, assigned_count, first_feedback_time, objection_rate,
    extension_rate, push_down_rate,
)
OF_PROBLEMS = (
    resolution_rate, completion_rate, identification_rate, redo_rate, solving_time, solved_by_tier,
    found_count, closed_count, open_by_lamp, overdue_count, shelved_count, common_cause_share, progress,
    tier_flow, due_count, major_open_count,
)


def lines(code: str, problem: Problem, t: int):
    """What the figure counts of a problem: its line, and what it is divided by."""

    def places(one: Round, is_past: bool) -> dict:
        return {
            "county": problem.area.get("county"), "township": problem.area.get("township"),
            "village": problem.area.get("village"), "track": problem.track, "origin": problem.origin,
            "unit": one.lead and one.lead.unit,
            "category": one.category if is_past else problem.category,
            "difficulty": one.difficulty if is_past else problem.difficulty,
            "tier": one.tier if is_past else problem.tier,
        }  # fmt: skip

    for figure in OF_PROBLEMS:
        if figure.__name__ == code:
            now = problem.round or NOTHING
            if line := figure(problem, now, t):
                yield line, places(now, False)
    for figure in OF_ROUNDS:
        if figure.__name__ == code:
            for one in problem.rounds:
                if line := figure(problem, one, t):
                    yield line, places(one, one is not problem.round)


class Tally:
    def __init__(self):
        self.numerator = self.denominator = self.waiting = 0
        self.excluded, self.beside, self.shares, self.hours = {}, {}, {}, []

    def add(self, line: Line) -> None:
        if line.excluded:
            self.excluded[line.excluded] = self.excluded.get(line.excluded, 0) + 1
            return
        self.denominator += 1
        self.numerator += bool(line.numerator)
        for code, holds in line.beside.items():
            self.beside[code] = self.beside.get(code, 0) + holds
        if line.share is not None:
            self.shares[line.share] = self.shares.get(line.share, 0) + 1
        if line.ended is not None:
            self.hours.append((line.ended - line.began) // 3_600_000)
        elif line.began is not None:
            self.waiting += 1

    def quantile(self, tenths: int) -> int | None:
        """By nearest rank, of those that came to an end."""
        return sorted(self.hours)[-(-tenths * len(self.hours) // 10) - 1] if self.hours else None


def count(counted, period: tuple[int, int] | None, by: str | None, only: dict) -> tuple[Tally, dict]:
    """The total, and what each group has.

    counted: lines with what they are divided by; period: first and last day; only: such as {"track": "village"}.
    """
    total, groups = Tally(), {}
    for line, places in counted:
        day = None if line.member is None else day_number(line.member)
        if period and day is not None and not period[0] <= day <= period[1]:
            continue
        if any(places[name] != value for name, value in only.items()):
            continue
        total.add(line)
        if by:
            key = day if by == "day" else places[by]
            groups.setdefault("" if key is None else str(key), Tally()).add(line)
    return total, groups
