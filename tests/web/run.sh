#!/usr/bin/env bash
# The page in a browser: every file of claims in this folder, one after the other.
#   CHARTHOUSE=build/charthouse tests/web/run.sh [NAME...]
set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2
[ -e node_modules/playwright-core ] || npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || exit 2

passed=0 failed=0
for name in "${@:-pages records prefix house keyboard}"; do
  for one in $name; do
    out=$(timeout 600 node "$one.mjs" 2>&1)
    status=$?
    printf '%s\n' "$out" | grep -v '^{"time"'
    line=$(grep -Eo '[0-9]+ passed, [0-9]+ failed' <<<"$out" | tail -n 1)
    if [ -z "$line" ]; then
      failed=$((failed + 1))
      echo "$one ended with $status"
      continue
    fi
    read -r ok _ bad _ <<<"$line"
    passed=$((passed + ok)) failed=$((failed + bad))
  done
done
echo "web: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
