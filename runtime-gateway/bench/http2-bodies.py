#!/usr/bin/env python3
"""The heap that large bodies take over HTTP/2: runs a gateway with a heap of 96 MiB, has curl send a
body through it to a microservice and fetch one, with and without an announced length, one at a time
and four at once, and compares what arrived. Prints for each the time, the most that was in the heap
after a collection, and the greatest resident memory so far.

Needs: Python 3, curl with HTTP/2, openssl, a JDK 25, a built gateway (mvn package). Everything listens
on 127.0.0.1. GIB=1, HEAP=96m and JAVA25 may be set.
"""
import glob, hashlib, http.server, json, os, re, subprocess, sys, tempfile, threading, time, zlib

HERE = os.path.dirname(os.path.abspath(__file__))
JAR = os.path.join(HERE, "..", "target", "kinto-gateway.jar")
SIZE = int(float(os.environ.get("GIB", 1)) * (1 << 30))
HEAP = os.environ.get("HEAP", "96m")
SECRET = "a secret of the measurement alone"
PIECE = os.urandom(1 << 20)


def crc(size):
    value = 0
    for at in range(0, size, len(PIECE)):
        value = zlib.crc32(PIECE[:size - at], value)
    return value


class Upstream(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        chunked = self.path == "/chunked"
        self.send_response(200)
        self.send_header(*(("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(SIZE))))
        self.end_headers()
        for at in range(0, SIZE, len(PIECE)):
            piece = PIECE[:SIZE - at]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def pieces(self):
        if "Content-Length" in self.headers:
            left = int(self.headers["Content-Length"])
            while left:
                piece = self.rfile.read(min(left, 65536))
                left -= len(piece)
                yield piece
        else:
            while size := int(self.rfile.readline(), 16):
                yield self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()

    def do_PUT(self):
        value = 0
        for piece in self.pieces():
            value = zlib.crc32(piece, value)
        answer = str(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *unused):
        pass


def start_gateway(work, upstream_port):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=work, check=True, stderr=subprocess.DEVNULL)
    manifest = {"manifestVersion": 1, "microservice": "files", "routes": [
        {"method": m, "path": "/{x}", "name": m.lower(), "title": m} for m in ("GET", "PUT")]}
    with open(os.path.join(work, "files.json"), "w") as file:
        json.dump(manifest, file)
    with open(os.path.join(work, "gateway.yaml"), "w") as file:
        json.dump({
            "listeners": {"api": {"port": 0}, "public": {
                "port": 0, "http2": True, "tls": {"certificate": "cert.pem", "key": "key.pem"}}},
            "environments": {"bench": {"services": {"files": {
                "manifest": "files.json", "upstreams": [f"http://127.0.0.1:{upstream_port}"], "public": "all"}}}},
            "clients": [{"id": "bench", "environment": "bench",
                         "secretHash": "sha256:" + hashlib.sha256(SECRET.encode()).hexdigest()}]}, file)
    java = os.environ.get("JAVA25") or (glob.glob("/usr/lib/jvm/*25*/bin/java") + ["java"])[0]
    gateway = subprocess.Popen(
        [java, "--sun-misc-unsafe-memory-access=allow", "-Xmx" + HEAP, "-Xlog:gc:file=" + os.path.join(work, "gc.log"),
         "-jar", JAR, "serve", "--config", os.path.join(work, "gateway.yaml")],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in gateway.stdout:
        found = re.match(r"public listening on https://127.0.0.1:(\d+)", line)
        if found:
            threading.Thread(target=gateway.stdout.read, daemon=True).start()
            return gateway, int(found.group(1))
    sys.exit("the gateway did not start")


def curl(work, url, *more):
    return subprocess.Popen(
        ["curl", "-sS", "--http2", "--fail", "--cacert", os.path.join(work, "cert.pem"),
         "-w", "%{stderr}%{http_version}", *more, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def download(process):
    value = 0
    while piece := process.stdout.read(1 << 20):
        value = zlib.crc32(piece, value)
    return value


def upload(process):
    return int(process.stdout.read() or -1)


def main():
    expected = crc(SIZE)
    upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    upstream.handle_error = lambda *_: None  # the gateway closes its idle connections
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as work:
        body = os.path.join(work, "body")
        with open(body, "wb") as file:
            for at in range(0, SIZE, len(PIECE)):
                file.write(PIECE[:SIZE - at])
        gateway, port = start_gateway(work, upstream.server_port)
        url = f"https://localhost:{port}/bench/files/"
        try:
            for what, count, read, target, more in (
                    ("download, announced", 1, download, "counted", ()),
                    ("download, not announced", 1, download, "chunked", ()),
                    ("upload, announced", 1, upload, "x", ("-T", body)),
                    ("upload, not announced", 1, upload, "x", ("-H", "Content-Length:", "-T", body)),
                    ("four downloads at once", 4, download, "counted", ()),
                    ("four uploads at once", 4, upload, "x", ("-T", body))):
                logged = os.path.getsize(os.path.join(work, "gc.log"))
                began = time.monotonic()
                running = [curl(work, url + target, *more) for _ in range(count)]
                results = []
                threads = [threading.Thread(target=lambda p=p: results.append(read(p))) for p in running]
                [thread.start() for thread in threads]
                [thread.join() for thread in threads]
                versions = {p.stderr.read().decode() for p in running}
                seconds = time.monotonic() - began
                good = results == [expected] * count and versions == {"2"}
                with open(os.path.join(work, "gc.log")) as file:
                    file.seek(logged)
                    after = [int(m) for m in re.findall(r"\d+M->(\d+)M", file.read())]
                with open(f"/proc/{gateway.pid}/status") as file:
                    resident = int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) // 1024
                print(f"{what:24} {'good' if good else f'WRONG {results} {versions}'}  {seconds:6.1f} s"
                      f"  heap after collections at most {max(after, default=0)} MiB  resident {resident} MiB", flush=True)
        finally:
            gateway.terminate()
            gateway.wait()


main()
