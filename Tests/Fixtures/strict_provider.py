# SPDX-License-Identifier: GPL-3.0-or-later
"""A provider of identities (OpenID Connect) that takes nothing amiss from its clients, and that lies on request.

Prints "ready PORT" once it listens; ends with its standard input. There is one client, "souk" with the secret
"s3cr%t & more", and one person, who always agrees. POST /control with a JSON object changes what it does:

  claims     members put into the id token in place of the true ones; null leaves one out
  sign       how the id token is signed: RS256 (default), ES256, EdDSA, none, HS256-public, foreign-key, no-signature
  kid        the key's name in the token: true (default), false for none, or a text
  discovery  ok (default), slow, garbage, list, oversized, other-issuer, plain-keys, elsewhere, redirect, error
  jwks       ok (default), garbage, oversized, error
  token      ok (default), error, no-id-token, garbage
  answer     ok (default), access_denied, server_error, no-code: what people are sent back with
  iss        what it calls itself when it sends people back (RFC 9207)
  max_age    for how long its documents may be kept
  rotate     true makes new keys

GET /seen tells how often what was asked, and why the last code was refused.
"""

import base64
import hashlib
import hmac
import json
import secrets
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

CLIENT, SECRET = "souk", "s3cr%t & more"
MAKERS = {"RS256": jwt.algorithms.RSAAlgorithm, "ES256": jwt.algorithms.ECAlgorithm, "EdDSA": jwt.algorithms.OKPAlgorithm}

lock = threading.RLock()
control = {}
seen = {"discovery": 0, "jwks": 0, "token": 0, "refusal": None}
codes = {}
keys = {}
released = threading.Event()


def make_keys():
    number = secrets.token_hex(4)
    keys.clear()
    keys.update({
        "RS256": (f"r{number}", rsa.generate_private_key(public_exponent=65537, key_size=2048)),
        "ES256": (f"p{number}", ec.generate_private_key(ec.SECP256R1())),
        "EdDSA": (f"e{number}", ed25519.Ed25519PrivateKey.generate()),
    })


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def key_set():
    return {"keys": [
        dict(MAKERS[algorithm].to_jwk(key.public_key(), as_dict=True), kid=kid, use="sig")
        for algorithm, (kid, key) in keys.items()
    ]}


def id_token(claims):
    how = control.get("sign", "RS256")
    algorithm = how if how in keys else "RS256"
    kid, key = keys[algorithm]
    headers = {"kid": kid}
    if control.get("kid") is False:
        headers = {}
    elif isinstance(control.get("kid"), str):
        headers = {"kid": control["kid"]}
    if how == "foreign-key":
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    if how in ("none", "HS256-public"):
        head = dict(headers, typ="JWT", alg="none" if how == "none" else "HS256")
        message = ".".join(encoded(json.dumps(part).encode()) for part in (head, claims))
        if how == "none":
            return message + "."
        pem = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        return message + "." + encoded(hmac.new(pem, message.encode(), hashlib.sha256).digest())
    token = jwt.encode(claims, key, algorithm=algorithm, headers=headers)
    return token.rsplit(".", 1)[0] + "." if how == "no-signature" else token


class Refusal(Exception):
    def __init__(self, status, error, why):
        super().__init__(why)
        self.status, self.error, self.why = status, error, why


def check_client(header):
    if not (header or "").startswith("Basic "):
        raise Refusal(401, "invalid_client", "no basic authentication")
    try:
        name, _, secret = base64.b64decode(header[6:], validate=True).decode().partition(":")
    except ValueError:
        raise Refusal(401, "invalid_client", "unreadable credentials")
    if (unquote_plus(name), unquote_plus(secret)) != (CLIENT, SECRET):
        raise Refusal(401, "invalid_client", "wrong secret")


def redeem(form):
    if form.get("grant_type") != "authorization_code":
        raise Refusal(400, "unsupported_grant_type", "another grant")
    known = codes.pop(form.get("code"), None)
    if known is None:
        raise Refusal(400, "invalid_grant", "unknown or used code")
    if form.get("redirect_uri") != known["redirect_uri"]:
        raise Refusal(400, "invalid_grant", "another redirect_uri")
    verifier = form.get("code_verifier", "")
    if not 43 <= len(verifier) <= 128 or encoded(hashlib.sha256(verifier.encode()).digest()) != known["challenge"]:
        raise Refusal(400, "invalid_grant", "wrong verifier")
    return known


class Provider(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, *_):
        pass

    def answer(self, status=200, body=b"", headers=(), kind="application/json"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def say(self, value, status=200, headers=()):
        self.answer(status, json.dumps(value).encode(), headers)

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def do_GET(self):
        url = urlsplit(self.path)
        with lock:
            if url.path == "/seen":
                return self.say(seen)
            if url.path == "/authorize":
                return self.authorize(dict(parse_qsl(url.query, keep_blank_values=True)))
        if url.path == "/.well-known/openid-configuration":
            return self.discovery()
        if url.path == "/jwks":
            return self.jwks()
        self.answer(404)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with lock:
            if self.path == "/control":
                wanted = json.loads(body)
                if wanted.pop("rotate", False):
                    make_keys()
                control.clear()
                control.update(wanted)
                return self.say({})
            if self.path == "/token":
                return self.token(body)
        self.answer(404)

    @property
    def caching(self):
        return [("Cache-Control", f"public, max-age={control['max_age']}")] if "max_age" in control else []

    def discovery(self):
        with lock:
            seen["discovery"] += 1
            how = control.get("discovery", "ok")
        document = {
            "issuer": self.issuer, "authorization_endpoint": self.issuer + "/authorize",
            "token_endpoint": self.issuer + "/token", "jwks_uri": self.issuer + "/jwks",
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }
        if "iss" in control:
            document["authorization_response_iss_parameter_supported"] = True
        if how == "slow":
            released.wait(60)
        if how == "garbage":
            return self.answer(200, b"<html>welcome</html>")
        if how == "list":
            return self.say([document])
        if how == "oversized":
            return self.say(dict(document, more="x" * (1 << 20)))
        if how == "redirect":
            return self.answer(302, headers=[("Location", self.issuer + "/elsewhere")])
        if how == "error":
            return self.answer(500)
        if how == "other-issuer":
            document["issuer"] += "/"
        if how == "plain-keys":
            document["jwks_uri"] = "http://keys.example/jwks"
        if how == "elsewhere":
            document["token_endpoint"] = "file:///etc/passwd"
        self.say(document, headers=self.caching)

    def jwks(self):
        with lock:
            seen["jwks"] += 1
            how = control.get("jwks", "ok")
            document = key_set()
        if how == "garbage":
            return self.answer(200, b"keys")
        if how == "oversized":
            return self.say(dict(document, more="x" * (1 << 20)))
        if how == "error":
            return self.answer(503)
        self.say(document, headers=self.caching)

    def authorize(self, asked):
        wanted = {"response_type": "code", "client_id": CLIENT, "code_challenge_method": "S256"}
        faults = [name for name, value in wanted.items() if asked.get(name) != value]
        faults += [name for name in ("state", "nonce", "code_challenge") if len(asked.get(name, "")) < 43]
        if "openid" not in asked.get("scope", "").split() or not asked.get("redirect_uri", "").endswith("/callback"):
            faults.append("scope or redirect_uri")
        if faults:
            return self.say({"faults": faults}, 400)
        how = control.get("answer", "ok")
        back = {"state": asked["state"]}
        if how == "ok":
            code = secrets.token_urlsafe(24)
            codes[code] = {
                "redirect_uri": asked["redirect_uri"], "challenge": asked["code_challenge"], "nonce": asked["nonce"],
            }
            back["code"] = code
        elif how != "no-code":
            back["error"] = how
        if "iss" in control:
            back["iss"] = control["iss"]
        self.answer(302, headers=[("Location", asked["redirect_uri"] + "?" + urlencode(back))])

    def token(self, body):
        seen["token"] += 1
        seen["refusal"] = None
        try:
            if self.headers["Content-Type"] != "application/x-www-form-urlencoded":
                raise Refusal(400, "invalid_request", "not a form")
            check_client(self.headers["Authorization"])
            known = redeem(dict(parse_qsl(body.decode(), strict_parsing=True)))
        except Refusal as refusal:
            seen["refusal"] = refusal.why
            return self.say({"error": refusal.error}, refusal.status)
        how = control.get("token", "ok")
        if how == "error":
            return self.answer(502)
        if how == "garbage":
            return self.answer(200, b"token")
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": "248289761001", "aud": CLIENT, "exp": now + 300, "iat": now,
            "nonce": known["nonce"], "email": "ines@example.org", "email_verified": True, "name": "Inês Duarte",
        }
        claims.update(control.get("claims", {}))
        claims = {name: value for name, value in claims.items() if value is not None}
        answer = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 300}
        if how != "no-id-token":
            answer["id_token"] = id_token(claims)
        self.say(answer, headers=[("Cache-Control", "no-store")])


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        # Whoever has had enough of a long document hangs up.
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, address)


make_keys()
server = Server(("127.0.0.1", 0), Provider)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", server.server_port, flush=True)
sys.stdin.read()
released.set()
