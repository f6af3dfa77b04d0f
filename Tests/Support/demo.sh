#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the demo market and opens the terminal on it, signed in as its seller; without a terminal it only serves. Ends
# what it started.
set -euo pipefail
bin=$(swift build -c release --show-bin-path)
log="$SOUK_DATA_DIRECTORY.log"
mail="$SOUK_DATA_DIRECTORY/mail/new"
mkdir -p "$(dirname "$SOUK_DATA_DIRECTORY")"
SOUK_DEMO=true SOUK_ADMIN_PORT=0 "$bin/soukd" serve 2>"$log" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT

pause() { read -rt 0.1 <> <(:) || true; }

until grep -q '"message":"serving"' "$log"; do
  kill -0 "$server" 2>/dev/null || { cat "$log" >&2; exit 1; }
  pause
done
export SOUK_SERVER="http://127.0.0.1:$SOUK_PORT"

# The name of the newest mail: names begin with the time.
newest() { (shopt -s nullglob && cd "$mail" 2>/dev/null && names=(*) && echo "${names[-1]-}") || true; }

# Waits for a mail after the one that is named, and prints the code that its subject begins with.
code_after() {
  local name
  for _ in {1..100}; do
    name=$(newest)
    if [ -n "$name" ] && [ "$name" != "$1" ]; then
      sed -n 's/^Subject: \([0-9]\{6\}\) .*/\1/p' "$mail/$name"
      return
    fi
    pause
  done
  echo "no mail came to $mail" >&2
  return 1
}

if [ -t 0 ] && [ -t 1 ]; then
  if ! "$bin/souk" whoami >/dev/null 2>&1; then
    code_after "$(newest)" | "$bin/souk" login seller@demo.example
  fi
  "$bin/souk"
else
  echo "The demo market is at $SOUK_SERVER, its API reference at $SOUK_SERVER/docs. Ctrl-C ends it."
  wait "$server"
fi
