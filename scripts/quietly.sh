#!/usr/bin/env bash
# Runs a long command; shows its last line while it goes well and all that matters when it does not.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "$*"
if "$@" >"$log" 2>&1; then
  tail -n 1 "$log"
else
  status=$?
  grep -E '(error|warning):' "$log" | sort -u | head -n 60 >&2
  tail -n 20 "$log" >&2
  exit $status
fi
