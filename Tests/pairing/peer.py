"""The same instance by OR-tools' flow of least cost."""

import numpy
from ortools.graph.python import min_cost_flow


class Peer:
    """What OR-tools finds: the least cost, or None, and how much of the demand can be met."""

    def __init__(self, instance: dict):
        self.officials = instance["officials"]
        self.demands = [target.get("demand", 1) for target in instance["targets"]]
        self.arcs = instance["arcs"]
        self.load_cost = instance["load_cost"]

    def least_cost(self) -> int | None:
        minima = [official.get("min", 0) for official in self.officials]
        flow, fixed = self.network(minima)
        supplies = [sum(self.demands) - sum(minima), *minima, *(-d for d in self.demands)]
        flow.set_nodes_supplies(numpy.arange(len(supplies)), numpy.array(supplies))
        status = flow.solve()
        if status == flow.OPTIMAL:
            return flow.optimal_cost() + fixed
        assert status in (flow.INFEASIBLE, flow.UNBALANCED), status
        return None

    def coverable(self) -> int:
        flow, _ = self.network([0] * len(self.officials))
        total = sum(self.demands)
        supplies = [total, *[0] * len(self.officials), *(-d for d in self.demands)]
        flow.set_nodes_supplies(numpy.arange(len(supplies)), numpy.array(supplies))
        status = flow.solve_max_flow_with_min_cost()
        assert status == flow.OPTIMAL, status
        return flow.maximum_flow()

    def network(self, minima: list[int]) -> tuple[min_cost_flow.SimpleMinCostFlow, int]:
        """The source is node 0; what an official has to have starts at the official. And what that costs."""
        flow = min_cost_flow.SimpleMinCostFlow()
        first = 1 + len(self.officials)
        for o, t, cost in self.arcs:
            flow.add_arc_with_capacity_and_unit_cost(1 + o, first + t, 1, cost)
        fixed = 0
        for index, (official, minimum) in enumerate(zip(self.officials, minima)):
            fixed += sum(self.load(k) for k in range(1, minimum + 1))
            for k in range(minimum + 1, official["capacity"] + 1):
                flow.add_arc_with_capacity_and_unit_cost(0, 1 + index, 1, self.load(k))
        return flow, fixed

    def load(self, k: int) -> int:
        return self.load_cost[min(k, len(self.load_cost)) - 1] if self.load_cost else 0
