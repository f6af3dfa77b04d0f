# SPDX-License-Identifier: GPL-3.0-or-later
"""pyotp as the other side of one-time passwords. Prints one JSON document.

Usage: otp_peer.py codes SECRET:SECONDS...   the code of each secret at each moment
       otp_peer.py uri URI...                what an app reads from an address
"""

import json
import sys

import pyotp


def read(uri):
    otp = pyotp.parse_uri(uri)
    return {"issuer": otp.issuer, "account": otp.name, "secret": otp.secret, "digits": otp.digits,
            "interval": otp.interval, "digest": otp.digest().name}


if sys.argv[1] == "codes":
    pairs = [argument.split(":") for argument in sys.argv[2:]]
    answer = [pyotp.TOTP(secret).at(int(seconds)) for secret, seconds in pairs]
else:
    answer = [read(uri) for uri in sys.argv[2:]]
print(json.dumps(answer))
