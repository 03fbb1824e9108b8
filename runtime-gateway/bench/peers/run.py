#!/usr/bin/env python3
"""Measures the gateway beside what it would be built of otherwise, on the same work: a token checked, a session read,
two of its fields injected, the call passed on; session fields taken out of an answer and stored.

All gateways run at once and are loaded in turn, a few seconds each, round after round: what else the machine does hits
them alike, so that ratios hold on a machine that is not idle. What is compared is processor time per request, user and
kernel, of the whole gateway, Redis included; requests per second would be those of the load and the upstream too. Each
gateway is checked before: what it must refuse, what the upstream must and must not see.

    apt-get install nginx libnginx-mod-http-lua lua-nginx-redis redis-server haproxy wrk curl
    mvn package -DskipTests
    runtime-gateway/bench/peers/run.py                      # all cases, about 25 minutes
    runtime-gateway/bench/peers/run.py read login           # some, 32 connections; read@256: with as many
    runtime-gateway/bench/peers/run.py --growth read        # also with 10,000 routes, 1,000,000 sessions, 5,000 connections
    runtime-gateway/bench/peers/run.py --latency            # also p99 at a constant rate

Writes results.json, results.md and results.svg to runtime-gateway/target/peers. Everything listens on 127.0.0.1, ports
17400 to 17459. Needs a JDK 25 (JAVA25: its bin/java).
"""
import argparse
import glob
import hashlib
import json
import os
import pathlib
import re
import resource
import shutil
import socket
import statistics
import string
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
JAR = HERE.parent.parent / "target/kinto-gateway.jar"
OUT = HERE.parent.parent / "target/peers"
UPSTREAM, REDIS = 17400, 17401
SECRET = "a secret of this measurement alone"
CASES = {  # name: method, path, with a token, bytes of the body
    "read": ("GET", "/articles", True, 0),
    "login": ("POST", "/login", True, 50),
    "reject": ("GET", "/articles", False, 0),
    "big": ("GET", "/big", True, 0),
    "upload": ("POST", "/upload", True, 1 << 20),
}
USUAL = ["read", "read@256", "login", "reject", "big", "upload"]
HZ = os.sysconf("SC_CLK_TCK")
BASE = "nginx + Lua + Redis"


def java():
    found = os.environ.get("JAVA25") or next(iter(sorted(glob.glob("/usr/lib/jvm/*25*/bin/java"))), None)
    return found or sys.exit("No JDK 25 found. Set JAVA25 to its bin/java.")


class Processes:
    """Those that were started, in a folder of their own; all end with the measurement."""

    def __init__(self, work):
        self.work, self.started = work, []

    def start(self, name, *command):
        with open(self.work / f"{name}.log", "w") as log:
            process = subprocess.Popen([str(each) for each in command], cwd=self.work, stdout=log, stderr=log)
        self.started.append(process)
        return process.pid

    def until_listens(self, name, port, seconds=60):
        end = time.monotonic() + seconds
        while not listens(port):
            if time.monotonic() > end or any(each.poll() is not None for each in self.started):
                sys.exit(f"{name} does not listen:\n" + (self.work / f"{name}.log").read_text())
            time.sleep(0.05)

    def nginx(self, name, **values):
        self.template(f"{name}.conf", **values)
        return self.start(name, "nginx", "-p", f"{self.work}/", "-e", f"{name}.errors", "-c", f"{name}.conf")

    def template(self, file, **values):
        text = string.Template((HERE / file).read_text()).substitute(values)
        (self.work / file).write_text(text)

    def end(self):
        for process in reversed(self.started):
            process.terminate()
        for process in self.started:
            process.wait()


class Peer:
    """A gateway: its port, the path in front of the upstream's, and the processes that its work is done in."""

    sessions = True
    prefix = ""

    def __init__(self, name, port):
        self.name, self.port, self.pids = name, port, []

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{self.prefix}{path}"

    def tokens_file(self, work):
        return work / f"tokens-{self.port}"

    def processor_seconds(self):
        return sum(processor_seconds(pid) for pid in self.pids)


class Haproxy(Peer):
    sessions = False

    def start(self, processes):
        processes.template("haproxy.conf", port=self.port, upstream=UPSTREAM)
        self.pids = [processes.start("haproxy", "haproxy", "-db", "-f", "haproxy.conf")]
        processes.until_listens("haproxy", self.port)


class NginxLuaRedis(Peer):
    def start(self, processes):
        redis = processes.start("redis", "redis-server", "--bind", "127.0.0.1", "--port", REDIS, "--save", "", "--appendonly", "no")
        processes.until_listens("redis", REDIS)
        names = [f"token{i}" for i in range(100)]
        seed = "".join(f"HSET session:{each} auth-userid 1 auth-username KintoUser\n" for each in names)
        subprocess.run(["redis-cli", "-p", str(REDIS)], input=seed, text=True, check=True, stdout=subprocess.DEVNULL)
        self.tokens_file(processes.work).write_text("\n".join(names) + "\n")
        nginx = processes.nginx("nginx-lua-redis", port=self.port, upstream=UPSTREAM, redis=REDIS)
        self.pids = [nginx, redis]
        processes.until_listens("nginx-lua-redis", self.port)


class Kinto(Peer):
    prefix = "/auth"

    def __init__(self, name, port, config="", routes=0, sessions=0):
        super().__init__(name, port)
        self.config, self.routes, self.more_sessions = config, routes, sessions

    def start(self, processes):
        folder = processes.work / f"kinto-{self.port}"
        folder.mkdir()
        reads = [{"field": f"auth-{each}", "type": "String", "required": True} for each in ("userId", "username")]
        writes = [{"field": f"auth-{each}", "type": "String"} for each in ("userId", "username")]
        routes = [{"method": m, "path": p, "name": p[1:], "reads": reads} for m, p in
                  [("GET", "/articles"), ("GET", "/big"), ("GET", "/echo"), ("POST", "/upload")]]
        routes.append({"method": "POST", "path": "/login", "name": "login", "writes": writes})
        manifest(folder, "auth", routes)
        services = ["auth"]
        for begin in range(0, self.routes, 500):
            services.append(f"more{begin}")
            manifest(folder, services[-1], [
                {"method": "GET", "path": f"/a{i % 7}/{{id}}/b{i}", "name": f"r{i}", "reads": reads} for i in range(500)])
        upstreams = f'[ "http://127.0.0.1:{UPSTREAM}" ]'
        (folder / "gateway.yaml").write_text("\n".join([
            f"listeners: {{ api: {{ port: {self.port} }}, public: {{ port: {self.port + 1} }}, admin: {{ port: {self.port + 2} }} }}",
            "dataDirectory: data", "maxCalls: 8192", "upstreamLimits: { maxConcurrent: 8192 }", self.config, "environments:", "  bench:", "    services:",
            *[f"      {each}: {{ manifest: {each}.json, upstreams: {upstreams} }}" for each in services],
            "clients:", "  - id: bench", "    environment: bench",
            f'    secretHash: "sha256:{hashlib.sha256(SECRET.encode()).hexdigest()}"',
            *(["    maxUnusedSessions: 2000000"] if self.more_sessions else []), ""]))
        command = [java(), "-Xmx512m", f"-Xlog:gc:file={folder}/gc.log", "--enable-native-access=ALL-UNNAMED",
                   "--sun-misc-unsafe-memory-access=allow", "-jar", JAR, "serve", "--config", folder / "gateway.yaml"]
        self.pids = [processes.start(folder.name, *command)]
        self.collections = folder / "gc.log"
        processes.until_listens(folder.name, self.port, 120)
        self.begin_sessions(processes.work)

    def begin_sessions(self, work):
        body = json.dumps({"clientId": "bench", "clientSecret": SECRET})
        url = f"http://127.0.0.1:{self.port}/auth"
        tokens = []
        for _ in range(100):
            token = json.loads(ask(url, "-H", "Content-Type: application/json", "-d", body)[2])["token"]
            ask(self.url("/login"), "-H", bearer(token), "-d", "{}")
            tokens.append(token)
        self.tokens_file(work).write_text("\n".join(tokens) + "\n")
        if self.more_sessions:
            script = work / "sessions.lua"
            script.write_text(f"wrk.method = 'POST' wrk.body = '{body}' wrk.headers['Content-Type'] = 'application/json'\n"
                              "function done(s) print('RESULT ' .. s.requests .. ' 0 ' .. s.errors.status) end\n")
            begun = 0
            while begun < self.more_sessions:
                begun += wrk(url, 32, 10, script)[0]


def manifest(folder, service, routes):
    (folder / f"{service}.json").write_text(json.dumps({"manifestVersion": 1, "microservice": service, "routes": routes}))


def listens(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def children(pid):
    found = [pid]
    for file in glob.glob(f"/proc/{pid}/task/*/children"):
        for child in pathlib.Path(file).read_text().split():
            found += children(int(child))
    return found


def processor_seconds(pid):
    total = 0
    for each in children(pid):
        fields = pathlib.Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / HZ


def bearer(token):
    return f"Kinto-Authorization: Bearer {token}"


def ask(url, *more):
    """Status, head and body of an answer."""
    out = subprocess.run(["curl", "-sS", "-i", "--max-time", "20", "-H", "Expect:", *more, url], capture_output=True, check=True).stdout
    head, _, body = out.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode("latin-1"), body


def check(peer, work):
    """Whether it does the work that is measured."""
    token = bearer(peer.tokens_file(work).read_text().split("\n")[0]) if peer.sessions else "X-None: 1"

    def expect(what, holds):
        holds or sys.exit(f"{peer.name}: {what}: not so")

    expect("GET /articles is answered", ask(peer.url("/articles"), "-H", token)[0] == 200)
    expect("1 MiB comes down whole", ask(peer.url("/big"), "-H", token)[2] == (work / "big.bin").read_bytes())
    expect("1 MiB goes up", ask(peer.url("/upload"), "-H", token, "--data-binary", f"@{work}/big.bin")[0] == 200)
    if peer.sessions:
        expect("401 without a token", ask(peer.url("/articles"))[0] == 401)
        expect("401 for a token that nobody has", ask(peer.url("/articles"), "-H", bearer("nobody"))[0] == 401)
        _, head, _ = ask(peer.url("/login"), "-H", token, "-d", "{}")
        expect("session fields are taken out of the answer", "\r\nauth-" not in head.lower())
        forged = ["-H", "auth-userId: 999", "-H", "AUTH-USERNAME: evil"]
        seen = ask(peer.url("/echo"), "-H", token, *forged)[2].decode().lower()
        fields = sorted(line for line in seen.split("\r\n") if line.startswith("auth-"))
        expect("the upstream sees the session's fields alone", fields == ["auth-userid: 1", "auth-username: kintouser"])


def wrk(url, connections, seconds, script, *more):
    """Requests, socket errors, answers above 399."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", str(script), url, "--", *map(str, more)]
    out = subprocess.run(command, capture_output=True, text=True).stdout
    found = re.search(r"^RESULT (\d+) (\d+) (\d+)", out, re.M)
    return tuple(map(int, found.groups())) if found else sys.exit(f"wrk: {out}")


def load(peer, case, connections, seconds, work):
    """Requests that were answered as they should be; ends all if more than a hundredth were not."""
    method, path, token, body = CASES[case]
    tokens = peer.tokens_file(work) if token and peer.sessions else "-"
    requests, broken, refused = wrk(f"http://127.0.0.1:{peer.port}", connections, seconds, HERE / "requests.lua",
                                    method, peer.prefix + path, tokens, body)
    failed = broken + (requests - refused if case == "reject" else refused)
    if failed:
        print(f"  {peer.name}: {failed} of {requests} requests failed", file=sys.stderr)
    failed * 100 <= requests or sys.exit("What fails says nothing of what an answer costs.")
    return requests - failed


def measured(peers, case, connections, options, work):
    """Microseconds per request by peer, and requests a second, each a list of rounds."""
    taking_part = [each for each in peers if each.sessions or case != "reject"]
    for peer in taking_part:
        load(peer, case, connections, options.warm, work)
    micros, rates = {each.name: [] for each in taking_part}, {each.name: [] for each in taking_part}
    for turn in range(options.rounds):
        for peer in taking_part[turn % len(taking_part):] + taking_part[:turn % len(taking_part)]:
            before, begun = peer.processor_seconds(), time.monotonic()
            requests = load(peer, case, connections, options.seconds, work)
            micros[peer.name].append((peer.processor_seconds() - before) * 1e6 / requests)
            rates[peer.name].append(requests / (time.monotonic() - begun))
    return micros, rates


def allocated(peer, work):
    """Bytes allocated for each read, from what the collector says was there before and after each collection."""
    before = len(peer.collections.read_text().splitlines())
    requests = load(peer, "read", 32, 10, work)
    sizes = [tuple(map(int, found)) for found in
             re.findall(r"(\d+)M->(\d+)M", "\n".join(peer.collections.read_text().splitlines()[before:]))]
    grown = sum(after[0] - earlier[1] for earlier, after in zip(sizes, sizes[1:]))
    return grown * (1 << 20) / requests * len(sizes) / max(1, len(sizes) - 1)


def latencies(peers, rate, options, work):
    """p50 and p99 in microseconds at this many calls a second, of the upstream alone too."""
    direct = Peer("the upstream alone", UPSTREAM)
    direct.sessions = False
    found = {}
    for peer in [direct, *peers]:
        tokens = peer.tokens_file(work) if peer.sessions else "-"
        command = [java(), HERE / "ConstantRate.java", peer.port, peer.prefix + "/articles", tokens, rate, 32, options.latency_seconds]
        out = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout.split()
        found[peer.name] = {"p50": int(out[1]), "p99": int(out[2]), "p99.9": int(out[3])}
    return found


def table(result):
    base = result["cases"]
    peers = result["peers"]
    lines = [f"Processor time of one request in µs, median of {result['rounds']} rounds, and its ratio to {BASE} in the same round;"
             f" {result['date']}, {os.cpu_count()} processors, load average {result['load']} meanwhile.", "",
             "| | " + " | ".join(peers) + " |", "| --- |" + " --: |" * len(peers)]
    for case, found in base.items():
        cells = []
        for peer in peers:
            if peer not in found["micros"]:
                cells.append("")
                continue
            cell = f"{statistics.median(found['micros'][peer]):.1f}"
            if BASE in found["micros"] and peer != BASE:
                cell += f" ({ratio(found, peer):.2f} ×)"
            cells.append(cell)
        lines.append(f"| {case.replace('@', ', ')} connections | " + " | ".join(cells) + " |")
    if "latency" in result:
        lines += ["", f"| at {result['rate']:,} calls a second, 32 connections | p50 | p99 | p99.9 |", "| --- | --: | --: | --: |"]
        for name, found in result["latency"].items():
            lines.append(f"| {name} | " + " | ".join(f"{found[part] / 1000:.2f} ms" for part in ("p50", "p99", "p99.9")) + " |")
    if "allocated" in result:
        lines.append(f"\nAllocated for each read: {result['allocated']:,} bytes.")
    return "\n".join(lines) + "\n"


def ratio(found, peer):
    return statistics.median(mine / others for mine, others in zip(found["micros"][peer], found["micros"][BASE]))


def plot(result):
    """Bars of processor time, each case to its own scale, as SVG."""
    colours = ["#0f766e", "#5eead4", "#b45309", "#94a3b8", "#7c3aed", "#db2777"]
    rows, y = [], 56
    for case, found in result["cases"].items():
        most = max(statistics.median(each) for each in found["micros"].values())
        rows.append(f'<text x="16" y="{y + 14}" class="case">{case.replace("@", ", ")} connections</text>')
        y += 22
        for at, peer in enumerate(result["peers"]):
            if peer in found["micros"]:
                micros = statistics.median(found["micros"][peer])
                width = 420 * micros / most
                rows.append(f'<text x="190" y="{y + 13}" text-anchor="end">{peer}</text>'
                            f'<rect x="200" y="{y + 1}" width="{width:.1f}" height="15" rx="2" fill="{colours[at % len(colours)]}"/>'
                            f'<text x="{208 + width:.1f}" y="{y + 13}">{micros:,.1f} µs</text>')
                y += 19
        y += 12
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {y}" font-family="system-ui, sans-serif" font-size="12">'
            "<style>text{fill:#334155}.case,.title{font-weight:600;fill:#0f172a}.title{font-size:15px}</style>"
            f'<rect width="720" height="{y}" fill="#fff"/><text x="16" y="30" class="title">Processor time of one request '
            f'(less is better), {result["date"]}</text>{"".join(rows)}</svg>\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", help="read, login, reject, big, upload; read@256: with 256 connections")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=4, help="that each gateway is loaded in a round")
    parser.add_argument("--warm", type=int, default=20, help="seconds of load before the rounds of a case")
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--latency", action="store_true")
    parser.add_argument("--latency-seconds", type=int, default=20)
    options = parser.parse_args()
    cases = [case if "@" in case else case + "@32" for case in options.cases or USUAL]
    unknown = [case for case in cases if case.split("@")[0] not in CASES]
    unknown and parser.error(f"{unknown[0]} is no case: {', '.join(CASES)}")
    JAR.exists() or sys.exit(f"{JAR} is missing: mvn package -DskipTests")
    for tool in ("nginx", "redis-server", "redis-cli", "haproxy", "wrk", "curl"):
        shutil.which(tool) or sys.exit(f"{tool} is missing: apt-get install nginx libnginx-mod-http-lua lua-nginx-redis "
                                       "redis-server haproxy wrk curl")
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(65536, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    work = pathlib.Path(tempfile.mkdtemp(prefix="kinto-peers-"))
    (work / "tmp").mkdir()
    os.chmod(work, 0o755)  # nginx's workers are another user
    (work / "big.bin").write_bytes(os.urandom(1 << 20))
    shutil.copy(HERE / "common.conf", work)
    processes = Processes(work)
    kinto = Kinto("Kinto", 17410)
    peers = [kinto, Kinto("Kinto, virtual-threads", 17420, "engine: virtual-threads"), NginxLuaRedis(BASE, 17430), Haproxy("HAProxy, no duties", 17431)]
    if options.growth:
        peers += [Kinto("Kinto, 10,000 routes", 17440, routes=10_000), Kinto("Kinto, 1,000,000 sessions", 17450, sessions=1_000_000)]
    try:
        processes.nginx("upstream", upstream=UPSTREAM)
        processes.until_listens("upstream", UPSTREAM)
        for peer in peers:
            peer.start(processes)
            check(peer, work)
        result = {"date": time.strftime("%Y-%m-%d"), "rounds": options.rounds, "peers": [each.name for each in peers], "cases": {}}
        for case in cases + (["read@5000"] if options.growth else []):
            name, connections = case.split("@")
            micros, rates = measured(peers, name, int(connections), options, work)
            result["cases"][case] = {"micros": micros, "rates": rates}
            print(case, {peer: round(statistics.median(each), 1) for peer, each in micros.items()}, file=sys.stderr)
        result["allocated"] = round(allocated(kinto, work))
        if options.latency:
            result["rate"] = int(statistics.median(measured([kinto], "read", 32, options, work)[1]["Kinto"]) / 2)
            result["latency"] = latencies(peers, result["rate"], options, work)
        result["load"] = open("/proc/loadavg").read().split()[0]
    finally:
        processes.end()
        shutil.rmtree(work, ignore_errors=True)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "results.json").write_text(json.dumps(result, indent=1))
    (OUT / "results.md").write_text(table(result))
    (OUT / "results.svg").write_text(plot(result))
    print(table(result))


if __name__ == "__main__":
    main()
