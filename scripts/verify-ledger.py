#!/usr/bin/env python3
"""Computes the root of a ledger from its export alone, by RFC 9162 section 2.1.

    lianbang ledger export | scripts/verify-ledger.py [--hash sm3] [--checkpoint FILE]

Prints size and root; with a checkpoint compares its root (the signature is for other tools:
docs/ledger.md). Exits with 1 where anything is not as it should be.
"""
import argparse, base64, hashlib, json, sys

parser = argparse.ArgumentParser(description="Compute a ledger's root from its export.")
parser.add_argument("--hash", choices=["sha256", "sm3"], default="sha256")
parser.add_argument("--checkpoint", help="a signed checkpoint that was kept elsewhere")
options = parser.parse_args()
size_wanted, root_wanted = None, None
if options.checkpoint:
    origin, size, root = open(options.checkpoint, encoding="utf-8").read().split("\n")[:3]
    size_wanted, root_wanted = int(size), base64.b64decode(root).hex()

digest = lambda data: hashlib.new(options.hash, data).digest()
def root(frontier):
    node = frontier[-1][1] if frontier else digest(b"")
    for _, left in reversed(frontier[:-1]):
        node = digest(b"\x01" + left + node)
    return node.hex()
frontier, size, root_then = [], 0, root([]) if size_wanted == 0 else None
for line in sys.stdin:
    entry = json.loads(line)
    node, leaves = digest(b"\x00" + base64.b64decode(entry["bytes"])), 1
    if entry["leaf_index"] != size or entry["leaf_hash"] != node.hex():
        sys.exit(f"entry {size} is missing, out of place or does not have its hash")
    while frontier and frontier[-1][0] == leaves:
        node, leaves = digest(b"\x01" + frontier.pop()[1] + node), leaves * 2
    frontier.append((leaves, node))
    size += 1
    if size == size_wanted:
        root_then = root(frontier)
print(size, root(frontier))
if root_then != root_wanted:
    sys.exit(f"the first {size_wanted} entries do not lead to the checkpoint's root")
