# SPDX-License-Identifier: MIT
"""Ten downloads by PROGRAM, which have to be at the same time: none is answered
before all have asked. One of each ends in another way.  curl.py PROGRAM"""
import http.server
import subprocess
import sys
import threading

MANY = 10
asked = threading.Barrier(MANY, timeout=20)


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        number = int(self.path[1:])
        asked.wait()
        body = b'%d\n' % number * (50000 * number)
        self.send_response(200 if number < 9 else 404)
        if number == 7:
            self.send_header('Transfer-Encoding', 'chunked')
            body = b''.join(b'%x\r\n%s\r\n' % (len(body[i:i + 999]),
                                              body[i:i + 999])
                            for i in range(0, len(body), 999)) + b'0\r\n\r\n'
        else:
            more = 1 if number == 8 else 0
            self.send_header('Content-Length', str(len(body) + more))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Page)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f'http://127.0.0.1:{server.server_port}/'
urls = [base + str(i) for i in range(MANY)] + ['http://127.0.0.1:1/']
sys.exit(subprocess.run([sys.argv[1], *urls], timeout=25).returncode)
