# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads an access token as another program would: with PyJWT and the key set that the market publishes.

Usage: token_reader.py KEYS ISSUER TOKEN...     prints the claims of each token, or the name of the error, as JSON
"""

import json
import sys

import jwt

address, issuer = sys.argv[1:3]
client = jwt.PyJWKClient(address)


def read(token):
    try:
        key = client.get_signing_key_from_jwt(token).key
        return jwt.decode(token, key, algorithms=["EdDSA"], audience="souk", issuer=issuer)
    except jwt.PyJWTError as error:
        return {"error": type(error).__name__}


print(json.dumps([read(token) for token in sys.argv[3:]]))
