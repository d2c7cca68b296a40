"""Tables for tests of the review, and a review that runs."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from aligntool.records import Flag, Span
from aligntool.table import Row, Table, details, format_flags, made, pack, write

STAMP = ("Eva", "2026-01-02T03:04:05Z")


def flag(text, start, fix=None, check="calques", **more):
    """A flag on the machine's English."""
    span = Span(start, start + len(text))
    return Flag(check, "calque", 0, span, text, "major", f"about {text}", 0.8, fix, **more)


def row(number, src, mt, *flags, tgt=None, doc="talk", **more):
    """A row as the machine makes it."""
    tgt = mt if tgt is None else tgt
    # A row with another English than the machine's was edited by somebody.
    data = {"made": made(mt or src)} | ({"flags": details(flags)} if flags else {}) | more.pop("data", {})
    return Row(
        id=f"{doc}:{number}",
        doc=doc,
        src_lang=more.pop("src_lang", "nl"),
        tgt_lang="en",
        src_ids=str(number) if src else "",
        tgt_ids=str(number) if mt else "",
        src=src,
        mt=mt,
        tgt=tgt,
        score=more.pop("score", "1.000"),
        flags=format_flags(flags),
        data=pack(data),
        **more,
    )


TEETH = flag("makes long teeth", 4, "picks at it")


def talk():
    """Four rows, two of them flagged."""
    return (
        row(1, "Het regent.", "It rains.", data={"lead": "\n"}),
        row(2, "Zij maakt lange tanden.", "She makes long teeth.", TEETH),
        row(3, "Hij komt. Zij gaat.", "He comes. She goes.", flag("goes", 14, "leaves", "terms")),
        row(4, "Einde.", "End.", data={"tail": "\n"}),
    )


def big(count, doc="big"):
    """Many rows, every fifth flagged."""
    src = "Zin nummer {0}: de burgemeester sprak woensdag op het plein over haven en dijken."
    mt = "Sentence number {0}: the mayor spoke on Wednesday on the square about harbour and dikes."
    found = []
    for n in range(1, count + 1):
        text = mt.format(n)
        flags = [flag("on the square", text.index("on the square"), "in")] if n % 5 == 0 else []
        found.append(row(n, src.format(n), text, *flags, doc=doc))
    return tuple(found)


def put(path, rows):
    """The rows as a file."""
    path.write_text(write(Table(tuple(rows))), encoding="utf-8", newline="\n")
    return path


class Review:
    """A running ``aligntool review`` and a browser's part of the conversation with it."""

    def __init__(self, *arguments, cwd=None):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "aligntool", "review", *map(str, arguments), "--no-browser"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=cwd,
        )
        self.address = self.process.stdout.readline().strip()
        found = re.fullmatch(r"http://(127\.0\.0\.1:(\d+))(/enter\?token=[\w-]{40,})", self.address)
        assert found, self.address + self.process.stderr.read()
        self.host, self.port, self.way = found[1], int(found[2]), found[3]
        self.cookie, self.root = "", ""

    def ask(self, path, method="GET", body=None, **headers):
        """Status, headers and body of an answer; headers None are left out."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        sent = {"Host": self.host, "Cookie": self.cookie} | {
            k.replace("_", "-"): v for k, v in headers.items()
        }
        way = path if path.startswith("/enter") else self.root + path
        connection.putrequest(method, way, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        found = answer.status, answer.headers, answer.read().decode("utf-8")
        connection.close()
        return found

    def enter(self):
        status, headers, _ = self.ask(self.way)
        assert status == 303
        self.cookie = headers["Set-Cookie"].partition(";")[0]
        self.root = headers["Location"].removesuffix("/")
        return headers["Set-Cookie"]

    def do(self, payload, path="/d/0/do", **headers):
        own = {
            "Origin": f"http://{self.host}",
            "X_Aligntool": "1",
            "Content_Type": "application/json",
            "Sec_Fetch_Site": "same-origin",
        }
        return self.ask(path, "POST", json.dumps(payload).encode(), **(own | headers))

    def cpu(self):
        """Seconds of processor time the server has taken."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Its highest use of memory, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) // 1024

    def stop(self, how=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        self.process.stderr.close()
        return code
