#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the demo market and opens the terminal on it; without a terminal it only serves. Ends what it started.
set -euo pipefail
bin=$(swift build -c release --show-bin-path)
log="$SOUK_DATA_DIRECTORY.log"
mkdir -p "$(dirname "$SOUK_DATA_DIRECTORY")"
SOUK_DEMO=true SOUK_ADMIN_PORT=0 "$bin/soukd" serve 2>"$log" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT
until grep -q '"message":"serving"' "$log"; do
  kill -0 "$server" 2>/dev/null || { cat "$log" >&2; exit 1; }
  read -rt 0.1 <> <(:) || true
done
export SOUK_SERVER="http://127.0.0.1:$SOUK_PORT"
if [ -t 0 ] && [ -t 1 ]; then
  "$bin/souk" login --demo seller
  "$bin/souk"
else
  echo "The demo market is at $SOUK_SERVER, its API reference at $SOUK_SERVER/docs. Ctrl-C ends it."
  wait "$server"
fi
