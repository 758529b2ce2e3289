#ifndef COPTIMIZER_H
#define COPTIMIZER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What `Assignment.Official` and `Assignment.Arc` are in memory.
typedef struct {
  int64_t capacity;
  int64_t minimum;
} optimizer_official;

typedef struct {
  int32_t official;
  int32_t target;
  int64_t cost;
} optimizer_arc;

/// An assignment; see `Assignment`. Nothing of it is kept or changed.
typedef struct {
  const optimizer_official *officials;
  size_t official_count;
  const int64_t *demands;
  size_t target_count;
  const optimizer_arc *arcs;
  size_t arc_count;
  const int64_t *load_cost;
  size_t load_cost_count;
} optimizer_assignment;

/// Where the cheapest pairing goes. All arrays are the caller's, one element for each arc, official, target.
typedef struct {
  uint8_t *used;
  int64_t *official_potentials;
  int64_t *target_potentials;
} optimizer_answer;

typedef enum {
  OPTIMIZER_OPTIMAL,
  OPTIMIZER_INFEASIBLE,
  /// What is wrong lies at `place`: an arc, an official, a target, a load cost.
  OPTIMIZER_ARC_OUT_OF_RANGE,
  OPTIMIZER_ARC_TWICE,
  OPTIMIZER_CAPACITY_NEGATIVE,
  OPTIMIZER_MINIMUM_NEGATIVE,
  OPTIMIZER_DEMAND_NEGATIVE,
  OPTIMIZER_LOAD_COST_FALLS,
  /// More than can be counted in an int, or costs whose sums could overflow; no place.
  OPTIMIZER_TOO_LARGE,
  OPTIMIZER_NO_MEMORY
} optimizer_status;

/// Finds the cheapest pairing and the potentials that prove it. Blocks; the same input gives the same answer.
optimizer_status optimizer_solve(
    const optimizer_assignment *assignment, optimizer_answer answer, size_t *place);

#ifdef __cplusplus
}
#endif

#endif
