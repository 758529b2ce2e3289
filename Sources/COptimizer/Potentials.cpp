#include "Potentials.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace {

constexpr int64_t NONE = std::numeric_limits<int64_t>::max();

/// Everything that is left of the network when the flow is on it, walked from the source outwards by Dijkstra.
class Residual {
  const optimizer_assignment &assignment;
  const std::vector<int64_t> &old;
  const std::vector<int> &loads;
  const uint8_t *used;
  int officials, targets;
  /// Arcs by official; used arcs by target.
  std::vector<int> firstOf, arcsOf, firstUsed, usedOf;
  /// The shortest way so far, in lengths that LEMON's potentials make positive; the round that a node was
  /// reached in; what it ends at.
  std::vector<int64_t> distance;
  std::vector<int> round;
  std::vector<int64_t> settled;
  std::priority_queue<
      std::pair<int64_t, int>, std::vector<std::pair<int64_t, int>>,
      std::greater<std::pair<int64_t, int>>>
      queue;
  std::vector<int> level;
  std::vector<int> reached;

 public:
  Residual(
      const optimizer_assignment &assignment, const Degrees &degrees,
      const std::vector<int64_t> &old, const std::vector<int> &loads, const uint8_t *used)
      : assignment(assignment),
        old(old),
        loads(loads),
        used(used),
        officials(int(assignment.official_count)),
        targets(int(assignment.target_count)),
        firstOf(officials + 1, 0),
        arcsOf(assignment.arc_count),
        firstUsed(targets + 1, 0),
        distance(old.size(), NONE),
        round(old.size(), -1),
        settled(old.size(), 0) {
    for (int o = 0; o < officials; ++o) firstOf[o + 1] = firstOf[o] + degrees.officials[o];
    std::vector<int> next(firstOf.begin(), firstOf.end() - 1);
    int arcs = int(assignment.arc_count);
    for (int a = 0; a < arcs; ++a) {
      arcsOf[next[assignment.arcs[a].official]++] = a;
      if (used[a]) ++firstUsed[assignment.arcs[a].target + 1];
    }
    for (int t = 0; t < targets; ++t) firstUsed[t + 1] += firstUsed[t];
    usedOf.resize(firstUsed[targets]);
    next.assign(firstUsed.begin(), firstUsed.end() - 1);
    for (int a = 0; a < arcs; ++a) {
      if (used[a]) usedOf[next[assignment.arcs[a].target]++] = a;
    }
  }

  std::vector<int64_t> potentials() {
    int nodes = int(old.size());
    for (int start = 0, number = 0; start < nodes; ++start) {
      if (round[start] < 0) walk(start, number++);
    }
    return std::move(settled);
  }

 private:
  /// One round: everything that can be reached from a node and was not before.
  void walk(int start, int number) {
    reached.clear();
    distance[start] = 0;
    level.push_back(start);
    int64_t lowest = -NONE;
    while (true) {
      int node;
      if (!level.empty()) {
        node = level.back();
        level.pop_back();
      } else if (!queue.empty()) {
        node = queue.top().second;
        queue.pop();
      } else {
        break;
      }
      if (round[node] >= 0) continue;
      round[node] = number;
      reached.push_back(node);
      settled[node] = distance[node] + (old[node] - old[start]);
      // What an earlier round settled must not come cheaper from here.
      leave(node, [&](int other, int64_t cost) {
        if (round[other] >= 0) {
          if (round[other] < number) {
            lowest = std::max(lowest, settled[other] - cost - settled[node]);
          }
          return;
        }
        int64_t there = distance[node] + (cost + (old[node] - old[other]));
        if (there >= distance[other]) return;
        distance[other] = there;
        if (there == distance[node]) {
          level.push_back(other);
        } else {
          queue.emplace(there, other);
        }
      });
    }
    if (number == 0 || lowest == -NONE) return;
    for (int node : reached) settled[node] += lowest;
  }

  template <typename Visit>
  void leave(int node, Visit visit) {
    if (node == 0) {
      for (int o = 0; o < officials; ++o) {
        if (loads[o] < assignment.officials[o].capacity) {
          visit(1 + o, load(assignment, loads[o] + 1));
        }
      }
    } else if (node <= officials) {
      int o = node - 1;
      if (loads[o] > assignment.officials[o].minimum) visit(0, -load(assignment, loads[o]));
      for (int i = firstOf[o]; i < firstOf[o + 1]; ++i) {
        const optimizer_arc &arc = assignment.arcs[arcsOf[i]];
        if (!used[arcsOf[i]]) visit(1 + officials + arc.target, arc.cost);
      }
    } else {
      int t = node - 1 - officials;
      for (int i = firstUsed[t]; i < firstUsed[t + 1]; ++i) {
        const optimizer_arc &arc = assignment.arcs[usedOf[i]];
        visit(1 + arc.official, -arc.cost);
      }
    }
  }
};

/// No potential that hangs by a way of real arcs is further from the source than this.
bool far(int64_t potential) {
  constexpr int64_t FAR = int64_t(1) << 60;
  return potential > FAR || potential < -FAR;
}

}  // namespace

void settle(
    const optimizer_assignment &assignment, const Degrees &degrees,
    const std::vector<int64_t> &potentials, const std::vector<int> &loads,
    optimizer_answer answer) {
  int officials = int(assignment.official_count), targets = int(assignment.target_count);
  bool apart = false;
  for (int t = 0; t < targets; ++t) {
    int64_t q = potentials[1 + officials + t] - potentials[0];
    answer.target_potentials[t] = degrees.targets[t] == 0 ? 0 : q;
    if (degrees.targets[t] > 0 && far(q)) apart = true;
  }
  if (apart) {
    std::vector<int64_t> settled =
        Residual(assignment, degrees, potentials, loads, answer.used).potentials();
    std::copy_n(settled.begin() + 1, officials, answer.official_potentials);
    std::copy_n(settled.begin() + 1 + officials, targets, answer.target_potentials);
    return;
  }
  // An official's potential follows from the targets': the highest that the certificate allows, and where
  // nothing holds it down, the lowest.
  std::vector<int64_t> highest(officials, NONE), lowest(officials, -NONE);
  for (size_t a = 0; a < assignment.arc_count; ++a) {
    const optimizer_arc &arc = assignment.arcs[a];
    int64_t rest = answer.target_potentials[arc.target] - arc.cost;
    if (answer.used[a]) {
      highest[arc.official] = std::min(highest[arc.official], rest);
    } else {
      lowest[arc.official] = std::max(lowest[arc.official], rest);
    }
  }
  for (int o = 0; o < officials; ++o) {
    int64_t l = loads[o];
    if (l < assignment.officials[o].capacity) {
      highest[o] = std::min(highest[o], load(assignment, l + 1));
    }
    answer.official_potentials[o] =
        highest[o] != NONE ? highest[o] : lowest[o] != -NONE ? lowest[o] : 0;
  }
}
