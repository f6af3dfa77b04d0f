# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers per second: an async handler beside nginx, products by id beside pgbench."""

import json
import os
import pathlib
import re
import sys
import urllib.request

import programs

HERE = pathlib.Path(__file__).parent
CONNECTIONS = 64
PRODUCTS = 20_000
DATABASE_CONNECTIONS = 4  # per loop, soukd's default


def wrk(bench, url, *arguments, connections=CONNECTIONS, seconds=None):
    """Requests per second; anything but good answers is an error of the measurement."""
    output = bench.run(
        ["wrk", "-t2", f"-c{connections}", f"-d{round(seconds or bench.seconds)}s", "-s", HERE / "load.lua", url, "--",
         *arguments])
    values = dict(re.findall(r"^bench (\w+) ([\d.]+)$", output, re.M))
    if float(values["errors"]) > 0:
        sys.exit(f"bench: {url} gave errors under load\n{output}")
    return {name: float(value) for name, value in values.items()}


def measure(bench, table):
    with programs.undisturbed():
        _handler(bench, table)
    bench.seeded(PRODUCTS)
    with programs.undisturbed():
        _product(bench, table)


def _handler(bench, table):
    files = bench.folder / "static"
    files.mkdir(exist_ok=True)
    start, end = b'{"items":["', b'"]}'
    (files / "json").write_bytes(start + b"a" * (2048 - len(start) - len(end)) + end)
    nginx, nginx_port = bench.nginx(files)
    port = programs.free_port()
    ours = bench.start([bench.binary("bench-http"), str(port)], "bench-http.log")
    programs.wait_until(lambda: programs.answers(port, "/json"), 10, "bench-http")
    at_once, later, peer = [], [], []
    for _ in range(bench.rounds):
        at_once.append(wrk(bench, f"http://127.0.0.1:{port}/json")["rate"])
        peer.append(wrk(bench, f"http://127.0.0.1:{nginx_port}/json")["rate"])
        later.append(wrk(bench, f"http://127.0.0.1:{port}/later")["rate"])
    bench.end(ours)
    bench.end(nginx)
    table.rate("async handler, 2 kB of JSON", "req/s", at_once, "nginx, static file", peer, 0.8)
    table.rate("the same after one suspension", "req/s", later, "nginx, static file", peer)


def _sockets(data):
    return data / "postgresql" / "run"


def _psql(bench, data, text):
    """One statement on the server's own PostgreSQL, beside the server."""
    return bench.run([programs.POSTGRES / "psql", "-h", _sockets(data), "-U", "owner", "-d", "postgres", "-AtqXc", text])


def product_paths(bench, data, count):
    ids = _psql(bench, data, f"select id from products order by id limit {count}").split()
    return [f"/api/v1/products/{id}" for id in ids]


def _sign_in(port, data):
    """An access token, got as a person gets one: the code is read in the mail that the server has put down."""
    headers = {"Content-Type": "application/json"}
    call = lambda path, body: json.load(urllib.request.urlopen(urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1{path}", json.dumps(body).encode(), headers), timeout=10))
    challenge = call("/sign-in/codes", {"contact": "buyer@bench.example"})["challenge"]
    mail = data / "mail" / "new"
    messages = lambda: list(mail.glob("*")) if mail.exists() else []
    programs.wait_until(messages, 30, "the mail with the code")
    code = messages()[0].read_text().split("Subject: ", 1)[1][:6]
    return call("/sign-in/sessions", {"challenge": challenge, "code": code, "device": "bench"})["access_token"]


def _product(bench, table):
    data = bench.seeded(PRODUCTS)  # made before
    process, port, _ = bench.soukd(data, "--database-connections", str(DATABASE_CONNECTIONS))
    database = ["-h", _sockets(data), "-U", "owner"]
    paths = bench.folder / "paths"
    paths.write_text("\n".join(product_paths(bench, data, 5000)))
    psql = lambda text: _psql(bench, data, text)
    # pgbench's own table and statement: one row of one index, one small number back.
    psql("create database peer")
    bench.run([programs.POSTGRES / "pgbench", *database, "-i", "-q", "-s", "2", "peer"])
    # And the columns that the server reads, by a key that pgbench can count.
    psql("create table products_by_number as select row_number() over () as id, version, status, document from products;"
         "alter table products_by_number add primary key (id); analyze products_by_number")
    same = bench.folder / "same.sql"
    same.write_text(f"\\set id random(1, {PRODUCTS})\nselect version, status, document from products_by_number"
                    " where id = :id and status <> 'draft';\n")
    # As many database connections as the server may open.
    connections = DATABASE_CONNECTIONS * os.cpu_count()
    pgbench = [programs.POSTGRES / "pgbench", *database, "-n", "-M", "prepared", "-c", connections, "-j", 2,
               "-T", max(1, round(bench.seconds))]
    tps = lambda *more: float(re.search(r"tps = ([\d.]+)", bench.run([*pgbench, *more]))[1])
    wrk(bench, f"http://127.0.0.1:{port}", paths, seconds=1)
    ours, peer, rows = [], [], []
    for _ in range(bench.rounds):
        ours.append(wrk(bench, f"http://127.0.0.1:{port}", paths)["rate"])
        peer.append(tps("-S", "peer"))
        rows.append(tps("-f", same, "postgres"))
    token = _sign_in(port, data)
    anonymous, signed_in = [], []
    for _ in range(bench.rounds):
        anonymous.append(wrk(bench, f"http://127.0.0.1:{port}", paths)["rate"])
        signed_in.append(wrk(bench, f"http://127.0.0.1:{port}", paths, f"Bearer {token}")["rate"])
    table.rate("product by id over HTTP", "req/s", ours, "pgbench -S", peer, 0.5)
    table.rate("the same", "req/s", ours, "pgbench, the same columns", rows)
    table.rate("the same, signed in", "req/s", signed_in, "ours, anonymous", anonymous, 0.9)
    psql("drop table products_by_number")
    psql("drop database peer")
    bench.end(process)
