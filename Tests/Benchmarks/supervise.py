"""What a container waits for: its first program, its end after TERM, and its end after a program has become FATAL.

The programs say themselves that they have started, through a named pipe, and they stop at once when told to.

After TERM, supervisord's loop may sleep for up to a second before it looks: so the signals of several runs are spread
evenly over a second.

The time from FATAL counts from the line in supervisord's log, which says it to the millisecond, for nobody can know
earlier; what supervisord takes from the program's last exit to that line, a second where no listener wakes it, does not
count. It ends when the process that was started is gone, be it supervisord or its parent.
"""

import datetime
import math
import os
import select
import shutil
import statistics
import subprocess
import tempfile
import time

import chain
from table import PATIENCE

CONFIGURATION = """\
[supervisord]
logfile={folder}/supervisord.log
pidfile={folder}/supervisord.pid
childlogdir={folder}
"""

SERVER = """\
[unix_http_server]
file={folder}/rpc.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""

LISTENER = """\
[eventlistener:listener]
command={command}
events={events}
startsecs=0
stdout_logfile=NONE
stderr_logfile=NONE
"""

PROGRAM = """\
[program:program{number}]
command=sh -c "echo > {folder}/started; exec sleep 600"
autostart={autostart}
startsecs=0
startinorder=true
priority={number}
stdout_logfile=NONE
stderr_logfile=NONE
"""
PROGRAMS = 3

#: By the time at which it fails every listener has long been ready.
FAILING = """\
[program:failing]
command=sh -c "sleep 2; exit 1"
startsecs=600
startretries=0
stdout_logfile=NONE
stderr_logfile=NONE
"""
#: Until supervisord has seen it.
SECONDS_TO_FATAL = 4

ONE_LINER = r"""{shell} -c "printf 'READY\n' && while read line; do kill -SIGQUIT $PPID; done < /dev/stdin" """


def listener(command, events):
    """The sections of a listener, and of the server that it may call."""
    return SERVER + LISTENER.format(command=command, events=events)


def shell_for_one_liner():
    """The first shell whose `kill` knows SIGQUIT by that name, as dash's does not; `None` where there is none."""
    for shell in "sh", "bash":
        if shutil.which(shell) and not subprocess.run([shell, "-c", "kill -l SIGQUIT"], capture_output=True).returncode:
            return shell
    return None


def seconds_to_first_and_from_term(command, autostart, runs):
    """From the start to the first program, and from TERM to the end."""
    firsts, ends = [], []
    for number in range(runs):
        with Running(command, autostart) as running:
            firsts.append(running.wait_for_programs())
            time.sleep(1 + number / runs)
            began = time.monotonic()
            running.process.terminate()
            ends.append(time.monotonic() - began if running.has_ended_within(PATIENCE) else math.inf)
    return statistics.median(firsts), statistics.median(ends)


def seconds_from_fatal(command, runs, sections=""):
    """From the moment at which a program is FATAL to the end."""
    ends = []
    for _ in range(runs):
        with Running(command, "true", sections + FAILING) as running:
            running.wait_for_programs()
            has_ended = running.has_ended_within(SECONDS_TO_FATAL + PATIENCE)
            ends.append(time.time() - running.moment_of_fatal() if has_ended else math.inf)
    return statistics.median(ends)


class Running:
    """A supervisord with its programs, or the parent of one, in a folder of its own."""

    def __init__(self, command, autostart, sections=""):
        self.temporary = tempfile.TemporaryDirectory(prefix="supervise-")
        self.folder = self.temporary.name
        configuration = os.path.join(self.folder, "supervisord.conf")
        with open(configuration, "w") as file:
            file.write((CONFIGURATION + sections).format(folder=self.folder))
            for number in range(PROGRAMS):
                file.write(PROGRAM.format(folder=self.folder, number=number, autostart=autostart))
        started = os.path.join(self.folder, "started")
        os.mkfifo(started)
        # Open for writing too, it has no end between two programs.
        self.started = os.open(started, os.O_RDWR)
        with open(os.path.join(self.folder, "output"), "w") as output:
            self.began = time.monotonic()
            self.process = subprocess.Popen(
                command + ["-c", configuration], stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        # What waits for a process with a timeout looks only every 50 ms.
        self.gone = os.pidfd_open(self.process.pid)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        chain.end(self.process)
        os.close(self.started)
        os.close(self.gone)
        self.temporary.cleanup()

    def wait_for_programs(self):
        """Waits until all have started, and returns the seconds to the first."""
        first, count = math.inf, 0
        while count < PROGRAMS:
            ready, _, _ = select.select([self.started, self.gone], [], [], PATIENCE)
            if self.gone in ready:
                raise RuntimeError("it ended before its programs had started:\n" + self.read("output"))
            if not ready:
                break
            first = min(first, time.monotonic() - self.began)
            count += len(os.read(self.started, PROGRAMS))
        return first

    def has_ended_within(self, seconds):
        return bool(select.select([self.gone], [], [], seconds)[0])

    def moment_of_fatal(self):
        for line in self.read("supervisord.log").splitlines():
            if "failing entered FATAL state" in line:
                return datetime.datetime.strptime(line.split(" INFO ")[0], "%Y-%m-%d %H:%M:%S,%f").timestamp()
        raise RuntimeError("it ended though no program was FATAL:\n" + self.read("output"))

    def read(self, name):
        with open(os.path.join(self.folder, name)) as file:
            return file.read()
