#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the tests of the tool modules under the thread and the address sanitizer. A report of either fails the run.
# Usage: sanitize.sh [thread|address ...]
set -euo pipefail
package=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$package"
export SWIFT_BACKTRACE=enable=no
swift=${SWIFT:-swift}
modules="EventLoop|ChildProcess|HTTPServer|HTTPClient|Postgres|JSON|Crypto|Observability|PhoneNumbers|SQLite|Terminal|CSV|ObjectStore|RichText|SearchIndex"
export TSAN_OPTIONS="halt_on_error=0 exitcode=66"
# Leaks are not looked for: test processes end with what they hold.
export ASAN_OPTIONS="detect_leaks=0 exitcode=66"

failed=
for sanitizer in ${*:-thread address}; do
  echo "=== $sanitizer sanitizer"
  scratch=.build/sanitize-$sanitizer
  "$swift" build --build-tests --sanitize="$sanitizer" --scratch-path "$scratch"
  preload=
  if [ "$sanitizer" = thread ]; then
    # Swift's own clang, which knows Swift's calling convention.
    preload=$package/$scratch/thread-sanitizer.so
    "$(dirname "$(readlink -f "$(command -v "$swift")")")/clang" -shared -fPIC -O1 -Wall -Wextra -Werror -o "$preload" \
      Tests/Support/thread-sanitizer.c
  fi
  LD_PRELOAD=$preload "$swift" test --skip-build --no-parallel --sanitize="$sanitizer" --scratch-path "$scratch" \
    --filter "^($modules)Tests\\." || failed+=" $sanitizer"
done
[ -z "$failed" ] || { echo "=== reports or failures under:$failed" >&2; exit 1; }
echo "=== clean"
