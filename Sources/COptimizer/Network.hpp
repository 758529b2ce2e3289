#pragma once

#include "include/COptimizer.h"

#include <lemon/core.h>
#include <vector>

/// The assignment as LEMON sees a digraph: the source is node 0, then the officials, then the targets. The first
/// arcs are the assignment's own, where the caller has them; behind them come those from the source to the
/// officials, one for each price of a unit. Arcs into a node are linked, for LEMON's first pivots.
class Network {
 public:
  struct Load {
    int official;
    int capacity;
    int64_t cost;
  };

  class Node {
   public:
    int id;
    explicit Node(int id) : id(id) {}
    Node() : id(-1) {}
    Node(lemon::Invalid) : id(-1) {}
    bool operator==(Node other) const { return id == other.id; }
    bool operator!=(Node other) const { return id != other.id; }
    bool operator<(Node other) const { return id < other.id; }
  };

  class Arc {
   public:
    int id;
    explicit Arc(int id) : id(id) {}
    Arc() : id(-1) {}
    Arc(lemon::Invalid) : id(-1) {}
    bool operator==(Arc other) const { return id == other.id; }
    bool operator!=(Arc other) const { return id != other.id; }
    bool operator<(Arc other) const { return id < other.id; }
  };

  class NodeIt : public Node {
    int end;

   public:
    explicit NodeIt(const Network &network) : Node(0), end(network.nodeCount()) {}
    NodeIt(lemon::Invalid) : end(0) {}
    NodeIt &operator++() {
      if (++id == end) id = -1;
      return *this;
    }
  };

  class ArcIt : public Arc {
    int end;

   public:
    explicit ArcIt(const Network &network)
        : Arc(network.arcCount() > 0 ? 0 : -1), end(network.arcCount()) {}
    ArcIt(lemon::Invalid) : end(0) {}
    ArcIt &operator++() {
      if (++id == end) id = -1;
      return *this;
    }
  };

  class InArcIt : public Arc {
    const Network *network;

   public:
    InArcIt(const Network &network, Node node) : Arc(network.firstIn[node.id]), network(&network) {}
    InArcIt(lemon::Invalid) : network(nullptr) {}
    InArcIt &operator++() {
      id = network->nextIn[id];
      return *this;
    }
  };

  /// LEMON names it, and uses it only where supplies are lower bounds.
  class OutArcIt : public Arc {
   public:
    OutArcIt(const Network &, Node) {}
    OutArcIt(lemon::Invalid) {}
    OutArcIt &operator++() { return *this; }
  };

  template <typename Value>
  class NodeMap {
    std::vector<Value> values;

   public:
    explicit NodeMap(const Network &network, Value value = Value())
        : values(network.nodeCount(), value) {}
    typename std::vector<Value>::reference operator[](Node node) { return values[node.id]; }
    typename std::vector<Value>::const_reference operator[](Node node) const {
      return values[node.id];
    }
  };

  template <typename Value>
  class ArcMap {
    std::vector<Value> values;

   public:
    explicit ArcMap(const Network &network, Value value = Value())
        : values(network.arcCount(), value) {}
    typename std::vector<Value>::reference operator[](Arc arc) { return values[arc.id]; }
    typename std::vector<Value>::const_reference operator[](Arc arc) const {
      return values[arc.id];
    }
  };

  Network(const optimizer_assignment &assignment, std::vector<Load> loads);

  int nodeCount() const { return 1 + officials + targets; }
  int arcCount() const { return pairs + int(loads.size()); }
  Node officialNode(int index) const { return Node(1 + index); }
  Node targetNode(int index) const { return Node(1 + officials + index); }

  Node source(Arc arc) const {
    return arc.id < pairs ? officialNode(arcs[arc.id].official) : Node(0);
  }
  Node target(Arc arc) const {
    return arc.id < pairs ? targetNode(arcs[arc.id].target)
                          : officialNode(loads[arc.id - pairs].official);
  }
  int64_t cost(Arc arc) const {
    return arc.id < pairs ? arcs[arc.id].cost : loads[arc.id - pairs].cost;
  }
  int capacity(Arc arc) const { return arc.id < pairs ? 1 : loads[arc.id - pairs].capacity; }

 private:
  const optimizer_arc *arcs;
  int officials, targets, pairs;
  std::vector<Load> loads;
  std::vector<int> firstIn, nextIn;
};
