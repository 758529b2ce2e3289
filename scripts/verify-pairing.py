#!/usr/bin/env python3
"""Checks an answer of `lianbang pair solve --json` against its instance, with nothing of Lianbang's own.

    scripts/verify-pairing.py INSTANCE.json ANSWER.json        one of them may be - for standard input

An optimal answer is right when the pairs keep every rule and the potentials prove that no others cost less
(docs/pairing.md says why); an infeasible one when those named want more than there is, and none of them
can be left out. Prints what was found; exits with 1 where anything is not as it should be.
"""
import json
import sys


def optimal(instance: dict, answer: dict) -> str:
    officials, targets = instance["officials"], instance["targets"]
    load_cost = instance.get("load_cost", [])
    load = lambda k: load_cost[min(k, len(load_cost)) - 1] if load_cost else 0
    p, q = answer["potentials"]["officials"], answer["potentials"]["targets"]
    require(len(p) == len(officials) and len(q) == len(targets), "a potential is missing")

    pairs = {(o, t) for o, t in answer["pairs"]}
    require(len(pairs) == len(answer["pairs"]), "a pair comes twice")
    loads, served, cost, found = [0] * len(officials), [0] * len(targets), 0, 0
    for o, t, price in instance["arcs"]:
        if (o, t) in pairs:
            found += 1
            loads[o] += 1
            served[t] += 1
            cost += price + load(loads[o])
            require(price <= q[t] - p[o], f"pair {o}, {t} costs more than its potentials allow")
        else:
            require(price >= q[t] - p[o], f"arc {o}, {t} would cost less than its potentials allow")
    require(found == len(pairs), "a pair is no arc")
    require(cost == answer["cost"], f"the cost is {cost}, not {answer['cost']}")
    for t, target in enumerate(targets):
        wants = target.get("demand", 1)
        require(served[t] == wants, f"target {t} has {served[t]} officials and asks for {wants}")
    for o, official in enumerate(officials):
        least, most, has = official.get("min", 0), official["capacity"], loads[o]
        require(least <= has <= most, f"official {o} has {has} targets, and not {least} to {most}")
        require(has == least or load(has) <= p[o], f"official {o}: the last target costs too much")
        require(has == most or load(has + 1) >= p[o], f"official {o}: one more would cost less")
    return f"optimal: {len(pairs)} pairs cost {cost}, and no others cost less"


def infeasible(instance: dict, answer: dict) -> str:
    demands = [target.get("demand", 1) for target in instance["targets"]]
    capacities = [official["capacity"] for official in instance["officials"]]
    minima = [official.get("min", 0) for official in instance["officials"]]
    lost, total = answer["deficiency"], sum(demands)
    require(lost >= 0 and answer["coverable"] + lost == total, f"the numbers do not make up {total}")
    require((lost > 0) == bool(answer["proof"]), "targets are named if and only if some are left over")
    if answer["proof"]:
        arcs = [(t, o) for o, t, _ in instance["arcs"]]
        wanted, available = shortage(answer["proof"], demands, capacities, arcs)
        require(wanted - available <= lost, "more is left over than the answer says")
        return f"infeasible: {len(answer['proof'])} targets want {wanted} and can have {available}"
    named = answer["proof_officials"]
    if len(named) == 1 and minima[named[0]] > capacities[named[0]]:
        return f"infeasible: the minimum of official {named[0]} is above the capacity"
    arcs = [(o, t) for o, t, _ in instance["arcs"]]
    wanted, available = shortage(named, minima, demands, arcs)
    return f"infeasible: {len(named)} officials have to serve {wanted} and can serve {available}"


def shortage(named: list, wants: list, offers: list, arcs: list) -> tuple[int, int]:
    """What those named want and what there is for them; each of them has to be needed for the difference."""
    chosen = set(named)
    require(len(chosen) == len(named) and all(0 <= i < len(wants) for i in named), "a name is wrong")
    degrees = [0] * len(offers)
    for wanting, offering in arcs:
        degrees[offering] += wanting in chosen
    wanted = sum(wants[i] for i in named)
    available = sum(map(min, offers, degrees))
    require(wanted > available, f"those named want {wanted} and can have {available}")
    # What only one of them can use goes with them.
    own = dict.fromkeys(named, 0)
    for wanting, offering in arcs:
        if wanting in chosen and degrees[offering] <= offers[offering]:
            own[wanting] += 1
    for i in named:
        require(wanted - wants[i] <= available - own[i], f"{i} can be left out")
    return wanted, available


def require(condition: bool, complaint: str) -> None:
    if not condition:
        raise ValueError(complaint)


def verify(instance: dict, answer: dict) -> str:
    """What an answer shows. Raises ValueError where it is wrong."""
    load_cost = instance.get("load_cost", [])
    require(load_cost == sorted(load_cost), "load_cost falls: the potentials would prove nothing")
    kinds = {"optimal": optimal, "infeasible": infeasible}
    require(answer.get("status") in kinds, f"status {answer.get('status')} is none")
    try:
        return kinds[answer["status"]](instance, answer)
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"a part of the answer is missing or of the wrong kind: {error!r}") from error


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    instance, answer = (
        json.load(sys.stdin) if name == "-" else json.load(open(name, encoding="utf-8"))
        for name in sys.argv[1:]
    )
    try:
        print(verify(instance, answer))
    except ValueError as error:
        sys.exit(f"wrong: {error}")


if __name__ == "__main__":
    main()
