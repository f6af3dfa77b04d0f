# SPDX-License-Identifier: GPL-3.0-or-later
"""A web server that misbehaves on request. Prints "ready PORT" once it listens; ends with its standard input.

Usage: http_peer.py [SOCKET | tls CERTIFICATE KEY]. It also answers what is asked of it as a proxy.
"""

import gzip
import json
import os
import select
import socket
import ssl
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

lock = threading.Lock()
counts = {}


def count(name, step=1):
    with lock:
        counts[name] = counts.get(name, 0) + step
        return counts[name]


class Peer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def setup(self):
        super().setup()
        count("connections")

    def finish(self):
        count("closed")
        try:
            super().finish()
        except OSError:
            pass

    def log_message(self, *_):
        pass

    def answer(self, status=200, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def body(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            data = b""
            while size := int(self.rfile.readline(), 16):
                data += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return data
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def until_closed(self):
        """Waits until the other side closes the connection."""
        while True:
            select.select([self.connection], [], [])
            try:
                if not self.connection.recv(65536):
                    return
            except OSError:
                return

    def route(self):
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        name = url.path.strip("/").split("/")[0]
        key = query.get("key", name)
        if name != "counts":
            count(key)
        data = self.body()
        getattr(self, "on_" + name, self.on_missing)(key, query, data)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = route

    def on_missing(self, key, query, data):
        self.answer(404, b"missing")

    def on_counts(self, key, query, data):
        with lock:
            self.answer(body=json.dumps(counts).encode())

    def on_hello(self, key, query, data):
        self.answer(body=b"hello", headers=[("X-Mixed-Case", "a"), ("X-Mixed-Case", "b")])

    def on_echo(self, key, query, data):
        seen = {"method": self.command, "bytes": len(data), "sum": sum(data),
                "headers": {k.lower(): v for k, v in self.headers.items()}}
        self.answer(body=json.dumps(seen).encode())

    def on_silent(self, key, query, data):
        """Says nothing, and notes when the other side has gone."""
        self.until_closed()
        count(key + "-gone")
        self.close_connection = True

    def on_gone(self, key, query, data):
        """Answers once the connection noted under the key has gone."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with lock:
                if counts.get(query["of"], 0) >= int(query.get("times", 1)):
                    return self.answer(body=b"gone")
            time.sleep(0.002)
        self.answer(504)

    def on_big(self, key, query, data):
        self.answer(body=b"x" * int(query["bytes"]))

    def on_endless(self, key, query, data):
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        block = b"y" * 65536
        try:
            while True:
                self.wfile.write(block)
                self.wfile.flush()
                count(key + "-bytes", len(block))
        except OSError:
            count(key + "-gone")

    def on_gzip(self, key, query, data):
        self.answer(body=gzip.compress(b"squeezed " * 1000), headers=[("Content-Encoding", "gzip")])

    def on_chunked(self, key, query, data):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in (b"one ", b"two ", b"three"):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.flush()
        self.wfile.write(b"0\r\nX-Trailer: t\r\n\r\n")
        self.wfile.flush()

    def on_truncated(self, key, query, data):
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"short")
        self.wfile.flush()
        self.close_connection = True

    def on_reset(self, key, query, data):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.shutdown(socket.SHUT_RD)
        os.close(self.connection.detach())
        self.close_connection = True

    def on_flaky(self, key, query, data):
        """Fails a number of times, then succeeds."""
        with lock:
            seen = counts[key]
        if seen <= int(query["times"]):
            headers = [("Retry-After", query["after"])] if "after" in query else []
            return self.answer(int(query.get("status", 503)), b"later", headers)
        self.answer(body=b"attempt %d" % seen)

    def on_redirect(self, key, query, data):
        left = int(query["left"])
        target = "/hello" if left == 0 else f"/redirect?left={left - 1}"
        self.answer(302, b"elsewhere", [("Location", target)])

    def on_cached(self, key, query, data):
        """A document with the header fields asked for, and validators when asked."""
        if self.command not in ("GET", "HEAD"):
            return self.answer(204, headers=[("Location", query["location"])] if "location" in query else [])
        with lock:
            seen = counts[key]
            is_down = counts.get(key + "-down", 0) % 2 == 1
        if is_down:
            return self.answer(int(query.get("downstatus", 503)), b"down")
        headers = []
        if "control" in query:
            headers.append(("Cache-Control", query["control"]))
        if "vary" in query:
            headers.append(("Vary", query["vary"]))
        if "etag" in query:
            headers.append(("ETag", query["etag"]))
            if self.headers.get("If-None-Match") == query["etag"]:
                count(key + "-304")
                return self.answer(304, headers=headers + [("X-Seen", str(seen))])
        text = f"version {seen} for {self.headers.get('Accept-Language', 'all')}"
        self.answer(body=text.encode(), headers=headers + [("X-Seen", str(seen))])

    def on_toggle(self, key, query, data):
        count(query["of"] + "-down")
        self.answer(204)

    def on_events(self, key, query, data):
        """Two events on each connection, then the end. The ids go on where the reader left off."""
        last = int(self.headers.get("Last-Event-ID", "0"))
        if "end" in query and last >= int(query["end"]):
            return self.answer(204)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.close_connection = True
        self.wfile.write(b"retry: 10\n\n")
        for number in (last + 1, last + 2):
            self.wfile.write(b"id: %d\nevent: tick\ndata: line %d\r\ndata: more\n\n" % (number, number))
        self.wfile.flush()
        if "stay" in query:
            self.until_closed()
            count(key + "-gone")


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_):
        pass


class LocalServer(Server):
    address_family = socket.AF_UNIX

    def server_bind(self):
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = "local", 0

    def get_request(self):
        connection, _ = self.socket.accept()
        return connection, ("local", 0)


class LocalPeer(Peer):
    disable_nagle_algorithm = False


server = Server(("127.0.0.1", 0), Peer)
if sys.argv[1:2] == ["tls"]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
elif len(sys.argv) > 1:
    local = LocalServer(sys.argv[1], LocalPeer)
    threading.Thread(target=local.serve_forever, daemon=True).start()
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", server.server_address[1], flush=True)
sys.stdin.read()
