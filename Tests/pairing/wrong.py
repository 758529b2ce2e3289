"""Answers with something wrong in them, each with what is wrong."""

import copy
import random


def variants(instance: dict, answer: dict, chance: random.Random):
    """Pairs of a name and a wrong answer, made from a right one."""
    make = optimal if answer["status"] == "optimal" else infeasible
    for name, change in make(instance, answer, chance):
        wrong = copy.deepcopy(answer)
        change(wrong)
        yield name, wrong


def optimal(instance: dict, answer: dict, chance: random.Random):
    yield "cost one too low", lambda a: a.update(cost=a["cost"] - 1)
    yield "infeasible instead", lambda a: a.update(
        status="infeasible", coverable=len(a["pairs"]), deficiency=0, proof=[]
    )
    if not answer["pairs"]:
        return
    place = chance.randrange(len(answer["pairs"]))
    yield "a pair less", lambda a: a["pairs"].pop(place)
    yield "a pair twice", lambda a: a["pairs"].append(a["pairs"][place])
    yield "a potential less", lambda a: a["potentials"]["targets"].pop()
    costs = {(o, t): cost for o, t, cost in instance["arcs"]}
    p, q = answer["potentials"]["officials"], answer["potentials"]["targets"]
    pairs = {(o, t) for o, t in answer["pairs"]}
    tight = [(o, t) for o, t in costs if costs[o, t] == q[t] - p[o]]
    if tight:
        # One off, where an arc leaves no room.
        o, t = chance.choice(tight)
        step = -1 if (o, t) in pairs else 1
        yield "a potential off by one", lambda a: change(a["potentials"]["targets"], t, step)
        yield "an official's off by one", lambda a: change(a["potentials"]["officials"], o, -step)
    yield from swaps(answer, costs)


def swaps(answer: dict, costs: dict):
    """Two change places, so that everything but the cost is as it has to be."""
    places = range(len(answer["pairs"]))
    for i, j in zip(places, places[1:]):
        (o, t), (other, there) = answer["pairs"][i], answer["pairs"][j]
        across = {(o, there), (other, t)}
        if o == other or t == there or not across <= costs.keys():
            continue
        if across & {tuple(pair) for pair in answer["pairs"]}:
            continue
        dearer = costs[o, there] + costs[other, t] - costs[o, t] - costs[other, there]
        if dearer:

            def swap(a, honest=0):
                a["pairs"][i], a["pairs"][j] = [o, there], [other, t]
                a["cost"] += honest

            yield "two swapped", swap
            # The cost is what it says, but not the least any more.
            yield "two swapped, cost and all", lambda a: swap(a, dearer)
            return


def infeasible(instance: dict, answer: dict, chance: random.Random):
    named = "proof" if answer["proof"] else "proof_officials"
    everybody = range(len(instance["targets" if answer["proof"] else "officials"]))
    yield "one more coverable", lambda a: a.update(coverable=a["coverable"] + 1)
    yield "nobody named", lambda a: a.update({named: []})
    yield "one left out", lambda a: a[named].pop(chance.randrange(len(a[named])))
    others = sorted(set(everybody) - set(answer[named]))
    if others and not above(instance, answer):
        other = chance.choice(others)
        yield "one too many", lambda a: a[named].append(other)


def above(instance: dict, answer: dict) -> bool:
    """Whether a single minimum is above its capacity."""
    return any(
        instance["officials"][i].get("min", 0) > instance["officials"][i]["capacity"]
        for i in answer.get("proof_officials", [])
    )


def change(numbers: list, place: int, step: int) -> None:
    numbers[place] += step
