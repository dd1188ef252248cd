"""How long it takes to stop many programs: by supervise, in the reverse of the order, and by supervisord alone.

The time counts from TERM until the process that was started is gone. supervisord alone stops one group after the other, and
by default each program is a group of its own.
"""

import math
import os
import select
import signal
import statistics
import subprocess
import tempfile
import time

import chain
import supervise

PROGRAM = """\
[program:{name}]
command=sh -c "{trap}echo > {folder}/started; exec sleep 600"
autostart={autostart}
startsecs=0
startafter={parents}
stopwaitsecs=3
stdout_logfile=NONE
stderr_logfile=NONE
"""
DEAF = "trap '' TERM; "
#: Longer than all of them take one after the other.
PATIENCE = 120


class Programs:
    """Some that ignore TERM, and some quick ones that depend on all of those."""

    def __init__(self, deaf, quick):
        self.deaf = ["deaf%d" % number for number in range(deaf)]
        self.quick = ["quick%d" % number for number in range(quick)]

    def sections(self, folder, autostart):
        def section(name, trap, parents):
            return PROGRAM.format(folder=folder, name=name, trap=trap, parents=" ".join(parents), autostart=autostart)

        return "".join([section(name, DEAF, []) for name in self.deaf] + [section(name, "", self.deaf) for name in self.quick])

    def __len__(self):
        return len(self.deaf) + len(self.quick)


def seconds_from_term(command, autostart, programs, runs):
    """From TERM to the end, once all programs are up."""
    times = []
    for number in range(runs):
        with tempfile.TemporaryDirectory(prefix="stop-") as folder:
            times.append(run(command, autostart, programs, folder, number / runs))
    return statistics.median(times)


def run(command, autostart, programs, folder, delay):
    configuration = os.path.join(folder, "supervisord.conf")
    with open(configuration, "w") as file:
        file.write(supervise.CONFIGURATION.format(folder=folder) + programs.sections(folder, autostart))
    os.mkfifo(os.path.join(folder, "started"))
    started = os.open(os.path.join(folder, "started"), os.O_RDWR)
    with open(os.path.join(folder, "output"), "w") as output:
        process = subprocess.Popen(command + ["-c", configuration], stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    gone = os.pidfd_open(process.pid)
    try:
        count = 0
        while count < len(programs):
            count += len(os.read(started, len(programs)))
        # supervisord's loop may sleep for up to a second before it looks.
        time.sleep(1 + delay)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        has_ended = select.select([gone], [], [], PATIENCE)[0]
        return time.monotonic() - began if has_ended else math.inf
    finally:
        chain.end(process)
        os.close(started)
        os.close(gone)


def measure(supervisord, ours, runs, table):
    bare = [supervisord, "-n"]
    deaf, idle = Programs(20, 5), Programs(0, 6)
    rows = [
        ("TERM to the end, 20 programs that ignore TERM for 3 s and 5 that depend on them", deaf, [], 1),
        ("TERM to the end, the same with --stop-timeout 2", deaf, ["--stop-timeout", "2"], 1),
        ("TERM to the end, 6 idle programs", idle, [], runs),
    ]
    alone = {programs: seconds_from_term(bare, "true", programs, count) for _, programs, _, count in rows[1:]}
    for what, programs, arguments, count in rows:
        values = {
            name: seconds_from_term(
                [path, "supervise", "--supervisord", supervisord, "--ordered-startup"] + arguments, "false", programs, count
            )
            for name, path in ours.items()
        }
        table.add(what, "s", {**values, "bare": alone[programs]}, "bare")
