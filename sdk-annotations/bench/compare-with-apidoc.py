#!/usr/bin/env python3
"""Holds import against the apidoc tool 1.2.0: each file with @api below the folders that are named is read alone by both.

Prints, of the files for which the tool gives an answer, how many import without an error, with the same routes, and
with the same routes, fields and types; and each file that differs. Compared are method, path up to the names of its
parameters, and each field's place, name and type without its size; of a route's versions the highest. Each of several
methods is a route, :id, <id> and {id} are the same, a path ends at white space, and // is /. Not compared: defaults,
what is optional, groups, descriptions.

Needs node, npm, a JDK 25 and the built modules (mvn package -DskipTests). Usage: compare-with-apidoc.py FOLDER...
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
JAVA = os.environ.get("JAVA25") or next(iter(sorted(glob.glob("/usr/lib/jvm/*25*/bin/java"))), "java")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
SECTIONS = {"header": "header", "parameter": "parameter", "success": "result", "error": "error"}
LISTS = {"headers": "header", "reads": "header", "config": "header", "parameters": "parameter", "results": "result",
         "writes": "result", "errors": "error"}


def files(folders):
    for folder in folders:
        for at, _, names in os.walk(folder):
            for name in sorted(names):
                with open(f"{at}/{name}", "rb") as file:
                    if re.search(rb"@api[ \t]*\{", file.read(8 << 20)):
                        yield os.path.abspath(f"{at}/{name}")


def shape(url):
    path = re.split(r"[\s?#]", re.sub(r"^https?://[^/]*", "", url.strip()))[0]
    path = re.sub(r"(?<![A-Za-z0-9]):[A-Za-z_][\w-]*", "{}", path)
    path = re.sub(r"<(?:\w+:)?[A-Za-z_]\w*>|\{[^}]*\}", "{}", path)
    return re.sub("/+", "/", "/" + path)


def field(place, name, kind):
    return place, name.lower() if place == "header" else name, re.match("[^{=]*", kind or "String").group().strip().lower()


def methods(written):
    each = re.split(r"[\s/|,&]+(?:(?:OR|AND)\s+)?", written.upper().strip())
    return each if METHODS.issuperset(each) else [written.upper()]


def of_tool(data):
    """The tool's routes: for each method and shape of a path the fields of its highest version, and of each entry."""
    versions = {}
    for entry in data:
        if not entry.get("type") or not entry.get("url"):
            continue
        fields = {field("parameter", f["field"], f.get("type")) for key in ("body", "query") for f in entry.get(key) or []}
        for section, place in SECTIONS.items():
            for group in ((entry.get(section) or {}).get("fields") or {}).values():
                fields |= {field(place, f["field"], f.get("type")) for f in group}
        version = [int(part) if part.isdigit() else 0 for part in entry.get("version", "0.0.0").split(".")]
        for method in methods(entry["type"]):
            versions.setdefault((method, shape(entry["url"])), []).append((version, fields))
    return {route: [fields for version, fields in all_ if version == max(all_)[0]] for route, all_ in versions.items()}


def of_import(manifest):
    return {
        (route["method"], shape(route["path"])): {
            field(place, f.get("name") or f["field"], f.get("type")) for key, place in LISTS.items() for f in route.get(key, [])
        }
        for route in manifest["routes"]
    }


def lines(command, names, folder=None):
    run = subprocess.run(command, input="\n".join(names) + "\n", capture_output=True, text=True, cwd=folder, check=True)
    sys.stderr.write(run.stderr)
    return [json.loads(line) for line in run.stdout.split("\n") if line]


def main():
    names = list(files(sys.argv[1:]))
    if not names:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", "--ignore-scripts", "--prefix", folder, "apidoc@1.2.0"], check=True)
        tool = lines(["node", f"{HERE}/apidoc-data.cjs"], names, folder)
    ours = lines([JAVA, "-cp", f"{HERE}/../target/classes", f"{HERE}/ImportEach.java"], names)
    answered = good = same_routes = same = 0
    for name, data, manifest in zip(names, tool, ours, strict=True):
        wanted = None if data is None else of_tool(data)
        if wanted is None or (not wanted and manifest is not None and not manifest["routes"]):
            continue
        answered += 1
        good += manifest is not None
        found = {} if manifest is None else of_import(manifest)
        # One @api of several in a comment is all that the tool shows.
        if manifest is None or not wanted.keys() <= found.keys():
            print(f"{name}: the tool has {sorted(wanted.keys() - found.keys())[:3]}")
            continue
        same_routes += 1
        differing = [
            route for route, all_ in wanted.items() if found[route] not in all_ and found[route] != set().union(*all_)
        ]
        same += not differing
        if differing:
            print(f"{name}: other fields of {differing[:3]}")
    for count, what in (good, "no error"), (same_routes, "the same routes"), (same, "the same routes, fields and types"):
        print(f"{count} of {answered} files ({count / max(1, answered):.1%}): {what}")


main()
