# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server that keeps each message as a file and says with Python's own mail package what is in it.

Usage: mail_peer.py [tls CERTIFICATE KEY] [auth]. Writes message-N.eml, message-N.json into its folder.
"""

import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

words = sys.argv[1:]
context = None
if "tls" in words:
    place = words.index("tls")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(words[place + 1], words[place + 2])


class Mailbox:
    count = 0
    logins = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        if address.startswith("later@"):
            return "450 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        raw = envelope.content
        message = email.message_from_bytes(raw, policy=email.policy.default)
        text = message.get_body(("plain",))
        html = message.get_body(("html",))
        seen = {
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None,
            "login": self.logins[-1] if session.authenticated else None,
            "subject": str(message["subject"]), "header_from": str(message["from"]), "header_to": str(message["to"]),
            "date": message["date"].datetime.isoformat(), "id": str(message["message-id"]),
            "text": text.get_content() if text else None, "html": html.get_content() if html else None,
            "attachments": [[a.get_filename(), a.get_content_type(), a.get_payload(decode=True).hex()]
                            for a in message.iter_attachments()],
            "defects": [str(d) for part in message.walk() for d in part.defects],
            "longest": max(len(line) for line in raw.split(b"\r\n")), "eight_bit": any(b > 127 for b in raw),
            "bcc": message["bcc"],
        }
        with open(f"message-{self.count}.eml", "wb") as file:
            file.write(raw)
        with open(f"message-{self.count}.json", "w") as file:
            json.dump(seen, file, ensure_ascii=False)
        return "250 kept"


def login(server, session, envelope, mechanism, data):
    Mailbox.logins.append(data.login.decode())
    is_right = data.login == b"user" and data.password == b"secret"
    return AuthResult(success=is_right, handled=is_right)


class AnyPort(Controller):
    """Listens on a port of the system's choice."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


controller = AnyPort(
    Mailbox(), hostname="127.0.0.1", port=0, tls_context=context, authenticator=login if "auth" in words else None,
    auth_required="auth" in words, auth_require_tls=False)
controller.start()
print("ready", controller.server.sockets[0].getsockname()[1], flush=True)
sys.stdin.read()
