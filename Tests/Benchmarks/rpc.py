"""A stand-in for supervisord's RPC server, on a unix socket: all programs are running."""

import socketserver
import threading
import xmlrpc.client

PROGRAMS = ["program%02d" % number for number in range(10)]


def information(name):
    return {
        "name": name, "group": name, "description": "pid 4711, uptime 0:01:00", "start": 1700000000,
        "stop": 0, "now": 1700000060, "state": 20, "statename": "RUNNING", "spawnerr": "", "exitstatus": 0,
        "logfile": "", "stdout_logfile": "", "stderr_logfile": "", "pid": 4711,
    }


def answer(method, arguments):
    if method == "supervisor.getAllProcessInfo":
        return [information(name) for name in PROGRAMS]
    if method == "supervisor.getProcessInfo":
        return information(arguments[0].split(":")[-1])
    if method == "supervisor.getState":
        return {"statecode": 1, "statename": "RUNNING"}
    return True


class Call(socketserver.StreamRequestHandler):
    def handle(self):
        length = 0
        while line := self.rfile.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not length:
            return  # A listener that is ended right after its READY connects and says nothing.
        arguments, method = xmlrpc.client.loads(self.rfile.read(length))
        body = xmlrpc.client.dumps((answer(method, arguments),), methodresponse=True).encode()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


class Server(socketserver.ThreadingUnixStreamServer):
    def handle_error(self, request, client_address):
        """A listener that is ended in the midst of a call is no error of the measurement."""

    daemon_threads = True

    def __init__(self, path):
        super().__init__(path, Call)
        threading.Thread(target=self.serve_forever, daemon=True).start()
