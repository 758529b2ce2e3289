#!/usr/bin/env bash
# Installs what is missing and fetches the browser's files. Asks the network for nothing that is
# there already, so it can be run again at any time, offline too.
#   scripts/setup.sh           what `make run` needs
#   scripts/setup.sh --tests   and PostgreSQL for the tests
#   scripts/setup.sh --e2e     and Chromium with its driver
#   scripts/setup.sh --pairing and the solver to compare ours with
#   scripts/setup.sh --bench   and the load generator and a reader of workbooks to compare with
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(libpq-dev libsqlite3-dev libssl-dev libcrypt-dev zlib1g-dev libminizip-dev libexpat1-dev
  libxlsxwriter-dev libqrencode-dev liblemon-dev libcurl4-openssl-dev pkg-config python3 unzip)
e2e=no
pairing=no
bench=no
# pip fetches the browser's files; Debian's own Python comes without it.
python3 -m pip --version >/dev/null 2>&1 || packages+=(python3-venv)
for option in "$@"; do
  case $option in
    --tests) packages+=(postgresql-15) ;;
    --e2e)
      e2e=yes
      packages+=(chromium fonts-noto-cjk python3-venv)
      ;;
    --pairing)
      pairing=yes
      packages+=(python3-venv)
      ;;
    --bench)
      bench=yes
      packages+=(wrk python3-venv)
      ;;
    *)
      echo "setup: unknown option $option" >&2
      exit 2
      ;;
  esac
done

if ! command -v swift >/dev/null; then
  echo "setup: Swift 6.2 or newer is needed: see https://www.swift.org/install" >&2
  exit 1
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
    missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" != 0 ]; then as_root=(sudo); fi
  echo "setup: installing ${missing[*]}"
  log=$(mktemp)
  if ! {
    "${as_root[@]}" apt-get update -q &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "${missing[@]}"
  } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "setup: could not install ${missing[*]}" >&2
    exit 1
  fi
  rm -f "$log"
fi

# pip may be a package of its own; a virtual environment brings one along.
pip() {
  if python3 -m pip --version >/dev/null 2>&1; then
    python3 -m pip "$@"
  else
    [ -x .venv/bin/pip ] || make_venv
    .venv/bin/pip "$@"
  fi
}

make_venv() {
  python3 -m venv .venv
}

# Browser files: NAME  PACKAGE==VERSION  PATH IN THE PACKAGE  SHA-256 of the file
while read -r name package path sum; do
  target=Public/vendor/$name
  if [ -f "$target" ] && echo "$sum  $target" | sha256sum --check --status; then continue; fi
  echo "setup: fetching $name"
  mkdir -p Public/vendor
  folder=$(mktemp -d)
  pip download -q --disable-pip-version-check --no-deps -d "$folder" "$package"
  unzip -q -p "$folder"/*.whl "$path" >"$folder/file"
  if ! echo "$sum  $folder/file" | sha256sum --check --status; then
    echo "setup: $name from $package is not the file that was pinned" >&2
    exit 1
  fi
  mv "$folder/file" "$target"
  chmod 644 "$target"
  rm -r "$folder"
done <scripts/browser-files.txt

if [ $e2e = yes ]; then
  if ! .venv/bin/python -c 'import playwright, axe_playwright_python, aiosmtpd, schemathesis' 2>/dev/null; then
    echo "setup: installing the browser driver"
    make_venv
    .venv/bin/pip install -q --disable-pip-version-check --only-binary :all: \
      -r Tests/e2e/requirements.txt
  fi
fi

if [ $pairing = yes ] && ! .venv/bin/python -c 'import ortools' 2>/dev/null; then
  echo "setup: installing OR-tools to compare with"
  make_venv
  .venv/bin/pip install -q --disable-pip-version-check --only-binary :all: \
    -r Tests/pairing/requirements.txt
fi

if [ $bench = yes ] && ! .venv/bin/python -c 'import openpyxl' 2>/dev/null; then
  echo "setup: installing the reader of workbooks to compare with"
  make_venv
  .venv/bin/pip install -q --disable-pip-version-check --only-binary :all: \
    openpyxl==3.1.5 et-xmlfile==2.0.0
fi
