#include "Checks.hpp"
#include "Network.hpp"
#include "Potentials.hpp"

#include <lemon/network_simplex.h>
#include <new>

namespace {

using Simplex = lemon::NetworkSimplex<Network, int, int64_t>;

/// Whether an arc comes twice; the first that has come before.
bool findTwice(const optimizer_assignment &assignment, const Degrees &degrees, size_t *place) {
  // Arcs by target in their own order: an official seen twice at one target is seen the second time.
  std::vector<int> next(assignment.target_count + 1, 0);
  for (size_t t = 0; t < assignment.target_count; ++t) next[t + 1] = next[t] + degrees.targets[t];
  std::vector<int> byTarget(assignment.arc_count);
  for (size_t a = 0; a < assignment.arc_count; ++a) {
    byTarget[next[assignment.arcs[a].target]++] = int(a);
  }
  std::vector<int> seen(assignment.official_count, -1);
  int first = -1;
  for (int a : byTarget) {
    const optimizer_arc &arc = assignment.arcs[a];
    if (seen[arc.official] == arc.target && (first < 0 || a < first)) first = a;
    seen[arc.official] = arc.target;
  }
  if (first < 0) return false;
  *place = size_t(first);
  return true;
}

/// Units that some official or target cannot have, whatever the others do.
bool impossible(const optimizer_assignment &assignment, const Degrees &degrees) {
  for (size_t o = 0; o < assignment.official_count; ++o) {
    const optimizer_official &official = assignment.officials[o];
    if (official.minimum > official.capacity || official.minimum > degrees.officials[o]) return true;
  }
  for (size_t t = 0; t < assignment.target_count; ++t) {
    if (assignment.demands[t] > degrees.targets[t]) return true;
  }
  return false;
}

/// Arcs for the units above each minimum, those of one price together.
std::vector<Network::Load> units(const optimizer_assignment &assignment, const Degrees &degrees) {
  std::vector<Network::Load> loads;
  loads.reserve(assignment.official_count);
  for (size_t o = 0; o < assignment.official_count; ++o) {
    const optimizer_official &official = assignment.officials[o];
    int64_t most = std::min<int64_t>(official.capacity, degrees.officials[o]);
    for (int64_t k = official.minimum + 1; k <= most; ++k) {
      int64_t cost = load(assignment, k);
      bool same = !loads.empty() && loads.back().official == int(o) && loads.back().cost == cost;
      if (!same) loads.push_back({int(o), 0, cost});
      int step = 1;
      if (k >= int64_t(assignment.load_cost_count)) {
        // Nothing changes from here on.
        step = int(most - k + 1);
        k = most;
      }
      loads.back().capacity += step;
    }
  }
  return loads;
}

/// What LEMON asks for, by arc or node.
struct Costs {
  const Network &network;
  int64_t operator[](Network::Arc arc) const { return network.cost(arc); }
};

struct Capacities {
  const Network &network;
  int operator[](Network::Arc arc) const { return network.capacity(arc); }
};

struct Supplies {
  const optimizer_assignment &assignment;
  int total;
  int operator[](Network::Node node) const {
    if (node.id == 0) return total;
    size_t index = size_t(node.id) - 1;
    return index < assignment.official_count
               ? int(assignment.officials[index].minimum)
               : -int(assignment.demands[index - assignment.official_count]);
  }
};

optimizer_status solve(
    const optimizer_assignment &assignment, optimizer_answer answer, size_t *place) {
  Degrees degrees;
  optimizer_status status = checked(assignment, degrees, place);
  if (status != OPTIMIZER_OPTIMAL) return status;
  if (findTwice(assignment, degrees, place)) return OPTIMIZER_ARC_TWICE;
  if (impossible(assignment, degrees)) return OPTIMIZER_INFEASIBLE;
  // Sums of arcs' ends by now: they fit.
  int64_t demand = 0, minimum = 0;
  for (size_t t = 0; t < assignment.target_count; ++t) demand += assignment.demands[t];
  for (size_t o = 0; o < assignment.official_count; ++o) minimum += assignment.officials[o].minimum;
  if (minimum > demand) return OPTIMIZER_INFEASIBLE;

  Network network(assignment, units(assignment, degrees));
  Simplex simplex(network);
  simplex.costMap(Costs{network})
      .upperMap(Capacities{network})
      .supplyMap(Supplies{assignment, int(demand - minimum)});
  if (simplex.run(Simplex::BLOCK_SEARCH) != Simplex::OPTIMAL) return OPTIMIZER_INFEASIBLE;

  std::vector<int> loads(assignment.official_count, 0);
  for (size_t a = 0; a < assignment.arc_count; ++a) {
    answer.used[a] = simplex.flow(Network::Arc(int(a))) != 0;
    loads[assignment.arcs[a].official] += answer.used[a];
  }
  std::vector<int64_t> potentials(network.nodeCount());
  for (int node = 0; node < network.nodeCount(); ++node) {
    potentials[node] = simplex.potential(Network::Node(node));
  }
  settle(assignment, degrees, potentials, loads, answer);
  return OPTIMIZER_OPTIMAL;
}

}  // namespace

optimizer_status optimizer_solve(
    const optimizer_assignment *assignment, optimizer_answer answer, size_t *place) {
  try {
    return solve(*assignment, answer, place);
  } catch (const std::bad_alloc &) {
    return OPTIMIZER_NO_MEMORY;
  }
}
