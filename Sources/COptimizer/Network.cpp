#include "Network.hpp"

Network::Network(const optimizer_assignment &assignment, std::vector<Load> loads)
    : arcs(assignment.arcs),
      officials(int(assignment.official_count)),
      targets(int(assignment.target_count)),
      pairs(int(assignment.arc_count)),
      loads(std::move(loads)),
      firstIn(nodeCount(), -1),
      nextIn(arcCount(), -1) {
  for (int arc = arcCount() - 1; arc >= 0; --arc) {
    int node = target(Arc(arc)).id;
    nextIn[arc] = firstIn[node];
    firstIn[node] = arc;
  }
}
