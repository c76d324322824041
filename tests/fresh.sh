#!/usr/bin/env bash
# fresh - a stranger's first minutes: clone, ./run, a page, an admin.  By hand, or with
# FRESH=1 ./test.  What is not committed is not tested.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=$(mktemp -d "${TMPDIR:-/tmp}/charthouse-fresh-XXXXXX")
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$dir"' EXIT

git clone -q "$top" "$dir/charthouse"
cd "$dir/charthouse"
began=$SECONDS
./run --build-only
echo "built in $((SECONDS - began)) s"
./run --listen 127.0.0.1:0 >"$dir/out" 2>&1 &
server=$!
for _ in $(seq 100); do
  grep -q Ctrl-C "$dir/out" && break
  sleep 0.1
done
url=$(sed -nE 's/^ *open +(http[^ ]+).*/\1/p' "$dir/out")
[ -n "$url" ] || { cat "$dir/out"; exit 1; }
passed=0
hold() { # WORDS PATH PATTERN
  if curl -fsS "$url$2" | grep -q "$3"; then passed=$((passed + 1)); else echo "FAIL $1"; exit 1; fi
}
hold 'health answers' /health '"status":"ok"'
hold 'the page is there' / '<html'
hold 'setup is asked for' /api/v1/setup '"needed":true'
[ "$(stat -c %a data/setup-code)" = 600 ] && passed=$((passed + 1))
kill "$server"
wait "$server" && passed=$((passed + 1))
server=
echo "fresh: $passed passed, 0 failed"
