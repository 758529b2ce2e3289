#!/usr/bin/env python3
"""How long OR-tools takes for a bare instance, from arrays to the answer: {"cost", "solve"}. For the bench."""

import json
import sys
import time

import numpy
from ortools.graph.python import min_cost_flow

instance = json.load(open(sys.argv[1], encoding="utf-8"))
first = 1 + len(instance["officials"])
capacities = numpy.array([official["capacity"] for official in instance["officials"]])
minima = numpy.array([official.get("min", 0) for official in instance["officials"]])
demands = numpy.array([target.get("demand", 1) for target in instance["targets"]])
tails, heads, costs = numpy.array(instance["arcs"]).T.copy()
load_cost = instance["load_cost"]

# A unit above the minimum is an arc from the source, node 0.
units = [(o, k) for o in range(len(minima)) for k in range(minima[o] + 1, capacities[o] + 1)]
owners = numpy.array([1 + o for o, _ in units])
loads = numpy.array([load_cost[min(k, len(load_cost)) - 1] for _, k in units])
fixed = sum(load_cost[min(k, len(load_cost)) - 1] for m in minima for k in range(1, m + 1))
supplies = numpy.concatenate([[demands.sum() - minima.sum()], minima, -demands])
ends, starts, ones = heads + first, tails + 1, numpy.ones(len(costs), dtype=int)
sources, single = numpy.zeros(len(units), dtype=int), numpy.ones(len(units), dtype=int)
nodes = numpy.arange(len(supplies))

best = float("inf")
for _ in range(3):
    began = time.monotonic()
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(starts, ends, ones, costs)
    flow.add_arcs_with_capacity_and_unit_cost(sources, owners, single, loads)
    flow.set_nodes_supplies(nodes, supplies)
    status = flow.solve()
    best = min(best, time.monotonic() - began)
    assert status == flow.OPTIMAL, status
print(json.dumps({"cost": flow.optimal_cost() + int(fixed), "solve": best}))
