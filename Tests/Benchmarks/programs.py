# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that are measured: built, found, started, waited for and ended."""

import contextlib
import os
import pathlib
import pwd
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
POSTGRES = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), default=None)

# What is measured against, and the Debian package that has it.
PEERS = {"nginx": "nginx-light", "wrk": "wrk", "tig": "tig", "htop": "htop", "git": "git"}
PRODUCTS = ["soukd", "souk", "souk-draw", "bench-http", "bench-json", "bench-crypto"]


def find(name):
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def install_peers():
    """Installs the peers that are missing. Without a peer there is nothing to compare with, so that is an error."""
    missing = [package for name, package in PEERS.items() if not find(name)]
    if POSTGRES is None or not (POSTGRES / "pgbench").exists():
        missing.append("postgresql-15")
    if not missing:
        return
    # RUNLEVEL=1 keeps freshly installed daemons from starting by themselves.
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive", RUNLEVEL="1")
    for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *missing]):
        if subprocess.run(["apt-get", *command], env=environment, stdout=sys.stderr).returncode:
            sys.exit(f"bench: these peers are missing and could not be installed: {', '.join(missing)}")


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} × {model}, {os.uname().sysname} {os.uname().release.split('-')[0]}, load {load:.1f} at the end"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(is_done, seconds, what):
    end = time.monotonic() + seconds
    while not is_done():
        if time.monotonic() > end:
            sys.exit(f"bench: {what} took longer than {seconds} s")
        time.sleep(0.001)


def answers(port, path="/"):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def tree(pid):
    """The process and everything it has started."""
    children = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            fields = open(f"/proc/{entry}/stat").read().rsplit(")", 1)[1].split()
            children.setdefault(int(fields[1]), []).append(int(entry))
    found, ahead = [], [pid]
    while ahead:
        found.append(ahead.pop())
        ahead += children.get(found[-1], [])
    return found


def memory(pids):
    """Resident and proportional size in MB."""
    sizes = {"Rss:": 0, "Pss:": 0}
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in open(f"/proc/{pid}/smaps_rollup"):
                name, *rest = line.split()
                if name in sizes:
                    sizes[name] += int(rest[0])
    return sizes["Rss:"] / 1024, sizes["Pss:"] / 1024


@contextlib.contextmanager
def undisturbed():
    """Real-time priority, where it is allowed, for what is started meanwhile: other work of the machine waits.

    Linux shares a busy processor between sessions, and each process of PostgreSQL is a session of its own: beside other
    work pgbench would be given several times what a server of one process is."""
    before = os.sched_getscheduler(0), os.sched_getparam(0)
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(10))
    try:
        yield
    finally:
        with contextlib.suppress(PermissionError):
            os.sched_setscheduler(0, *before)


class Bench:
    """One run: its folder, its binaries and every process it has started."""

    def __init__(self, rounds, seconds, binaries):
        self.rounds, self.seconds = rounds, seconds
        self.stack = contextlib.ExitStack()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="souk-bench-"))
        # PostgreSQL's own user has to pass through.
        self.folder.chmod(0o711)
        self.stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.binaries = pathlib.Path(binaries).resolve() if binaries else self._build()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.stack.close()

    def _build(self):
        # Linked as a release is, so that start and memory are what users get.
        command = [*os.environ.get("SWIFT", "swift").split(), "build", "-c", "release", "--static-swift-stdlib",
                   "--scratch-path", ".build/release-static"]
        for product in PRODUCTS:
            print(f"building {product} …", file=sys.stderr, flush=True)
            done = subprocess.run([*command, "--product", product], cwd=ROOT, stdout=subprocess.PIPE, text=True)
            if done.returncode:
                sys.exit(f"bench: {product} does not build\n{done.stdout[-4000:]}")
        shown = subprocess.run([*command, "--show-bin-path"], cwd=ROOT, capture_output=True, text=True, check=True)
        return pathlib.Path(shown.stdout.strip())

    def binary(self, name):
        path = self.binaries / name
        if not path.exists():
            sys.exit(f"bench: {path} is missing")
        return str(path)

    # Processes

    def start(self, arguments, log, **more):
        out = open(self.folder / log, "ab")
        process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=out, **more)
        self.stack.callback(self.end, process)
        return process

    @staticmethod
    def end(process, sign=signal.SIGTERM):
        if process.poll() is None:
            process.send_signal(sign)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def run(self, arguments, **more):
        done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, timeout=180, **more)
        if done.returncode:
            sys.exit(f"bench: {' '.join(map(str, arguments))}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    # nginx

    def nginx(self, files, log="nginx.log"):
        """nginx over a folder of static files, tuned for nothing but that. Returns its process and port."""
        port = free_port()
        home = self.folder / f"nginx-{port}"
        home.mkdir()
        configuration = home / "nginx.conf"
        user = f"user {pwd.getpwuid(os.getuid()).pw_name};" if os.getuid() == 0 else ""
        configuration.write_text(f"""
            {user}
            daemon off; worker_processes {os.cpu_count()}; worker_rlimit_nofile 20000; pid {home}/pid;
            error_log {home}/error.log;
            events {{ worker_connections 16384; multi_accept on; }}
            http {{
              access_log off; sendfile on; tcp_nopush on; keepalive_timeout 300; keepalive_requests 1000000000;
              open_file_cache max=100; default_type application/json;
              client_body_temp_path {home}/b; proxy_temp_path {home}/p; fastcgi_temp_path {home}/f;
              uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
              server {{ listen 127.0.0.1:{port} reuseport backlog=4096; root {files}; }}
            }}""")
        process = self.start([find("nginx"), "-p", str(home), "-c", str(configuration)], log)
        wait_until(lambda: self._listens(port), 10, "nginx")
        return process, port

    @staticmethod
    def _listens(port):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    # soukd

    def seeded(self, products):
        """A data directory with that many products, made once and used by every part."""
        data = self.folder / f"data-{products}"
        if not data.exists():
            self.run([self.binary("soukd"), "seed", "bulk", "--products", products, "--data-directory", data,
                      "--log-level", "warning"])
        return data

    def soukd(self, data, *more, log="soukd.log"):
        """A serving soukd. Returns its process, port and admin port."""
        port, admin = free_port(), free_port()
        process = self.start(
            [self.binary("soukd"), "serve", "--data-directory", str(data), "--port", str(port), "--admin-port",
             str(admin), "--rate-limits", "off", "--log-level", "warning", *more], log)
        wait_until(lambda: process.poll() is not None or answers(admin, "/readyz"), 60, "soukd's start")
        if process.poll() is not None:
            sys.exit("bench: soukd ended at once\n" + (self.folder / log).read_text()[-2000:])
        return process, port, admin
