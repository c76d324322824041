# What bench/run and bench/postgres share.  Sourced; they set: here, dir, rounds, each, password.
# shellcheck shell=bash disable=SC2154
pids=()

stop() {
  local pid
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true
  done
  pids=()
}

now_ms() { date +%s%3N; }
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
anon() { awk '/RssAnon/ { print int($2 / 1024) }' "/proc/$1/status"; }

# build PROGRAM...: of bench/, and charthouse.
build() {
  command -v wrk >/dev/null || { echo "bench: wrk is missing (apt-get install wrk)" >&2; exit 1; }
  cd "$here"
  [ -f build-bench/build.ninja ] || meson setup build-bench --buildtype=release >/dev/null
  ninja -C build-bench --quiet charthouse "$@" >/dev/null
}

# login PORT: a token of "bench".
login() {
  local answer
  answer=$(curl -sf "http://127.0.0.1:$1/api/v1/auth/login" -d username=bench \
    --data-urlencode "password=$password" | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
  [ -n "$answer" ] || { echo "bench: no login on port $1; see the logs in $dir" >&2; exit 1; }
  echo "$answer"
}

# shot NAME PID URL CONNECTIONS: one round; a line "rps p50 p99 cpu errors" to a file.
shot() {
  local before after out
  before=$(ticks "$2")
  out=$(wrk -t1 -c"$4" -d"${each}s" --latency -s "$here/bench/load.lua" "$3" | grep RESULT)
  after=$(ticks "$2")
  echo "$out" | awk -v t=$((after - before)) \
    '{ printf "%.0f %s %s %.1f %d\n", $2 * 1e6 / $3, $4, $5, t * 10000 / $2, $6 }' >>"$dir/$1"
}

# The median of the rounds: rps p50 p99 cpu errors
median() { sort -n "$dir/$1" | awk '{ l[NR] = $0 } END { print l[int((NR + 1) / 2)] }'; }
