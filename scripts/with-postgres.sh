#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own in a temporary folder, reached through
# $LIANBANG_TEST_POSTGRES; options for it are taken from $LIANBANG_POSTGRES_OPTIONS. PostgreSQL refuses to run as root: then it runs as the user postgres.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
folder=$(mktemp -d /tmp/lianbang-postgres.XXXXXX)
as_owner=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as_owner=(runuser -u postgres --)
fi
stop() {
  "${as_owner[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
cd "$(dirname "$0")/.."
(
  cd /
  "${as_owner[@]}" "$bin/initdb" -D "$folder/data" -U lianbang -A trust -E UTF8 --locale C >/dev/null
  "${as_owner[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o \
    "-c listen_addresses='' -c unix_socket_directories=$folder -c max_connections=600 ${LIANBANG_POSTGRES_OPTIONS:-}" \
    start >/dev/null || { cat "$folder/log" >&2; exit 1; }
)
export LIANBANG_TEST_POSTGRES="postgres://lianbang@/postgres?host=$folder"
"$@"
