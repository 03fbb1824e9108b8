#!/usr/bin/env python3
"""Measures check and diff over very large services, each as a whole process with a heap of 512 MiB: diff of two
services with 10,000 routes of which a tenth changed, and check with 10,000 errors. Each should stay below 5 s.

Needs a JDK 25 and a built gateway (mvn package). ROUTES=10000 and KINTO (the command) may be set.
"""
import glob
import json
import os
import resource
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
JAVA = os.environ.get("JAVA25") or next(iter(sorted(glob.glob("/usr/lib/jvm/*25*/bin/java"))), "java")
KINTO = os.environ.get("KINTO", f"{JAVA} -Xmx512m -jar {HERE}/../target/kinto-gateway.jar").split()
ROUTES = int(os.environ.get("ROUTES", "10000"))


def write(folder, service, routes):
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{service}.json", "w") as file:
        json.dump({"manifestVersion": 1, "microservice": service, "routes": routes}, file, indent=2)


def route(service, other, number, changed):
    """Reads what the other service sets; every tenth is changed in one of three ways."""
    path = f"/a{number % 100}/b{number // 100}/" + ("{id}" if number % 3 else f"c{number}")
    size = "String{..10}" if changed and number % 30 == 10 else "String{..20}"
    return {
        "method": "GET",
        "path": path + ("/moved" if changed and number % 30 == 0 else ""),
        "name": f"r{number}",
        "reads": [{"field": f"{other}-f{number}", "type": size, "required": True}],
        "writes": [] if changed and number % 30 == 20 else [{"field": f"{service}-f{number}", "type": "String{..20}"}],
    }


def measure(name, *arguments):
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run = subprocess.run([*KINTO, *arguments], capture_output=True, text=True)
    took, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run.returncode in (0, 1), run.stderr
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:<48} {took:5.1f} s {processor:5.1f} s of processors   {run.stdout.splitlines()[-1]}")


def main():
    with tempfile.TemporaryDirectory() as work:
        for service, other in ("shop", "auth"), ("auth", "shop"):
            for release in "old", "new":
                changed = release == "new"
                write(f"{work}/{release}", service, [route(service, other, n, changed) for n in range(ROUTES)])
        reads = [
            {"method": "GET", "path": f"/a{n}", "name": f"r{n}",
             "reads": [{"field": f"auth-f{n}", "type": "Number", "required": True}]} for n in range(ROUTES)
        ]
        writes = [
            {"method": "POST", "path": f"/a{n}", "name": f"r{n}",
             "writes": [{"field": f"auth-f{n}", "type": "String"}]} for n in range(ROUTES)
        ]
        write(f"{work}/bad", "shop", reads)
        write(f"{work}/bad", "auth", writes)
        write(f"{work}/broken", "shop", [{**each, "method": "get"} for each in reads])
        measure("diff of one service", "diff", f"{work}/old/shop.json", f"{work}/new/shop.json")
        measure("diff of two services", "diff", f"{work}/old", f"{work}/new")
        measure("check, each read of another type than the write", "check", f"{work}/bad")
        measure("check of a manifest that is wrong everywhere", "check", f"{work}/broken")


main()
