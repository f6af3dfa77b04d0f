#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the fuzz targets and runs each for a bounded time, from the corpus that is kept in Tests/Fuzz/corpus.
# Usage: fuzz.sh [seconds for each]
# What libFuzzer finds on the way stays in .build/fuzz-corpus; an input that breaks something in .build/fuzz-crashes.
set -euo pipefail
package=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$package"
seconds=${1:-60}
export SOUK_FUZZ=1 SWIFT_BACKTRACE=enable=no
mkdir -p .build/fuzz-crashes
for target in FuzzJSON:json FuzzKeys:keys FuzzRequests:requests; do
  name=${target%:*} corpus=${target#*:}
  # The compiler heeds the last -sanitize only, and the package manager gives them in any order: hence both in one.
  # The linker's complaints about local symbols of the sanitizer mean nothing.
  ${SWIFT:-swift} build --sanitize=fuzzer --sanitize=address -Xswiftc -sanitize=fuzzer,address --product "$name" \
    --scratch-path .build/fuzz 2>&1 | { grep -vE 'asan_|^\[[0-9]+/[0-9]+\]' || true; }
  mkdir -p ".build/fuzz-corpus/$corpus"
  log=.build/fuzz-corpus/$corpus.log
  # Leaks are not looked for: what lives as long as the process is none.
  if ! ASAN_OPTIONS=detect_leaks=0 ".build/fuzz/debug/$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 \
    -print_final_stats=1 -artifact_prefix=".build/fuzz-crashes/$corpus-" ".build/fuzz-corpus/$corpus" \
    "Tests/Fuzz/corpus/$corpus" >"$log" 2>&1; then
    tail -60 "$log"
    exit 1
  fi
  if ! grep -qE '^#[0-9]+.*DONE.* cov: [1-9][0-9]+' "$log"; then
    echo "$name is not guided by coverage"
    exit 1
  fi
  echo "$name: $(grep -E 'DONE' "$log" | tail -1)"
done
