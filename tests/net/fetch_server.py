# SPDX-License-Identifier: MIT
# What fetch is judged with: Python's HTTP server, with paths that answer well,
# badly, or not at all. Prints its port; ends with its standard input.
import http.server
import sys
import threading

DATA = bytes(i * i % 251 for i in range(300000))
together = threading.Barrier(3, timeout=20)
end = threading.Event()
lock = threading.Lock()
now, most = 0, 0


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def head(self, status, *fields):
        self.send_response(status)
        for field in fields:
            self.send_header(*field)
        self.end_headers()

    def body(self, data):
        self.head(200, ("Content-Length", str(len(data))))
        self.wfile.write(data)

    def chunks(self, *pieces, last=b"0\r\n\r\n", more=b""):
        self.head(200, ("Transfer-Encoding", "chunked"))
        for p in pieces:
            self.wfile.write(b"%x%s\r\n%s\r\n" % (len(p), more, p))
        self.wfile.write(last)

    def raw(self, data):
        self.wfile.write(data)
        self.close_connection = True

    def gate(self):
        """Three at a time, and never more."""
        global now, most
        with lock:
            now += 1
            most = max(now, most)
        together.wait()
        with lock:
            now -= 1
        self.body(b"%d" % most)

    def do_GET(self):
        name = self.path[1:].split("?")[0]
        if name.startswith("gate"):
            return self.gate()
        if name.startswith("hop"):
            n = int(name[3:])
            to = "hop%d" % (n - 1) if n > 1 else "/deep/../plain"
            return self.head(302, ("Location", to), ("Content-Length", "0"))
        paths = {
            "plain": lambda: self.body(DATA),
            "deep/../plain": lambda: self.body(DATA),
            "": lambda: self.body(b"index"),
            "empty": lambda: self.body(b""),
            "chunked": lambda: self.chunks(*[DATA[i:i + 7777] for i in
                                             range(0, len(DATA), 7777)]),
            "fancy": lambda: self.chunks(b"a", b"b" * 5000,
                                         last=b"000\r\nX: y\r\nZ: \r\n\r\n",
                                         more=b" ;name=\"value\""),
            "close": lambda: self.raw(b"HTTP/1.0 200 OK\r\n\r\n" + DATA),
            "early": lambda: self.raw(
                b"HTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 100 Go\r\n\r\n"
                b"HTTP/1.1 200 \r\ncontent-LENGTH:\t3 \r\n\r\nyes"),
            "whole": lambda: self.head(
                301, ("Location", "http://%s/plain#x" % self.headers["Host"]),
                ("Content-Length", "0")),
            "same": lambda: self.head(
                307, ("Location", "//%s/plain?q" % self.headers["Host"]),
                ("Content-Length", "0")),
            "query": lambda: self.body(self.path.encode()),
            # what is no answer
            "short": lambda: self.raw(
                b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort"),
            "endless": lambda: self.raw(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                b"5\r\nshort\r\n"),
            "odd": lambda: self.chunks(b"a", last=b"0x3\r\nabc\r\n0\r\n\r\n"),
            "long": lambda: self.chunks(b"a", last=b"3\r\nabcd\r\n0\r\n\r\n"),
            "huge": lambda: self.chunks(last=b"7fffffffffffffff0\r\n"),
            "negative": lambda: self.raw(
                b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx"),
            "babble": lambda: self.raw(b"hello\r\n\r\n"),
            "nothing": lambda: self.raw(b""),
            "tall": lambda: self.raw(b"HTTP/1.1 200 OK\r\n" +
                                     b"A: b\r\n" * 9000 + b"\r\n"),
            "round": lambda: self.head(302, ("Location", "round"),
                                       ("Content-Length", "0")),
            "away": lambda: self.head(302, ("Location", "ftp://x/y"),
                                      ("Content-Length", "0")),
            "silent": lambda: end.wait(60),
            "stuck": lambda: (self.raw(b"HTTP/1.1 200 OK\r\n\r\npart"),
                              self.wfile.flush(), end.wait(60)),
        }
        paths.get(name, lambda: self.send_error(404))()


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *args):          # a client has gone
        pass


server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
end.set()
