#!/usr/bin/env bash
# The page in a browser: every file of claims in this folder, one after the other.
#   CHARTHOUSE=build/charthouse tests/web/run.sh [NAME...]
set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2
[ -e node_modules/playwright-core ] && [ -e node_modules/jsqr ] || npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || exit 2

[ $# -gt 0 ] || set -- pages print injected banner records forms health family people clinic house keyboard prefix offline words
passed=0 failed=0
said=$(mktemp)
trap 'rm -f "$said"' EXIT
for name in "$@"; do
  # Into a file, in a group of its own: one that dies leaves its server and browser behind,
  # and they would hold a pipe open.
  setsid timeout 600 node "$name.mjs" >"$said" 2>&1 </dev/null &
  group=$!
  wait "$group"
  status=$?
  kill -KILL -- "-$group" 2>/dev/null
  grep -v '^{"time"' "$said"
  line=$(grep -Eo '[0-9]+ passed, [0-9]+ failed' "$said" | tail -n 1)
  if [ -z "$line" ]; then
    failed=$((failed + 1))
    echo "$name ended with $status"
    continue
  fi
  read -r ok _ bad _ <<<"$line"
  passed=$((passed + ok)) failed=$((failed + bad))
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then failed=$((failed + 1)); fi
done
echo "web: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
