#pragma once

#include "Checks.hpp"

/// Turns what LEMON says of the targets into the certificate's potentials.
///
/// LEMON's tree may hang together by arcs of its own that cost 2^62: then parts of the potentials are that far
/// apart, which is right but nothing to print. Where that is so all are made anew: the length of the shortest
/// way from the source through what is left of the network, LEMON's potentials making every length
/// positive. What cannot be reached starts at the lowest potential that keeps the certificate.
/// - Parameter potentials: LEMON's, the source's first, then the officials' and the targets'.
void settle(
    const optimizer_assignment &assignment, const Degrees &degrees,
    const std::vector<int64_t> &potentials, const std::vector<int> &loads,
    optimizer_answer answer);
