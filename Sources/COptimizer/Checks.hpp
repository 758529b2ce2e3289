#pragma once

#include "include/COptimizer.h"

#include <vector>

/// How many arcs each official and each target has.
struct Degrees {
  std::vector<int> officials, targets;
};

/// Whether the numbers are an assignment at all. Fills in the degrees.
optimizer_status checked(
    const optimizer_assignment &assignment, Degrees &degrees, size_t *place);

/// What an official's k-th target costs beside the pair itself.
inline int64_t load(const optimizer_assignment &assignment, int64_t k) {
  if (assignment.load_cost_count == 0) return 0;
  int64_t last = int64_t(assignment.load_cost_count);
  return assignment.load_cost[(k < last ? k : last) - 1];
}
