# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten thousand idle keep-alive connections: what they cost in memory, and what they cost the active ones."""

import resource
import socket
import statistics
import sys

import programs
import web

COUNT = 10_000
PER_SOURCE = 5_000  # well below the ports of one address


def measure(bench, table):
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if soft < COUNT + 500:
        sys.exit(f"bench: {COUNT} connections need more descriptors than {soft}: raise ulimit -Hn")
    data = bench.seeded(web.PRODUCTS)
    soukd, port, _ = bench.soukd(data, "--workers", "false")
    files = bench.folder / "static-idle"
    files.mkdir(exist_ok=True)
    (files / "health").write_bytes(b"a" * 2048)
    nginx, nginx_port = bench.nginx(files)
    product = web.product_paths(bench, data, 1)[0]
    ours = _connections(bench, port, product, [soukd.pid])
    peer = _connections(bench, nginx_port, "/health", programs.tree(nginx.pid))
    bench.end(soukd)
    bench.end(nginx)
    table.limit(f"memory before {COUNT:,} idle connections", "MB RSS", ours["before"], "nginx", peer["before"])
    table.limit("memory with them", "MB RSS", ours["after"], "nginx", peer["after"])
    table.limit("memory per idle connection", "kB", ours["each"], "nginx", peer["each"])
    table.limit("p95 of 16 active connections beside them", "µs", ours["beside"], "ours, without them", ours["alone"])
    table.limit("nginx: the same", "µs", peer["beside"], "nginx, without them", peer["alone"])


def _connections(bench, port, path, pids):
    url = f"http://127.0.0.1:{port}{path}"
    p95 = lambda: statistics.median(web.wrk(bench, url, connections=16, seconds=2)["p95"] for _ in range(5))
    alone = p95()
    before = programs.memory(pids)[0]
    held = []
    try:
        for number in range(COUNT):
            held.append(_open(port, path, f"127.0.1.{1 + number // PER_SOURCE}"))
        after = programs.memory(pids)[0]
        beside = p95()
        dead = sum(_is_closed(connection) for connection in held)
        if dead:
            sys.exit(f"bench: {dead} idle connections were closed by the server on port {port}")
    finally:
        for connection in held:
            connection.close()
    return {"alone": alone, "beside": beside, "before": before, "after": after,
            "each": (after - before) * 1024 / COUNT}


def _open(port, path, source):
    """A connection that has had one answer and is kept."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(source, 0))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        piece = connection.recv(65536)
        if not piece:
            sys.exit(f"bench: the server on port {port} closed a new connection")
        answer += piece
    head, body = answer.split(b"\r\n\r\n", 1)
    fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
    length = int(fields[b"content-length"])
    while len(body) < length:
        body += connection.recv(65536)
    connection.setblocking(False)
    return connection


def _is_closed(connection):
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
