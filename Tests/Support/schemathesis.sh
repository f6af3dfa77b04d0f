#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tries the served API against its own description: as the demo market's seller, then as nobody.
# Usage: schemathesis.sh [seconds for each of the two]
# The same SEED tries the same things; 1 when none is given.
# Needs a built soukd: SOUKD, or .build/debug/soukd in the package.
set -euo pipefail
package=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
seconds=${1:-90}
soukd=${SOUKD:-$package/.build/debug/soukd}
python=$("$package/Tests/Support/python-tools.sh")
folder=$(mktemp -d /tmp/souk-trial-XXXXXX)
chmod 755 "$folder" # PostgreSQL's user passes through it
: >"$folder/log" # there before it is read

"$soukd" serve --data-directory "$folder/data" --port 0 --admin-port 0 --demo true --rate-limits off \
  >"$folder/log" 2>&1 &
server=$!
finish() {
  local result=$?
  kill "$server" 2>/dev/null && wait "$server" || true
  grep '"level":"error"' "$folder/log" || true
  rm -rf "$folder"
  exit $result
}
trap finish EXIT

# The line "serving" names the address; when the server ends before it, tail ends too.
url=
while read -r line; do
  if [[ $line =~ \"message\":\"serving\",\"url\":\"([^\"]*)\" ]]; then
    url=${BASH_REMATCH[1]}
    break
  fi
done < <(tail --pid="$server" -n +1 -f "$folder/log")
[ -n "$url" ] || { cat "$folder/log"; exit 1; }
api=$url/api/v1

# Signs the demo's seller in as a person would: asks for a code and reads it in the mail that the server has put down.
read -r token shop products addresses < <("$python" - "$api" "$folder/data/mail/new" <<'PYTHON'
import json, os, pathlib, sys, time, urllib.request
api, mail = sys.argv[1], pathlib.Path(sys.argv[2])
headers = {"Content-Type": "application/json"}
def call(path, body=None):
    request = urllib.request.Request(api + path, body and json.dumps(body).encode(), headers)
    return json.load(urllib.request.urlopen(request))
challenge = call("/sign-in/codes", {"contact": "seller@demo.example"})["challenge"]
end = time.monotonic() + 60
while not (messages := list(mail.glob("*"))) and time.monotonic() < end: time.sleep(0.05)
code = messages[0].read_text().split("Subject: ", 1)[1][:6]
session = call("/sign-in/sessions", {"challenge": challenge, "code": code, "device": "trial"})
shop = session["account"]["shops"][0]["slug"]
products = [item["id"] for item in call(f"/products?shop={shop}&limit=100")["items"]]
headers["Authorization"] = "Bearer " + session["access_token"]
address = {"recipient": "R", "lines": ["1"], "city": "Porto", "postal_code": "4050-600", "country": "PT"}
addresses = [call("/me/addresses", address)["id"] for _ in range(20)]
print(session["access_token"], shop, ",".join(products), ",".join(addresses))
PYTHON
)
export SOUK_SHOP=$shop SOUK_PRODUCTS=$products SOUK_ADDRESSES=$addresses SCHEMATHESIS_HOOKS=schemathesis_hooks PYTHONPATH=$package/Tests/Support
export PYTHONDONTWRITEBYTECODE=1

# How long this machine takes to think of a request says nothing about the server.
try() {
  (cd "$folder" && "$(dirname "$python")/schemathesis" --config-file "$1" run \
    "$api/openapi.json" --checks all --max-time "$seconds" \
    --max-examples "${EXAMPLES:-25}" --continue-on-failure \
    --suppress-health-check too_slow --workers 1 --no-color --seed "${SEED:-1}")
}

# As the scheme that the description names, so that the trial can also leave it out.
settings=$package/Tests/Support/schemathesis.toml
printf '\n[auth.openapi.bearer]\nbearer = "%s"\n' "$token" | cat "$settings" - >"$folder/seller.toml"
echo "as the seller"
try "$folder/seller.toml"
echo "as nobody"
try "$settings"
if grep -q '"message":"a request failed"' "$folder/log"; then
  echo "the server failed at a request"
  exit 1
fi
