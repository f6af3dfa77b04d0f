# SPDX-License-Identifier: GPL-3.0-or-later
"""The provider of identities of oidc-provider-mock, with one person. Prints "ready PORT" once it listens; ends with its
standard input."""

import logging
import sys
import warnings

# Of the libraries beneath it, to whoever keeps those.
warnings.showwarning = lambda *_: None

from oidc_provider_mock import User, run_server_in_thread

logging.disable()
claims = {"email": "alice@example.org", "email_verified": True, "name": "Alice Makers"}
with run_server_in_thread(require_nonce=True, user_claims=[User(sub="alice", claims=claims)]) as server:
    print("ready", server.server_port, flush=True)
    sys.stdin.read()
