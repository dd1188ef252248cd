"""Who is measured: this listener with three handlers, and others that do nothing at all."""

import os
import shutil
import subprocess

import rpc

HERE = os.path.dirname(os.path.abspath(__file__))


class Contender:
    def __init__(self, name, command, environment=None, count=1):
        self.name = name
        self.command = command
        self.environment = environment or {}
        self.count = count


def ours(path, name, folder):
    """Listens with all three handlers, beside a server that answers, and logs to a file."""
    configuration = os.path.join(folder, "programs.conf")
    socket = os.path.join(folder, "rpc.sock")
    if not os.path.exists(configuration):
        with open(configuration, "w") as file:
            file.write("[supervisord]\n[unix_http_server]\nfile=%s\n" % socket)
            for number, program in enumerate(rpc.PROGRAMS):
                file.write("[program:%s]\ncommand=sleep 60\nautostart=false\n" % program)
                file.write("startinorder=true\npriority=%d\n" % number)
        rpc.Server(socket)
    return Contender(
        name,
        [
            os.path.abspath(path), "--ordered-startup", "--fatal-exit", "--log", "-c", configuration,
            "--log-file", os.path.join(folder, "%s.log" % name),
        ],
        {"SUPERVISOR_SERVER_URL": "unix://" + socket},
    )


def others(python, folder):
    """A listener in C, one in Python, and as many in Python as there are jobs; what cannot be had is said and left out."""
    found = []
    compiler = shutil.which(os.environ.get("CC", "cc")) or shutil.which("gcc")
    if compiler:
        idle = os.path.join(folder, "idle")
        subprocess.run([compiler, "-O2", "-o", idle, os.path.join(HERE, "idle.c")], check=True)
        found.append(Contender("C", [idle]))
    else:
        print("There is no C compiler: the listener in C is left out.")
    script = [os.path.abspath(python), os.path.join(HERE, "idle_listener.py")]
    return found + [Contender("Python", script), Contender("3 Python", script, count=3)]
