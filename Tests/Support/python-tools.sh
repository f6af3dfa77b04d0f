#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the Python environment that some tests use as the other side, once, and prints its interpreter.
# Usage: python-tools.sh [folder]     (default: .build/python in the package)
set -euo pipefail
package=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=${1:-$package/.build/python}
tools="aiosmtpd==1.4.6 schemathesis==4.32.5 pyotp==2.12.1 PyJWT[crypto]==2.15.1 oidc-provider-mock==0.3.4 moto[server]==5.2.5"
mkdir -p "$folder"
exec 9>"$folder/lock"
flock 9
if [ "$(cat "$folder/made-of" 2>/dev/null)" != "$tools" ]; then
  python3 -m venv --clear "$folder/venv" >&2
  # shellcheck disable=SC2086
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check $tools >&2
  echo "$tools" >"$folder/made-of"
fi
echo "$folder/venv/bin/python"
