"""A chain of programs, each started when the one before is RUNNING, by a real supervisord with one listener."""

import json
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))

CONFIGURATION = """\
[supervisord]
nodaemon=true
logfile={folder}/supervisord.log
pidfile={folder}/supervisord.pid
childlogdir={folder}
[unix_http_server]
file={folder}/rpc.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
[rpcinterface:probe]
supervisor.rpcinterface_factory=probe:make
programs={count}
path={folder}/seen
"""

LISTENER = """\
[eventlistener:listener]
command={command}
directory={folder}
events=PROCESS_STATE
startsecs=0
buffer_size=1000
stdout_logfile=NONE
stderr_logfile=NONE
"""

PROGRAM = """\
[program:chain{number:04}]
command={sleep} 600
autostart={autostart}
startsecs={startsecs}
stdout_logfile=NONE
stderr_logfile=NONE
"""


class Starter:
    """A listener that starts the programs, each when the one before is RUNNING."""

    def __init__(self, command):
        self.command = command

    def keys(self, number):
        return "startinorder=true\npriority=%d\n" % number


class DependentStarter(Starter):
    """One that knows only the keys of supervisord-dependent-startup."""

    def keys(self, number):
        return "dependent_startup=true\n" + (
            "dependent_startup_wait_for=chain%04d:running\n" % (number - 1) if number else ""
        )


class Seen:
    """What the probe saw, in several runs together."""

    def __init__(self):
        self.steps = []
        self.calls = []
        self.first_starts = []

    def add(self, seen, began, count):
        starts = seen["starts"]
        self.steps += [later - earlier for earlier, later in zip(starts, starts[1:])]
        self.calls.append(seen["calls"] / count)
        self.first_starts.append(starts[0] - began)

    @property
    def milliseconds_a_step(self):
        return statistics.median(self.steps) * 1000

    @property
    def longest_step(self):
        return max(self.steps)

    @property
    def calls_a_program(self):
        return statistics.median(self.calls)

    @property
    def seconds_to_first(self):
        return statistics.median(self.first_starts)


def run(supervisord, starters, count, startsecs, runs=1):
    """Starts chains with each starter in turn; where it is none, supervisord starts all programs itself, at once.

    They take turns because a shared machine is slower at one time than at another.
    """
    seen = {name: Seen() for name in starters}
    for _ in range(runs):
        for name, starter in starters.items():
            with tempfile.TemporaryDirectory(prefix="chain-") as folder:
                run_once(seen[name], folder, supervisord, starter, count, startsecs)
    return seen


def run_once(seen, folder, supervisord, starter, count, startsecs):
    configuration = os.path.join(folder, "supervisord.conf")
    with open(configuration, "w") as file:
        file.write(CONFIGURATION.format(folder=folder, count=count))
        if starter:
            file.write(LISTENER.format(folder=folder, command=starter.command.format(configuration=configuration)))
        for number in range(count):
            file.write(
                PROGRAM.format(
                    number=number, startsecs=startsecs, sleep=shutil.which("sleep"),
                    autostart="false" if starter else "true",
                )
                + (starter.keys(number) if starter else "")
            )
    environment = dict(os.environ, PYTHONPATH=HERE, PYTHONDONTWRITEBYTECODE="1")
    began = time.monotonic()
    process = subprocess.Popen(
        [supervisord, "-n", "-c", configuration], env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        seen.add(wait_for_file(os.path.join(folder, "seen"), process, 15 + count * (startsecs + 1)), began, count)
    finally:
        end(process)


def wait_for_file(path, process, patience):
    deadline = time.monotonic() + patience
    while not os.path.exists(path):
        if process.poll() is not None or time.monotonic() > deadline:
            with open(os.path.join(os.path.dirname(path), "supervisord.log")) as log:
                raise RuntimeError("a chain did not come to its end; supervisord says:\n" + "".join(log.readlines()[-5:]))
        time.sleep(0.02)
    with open(path) as file:
        return json.load(file)


def end(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
