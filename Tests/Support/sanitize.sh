#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the tests of the tool modules under the thread and the address sanitizer. A report of either fails the run.
# Usage: sanitize.sh [thread|address ...]
set -euo pipefail
package=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$package"
export SWIFT_BACKTRACE=enable=no
modules="EventLoop|ChildProcess|HTTPServer|HTTPClient|Postgres|JSON|Crypto|Observability|SQLite|Terminal"
export TSAN_OPTIONS="suppressions=$package/Tests/Support/thread-sanitizer.txt halt_on_error=0 exitcode=66"
# Leaks are not looked for: test processes end with what they hold.
export ASAN_OPTIONS="detect_leaks=0 exitcode=66"
for sanitizer in ${*:-thread address}; do
  echo "=== $sanitizer sanitizer"
  ${SWIFT:-swift} test --no-parallel --sanitize="$sanitizer" --scratch-path ".build/sanitize-$sanitizer" \
    --filter "^($modules)Tests\\."
done
