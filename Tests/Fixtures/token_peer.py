# SPDX-License-Identifier: GPL-3.0-or-later
"""PyJWT as the other side of signed tokens. Prints one JSON document.

Usage: token_peer.py sign COUNT               tokens of three algorithms and the key set they are verified with,
                                              among keys that are of no use
       token_peer.py verify KEYS TOKEN...     the header and the claims of each token, or the name of the error
"""

import json
import random
import sys

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt import algorithms


def public_key(maker, key, **more):
    return dict(maker.to_jwk(key.public_key(), as_dict=True), **more)


def sign(count):
    rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    large = rsa.generate_private_key(public_exponent=3, key_size=3072)
    p256 = ec.generate_private_key(ec.SECP256R1())
    edwards = ed25519.Ed25519PrivateKey.generate()
    signers = {"r": ("RS256", rsa_key), "l": ("RS256", large), "p": ("ES256", p256), "e": ("EdDSA", edwards)}
    keys = [
        public_key(algorithms.RSAAlgorithm, rsa_key, kid="r", use="sig", alg="RS256"),
        public_key(algorithms.RSAAlgorithm, large, kid="l"),
        public_key(algorithms.ECAlgorithm, p256, kid="p", use="sig"),
        public_key(algorithms.OKPAlgorithm, edwards, kid="e", alg="EdDSA"),
        # Of no use: another curve, another purpose, another algorithm, a shared secret, too small.
        public_key(algorithms.ECAlgorithm, ec.generate_private_key(ec.SECP384R1()), kid="p384"),
        public_key(algorithms.RSAAlgorithm, large, kid="enc", use="enc"),
        public_key(algorithms.RSAAlgorithm, large, kid="ps", alg="PS256"),
        {"kty": "oct", "kid": "hs", "k": "c2VjcmV0", "alg": "HS256"},
        {"kty": "OKP", "crv": "X25519", "kid": "x", "x": "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo"},
        public_key(algorithms.RSAAlgorithm, rsa.generate_private_key(public_exponent=65537, key_size=1024), kid="small"),
    ]
    tokens = []
    for kid, (algorithm, key) in signers.items():
        for _ in range(count):
            claims = {"sub": str(random.getrandbits(80)), "exp": random.getrandbits(33), "name": "Zoë 🧵"}
            tokens.append({
                "kid": kid, "alg": algorithm, "claims": claims,
                "token": jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid}),
                "unnamed": jwt.encode(claims, key, algorithm=algorithm),
            })
    return {"jwks": {"keys": keys}, "tokens": tokens}


def verify(keys, token):
    try:
        header = jwt.get_unverified_header(token)
        key = jwt.PyJWKSet.from_json(keys)[header["kid"]]
        return {"header": header, "claims": jwt.decode(token, key, algorithms=["EdDSA"], audience="us")}
    except (jwt.PyJWTError, KeyError) as error:
        return {"error": type(error).__name__}


if sys.argv[1] == "sign":
    answer = sign(int(sys.argv[2]))
else:
    answer = [verify(sys.argv[2], token) for token in sys.argv[3:]]
print(json.dumps(answer))
