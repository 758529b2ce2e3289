#include "Checks.hpp"

#include <algorithm>

namespace {

/// LEMON counts nodes and arcs, and the flow on an arc, in ints; twice the nodes come on top of the arcs.
constexpr size_t LARGEST = size_t(1) << 29;

/// A potential is the cost of a way through all nodes at most. LEMON's own arcs cost 2^62, and the two are
/// added and subtracted.
constexpr uint64_t LONGEST_WAY = uint64_t(1) << 59;

/// What all arcs together may cost, their loads included.
constexpr uint64_t HIGHEST_TOTAL = uint64_t(1) << 62;

uint64_t magnitude(int64_t cost) { return cost < 0 ? 0 - uint64_t(cost) : uint64_t(cost); }

}  // namespace

optimizer_status checked(
    const optimizer_assignment &assignment, Degrees &degrees, size_t *place) {
  size_t officials = assignment.official_count, targets = assignment.target_count;
  if (officials > LARGEST || targets > LARGEST || assignment.arc_count > LARGEST) {
    return OPTIMIZER_TOO_LARGE;
  }
  for (*place = 0; *place < officials; ++*place) {
    if (assignment.officials[*place].capacity < 0) return OPTIMIZER_CAPACITY_NEGATIVE;
    if (assignment.officials[*place].minimum < 0) return OPTIMIZER_MINIMUM_NEGATIVE;
    if (assignment.officials[*place].minimum > int64_t(LARGEST)) return OPTIMIZER_TOO_LARGE;
  }
  for (*place = 0; *place < targets; ++*place) {
    if (assignment.demands[*place] < 0) return OPTIMIZER_DEMAND_NEGATIVE;
    if (assignment.demands[*place] > int64_t(LARGEST)) return OPTIMIZER_TOO_LARGE;
  }
  uint64_t highest = 0;
  for (*place = 0; *place < assignment.load_cost_count; ++*place) {
    if (*place > 0 && assignment.load_cost[*place] < assignment.load_cost[*place - 1]) {
      return OPTIMIZER_LOAD_COST_FALLS;
    }
    highest = std::max(highest, magnitude(assignment.load_cost[*place]));
  }
  degrees.officials.assign(officials, 0);
  degrees.targets.assign(targets, 0);
  for (*place = 0; *place < assignment.arc_count; ++*place) {
    const optimizer_arc &arc = assignment.arcs[*place];
    if (arc.official < 0 || size_t(arc.official) >= officials || arc.target < 0 ||
        size_t(arc.target) >= targets) {
      return OPTIMIZER_ARC_OUT_OF_RANGE;
    }
    ++degrees.officials[arc.official];
    ++degrees.targets[arc.target];
    highest = std::max(highest, magnitude(arc.cost));
  }
  if (highest > LONGEST_WAY / (officials + targets + 2) ||
      highest > HIGHEST_TOTAL / 2 / (assignment.arc_count + 1)) {
    return OPTIMIZER_TOO_LARGE;
  }
  return OPTIMIZER_OPTIMAL;
}
