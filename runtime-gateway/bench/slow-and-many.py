#!/usr/bin/env python3
"""What a gateway's users notice while others attack it: runs a gateway with a heap of 512 MiB, lets
10,000 connections do nothing, others send heads and bodies slowly, 1,000 send garbage, and one guess
tokens, while a normal client goes on calling. Prints for each phase how many of the normal client's
answers were wrong, how long they took, and the gateway's resident memory.

Needs: Python 3, a JDK 25, a built gateway (mvn package). Everything listens on 127.0.0.1. About two
minutes. IDLE=10000 SLOW=500 GARBAGE=1000 SECONDS=12 and JAVA25 may be set.
"""
import glob, hashlib, http.client, http.server, json, os, random, re, resource, socket, subprocess
import sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
JAR = os.path.join(HERE, "..", "target", "kinto-gateway.jar")
IDLE, SLOW, GARBAGE = (int(os.environ.get(k, d)) for k, d in (("IDLE", 10000), ("SLOW", 500), ("GARBAGE", 1000)))
SECONDS = float(os.environ.get("SECONDS", 12))
SECRET = "a secret of the measurement alone"
ANSWER = b'{"articles":[]}'


class Upstream(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def do_POST(self):
        try:
            self.rfile.read(int(self.headers["Content-Length"]))
        except OSError:
            return
        self.do_GET()

    def log_message(self, *unused):
        pass


def start_gateway(work, upstream_port):
    manifest = {"manifestVersion": 1, "microservice": "articles", "routes": [
        {"method": m, "path": "/articles", "name": m.lower(), "title": m} for m in ("GET", "POST")]}
    with open(os.path.join(work, "articles.json"), "w") as file:
        json.dump(manifest, file)
    with open(os.path.join(work, "gateway.yaml"), "w") as file:
        json.dump({
            "listeners": {"api": {"port": 0}, "public": {"port": 0}},
            "environments": {"bench": {"services": {"articles": {
                "manifest": "articles.json", "upstreams": [f"http://127.0.0.1:{upstream_port}"]}}}},
            "clients": [{"id": "bench", "environment": "bench",
                         "secretHash": "sha256:" + hashlib.sha256(SECRET.encode()).hexdigest()}]}, file)
    java = os.environ.get("JAVA25") or (glob.glob("/usr/lib/jvm/*25*/bin/java") + ["java"])[0]
    gateway = subprocess.Popen(
        [java, "--sun-misc-unsafe-memory-access=allow", "-Xmx512m", "-jar", JAR, "serve", "--config",
         os.path.join(work, "gateway.yaml")], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in gateway.stdout:
        found = re.match(r"api listening on http://127.0.0.1:(\d+)", line)
        if found:
            log = open(os.path.join(work, "gateway.log"), "w")
            threading.Thread(target=lambda: [log.write(l) for l in gateway.stdout], daemon=True).start()
            return gateway, int(found.group(1))
        if "rror" in line:
            print(line, end="", file=sys.stderr)
    sys.exit("The gateway did not start.")


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def request(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.read()


class Phase:
    """Something that goes on beside the normal client until it is told to stop."""

    def __init__(self, port, token):
        self.port, self.token, self.stopped, self.sockets = port, token, threading.Event(), []

    def attack(self):
        pass

    def stop(self):
        self.stopped.set()
        for each in self.sockets:
            each.close()


class Idle(Phase):
    def attack(self):
        while len(self.sockets) < IDLE:
            self.sockets.append(connect(self.port))


class Slow(Phase):
    """Opens connections, sends a beginning on each, then a byte from time to time."""
    beginning, drip = b"GET /articles/articles HTTP/1.1\r\nHost: a\r\n", b"X"

    def attack(self):
        for _ in range(SLOW):
            each = connect(self.port)
            each.sendall(self.begin())
            self.sockets.append(each)
        while not self.stopped.wait(1):
            for each in self.sockets:
                try:
                    each.sendall(self.drip)
                except OSError:
                    pass

    def begin(self):
        return self.beginning


class SlowBodies(Slow):
    def begin(self):
        return (b"POST /articles/articles HTTP/1.1\r\nHost: a\r\nKinto-Authorization: Bearer "
                + self.token.encode() + b"\r\nContent-Length: 1000000\r\n\r\n")


class Garbage(Phase):
    def attack(self):
        noise = random.Random(1)
        for number in range(GARBAGE):
            if self.stopped.is_set():
                return
            each = connect(self.port)
            self.sockets.append(each)
            try:
                each.sendall(noise.randbytes(noise.choice((1, 100, 5000, 100000))))
            except OSError:
                pass


class Guesser(Phase):
    guesses = 0

    def attack(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        good = self.token
        while not self.stopped.is_set():
            place = random.randrange(len(good))
            guess = good[:place] + random.choice("AbC0_-xyz") + good[place + 1:]
            if guess != good:
                connection.request("GET", "/articles/articles", headers={"Kinto-Authorization": "Bearer " + guess})
                answer = connection.getresponse()
                answer.read()
                self.guesses += 1
                # The last character carries bits that mean nothing: only a changed token counts.
                if answer.status == 200 and place < len(good) - 1:
                    print("A guessed token was accepted: " + guess, file=sys.stderr)


def rss(process):
    with open(f"/proc/{process.pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) // 1024


def measure(name, phase, gateway):
    attacker = threading.Thread(target=phase.attack, daemon=True)
    attacker.start()
    if isinstance(phase, Idle):
        attacker.join()  # first all of them, then the measurement
    times, wrong, end = [], 0, time.monotonic() + SECONDS
    connection = http.client.HTTPConnection("127.0.0.1", phase.port, timeout=30)
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            connection.request("GET", "/articles/articles", headers={"Kinto-Authorization": "Bearer " + phase.token})
            answer = connection.getresponse()
            wrong += answer.read() != ANSWER or answer.status != 200
        except (OSError, http.client.HTTPException):
            wrong += 1
            connection.close()
        times.append((time.monotonic() - began) * 1000)
        time.sleep(0.005)
    memory = rss(gateway)
    phase.stop()
    attacker.join(30)
    times.sort()
    print(f"{name:42} {len(times):6} {wrong:6} {times[len(times) // 2]:8.1f} {times[len(times) * 99 // 100]:8.1f}"
          f" {times[-1]:8.1f} {memory:8}", flush=True)
    return wrong


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard != resource.RLIM_INFINITY and hard < IDLE + 2 * SLOW + 1000:
        sys.exit(f"{hard} open files are allowed; {IDLE} idle connections need more.")
    upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    upstream.handle_error = lambda *unused: None  # the gateway breaks off what its clients break off
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as work:
        gateway, port = start_gateway(work, upstream.server_address[1])
        try:
            credentials = json.dumps({"clientId": "bench", "clientSecret": SECRET})
            status, body = request(port, "POST", "/auth", credentials, {"Content-Type": "application/json"})
            token = json.loads(body)["token"]
            print(f"{'':42} answers  wrong   p50 ms   p99 ms   max ms  RSS MiB")
            wrong = 0
            for name, kind in (
                    ("warming up", Phase), ("nobody else", Phase), (f"{IDLE} idle connections", Idle),
                    (f"{SLOW} heads, a byte a second", Slow), (f"{SLOW} bodies, a byte a second", SlowBodies),
                    (f"{GARBAGE} connections of garbage", Garbage), ("a token guesser", Guesser),
                    ("nobody else, afterwards", Phase)):
                phase = kind(port, token)
                wrong += measure(name, phase, gateway)
                if kind is Guesser:
                    print(f"  (guesses: {phase.guesses})")
            sys.exit(1 if wrong else 0)
        finally:
            gateway.terminate()
            gateway.wait(60)


if __name__ == "__main__":
    main()
