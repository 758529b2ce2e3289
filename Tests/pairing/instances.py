"""Bare instances of both tracks' shapes, the same for the same seed."""

import random


def instance(seed: int, officials: int, targets: int) -> dict:
    """One of either track, with minima, capacities, load costs and demands as they come."""
    chance = random.Random(seed)
    track = enterprises if seed % 2 else villages
    made = track(chance, officials, targets)
    spread = chance.choice([3, 100, 10_000])
    price = {"far": spread, "near": spread // 3}
    made["arcs"] = [
        [o, t, chance.randint(-spread // 10, spread) + price[where]] for o, t, where in made["arcs"]
    ]
    cost, made["load_cost"] = 0, []
    for _ in range(chance.randint(0, 4)):
        cost += chance.randint(0, spread)
        made["load_cost"].append(cost)
    return made


def enterprises(chance: random.Random, officials: int, targets: int) -> dict:
    """One or two firms each; leaders more; most in the own county; key firms ask for two."""
    counties = chance.randint(1, 9)
    home = [chance.randrange(counties) for _ in range(officials)]
    many = chance.choice([2, 2, 3])
    arcs = []
    for target in range(targets):
        county = chance.randrange(counties)
        for official in range(officials):
            if home[official] == county and chance.random() < 0.4:
                arcs.append((official, target, "near"))
            elif chance.random() < 0.02:
                arcs.append((official, target, "far"))
    return {
        "officials": [
            {"id": f"o{i}", "capacity": chance.choice([1, many, many, 4]), "min": int(chance.random() < 0.1)}
            for i in range(officials)
        ],
        "targets": [
            {"id": i, "demand": 2} if chance.random() < 0.03 else {"id": i} for i in range(targets)
        ],
        "arcs": arcs,
    }


def villages(chance: random.Random, officials: int, targets: int) -> dict:
    """Bureau rank exactly three, city officials exactly one, the county's own the rest."""
    kinds = [(3, 3), (1, 1), (1, 1), (1, 0), (2, 0), (2, 0), (3, 1), (0, 0)]
    made = []
    for number in range(officials):
        capacity, minimum = chance.choice(kinds)
        made.append({"id": number, "capacity": capacity} | ({"min": minimum} if minimum else {}))
    arcs = []
    for official in range(officials):
        # Villages lie in a row; everybody may go to those around their own.
        centre = chance.randrange(max(targets, 1))
        reach = chance.randint(3, 40)
        for target in range(max(0, centre - reach), min(targets, centre + reach)):
            if chance.random() < 0.8:
                arcs.append((official, target, "near" if abs(target - centre) < 10 else "far"))
    return {
        "officials": made,
        "targets": [{"demand": chance.choice([0, 1, 1, 1, 1, 1, 1, 2])} for _ in range(targets)],
        "arcs": arcs,
    }
