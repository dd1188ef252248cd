"""How many lines a second pass a real supervisord to a listener as events before it drops some.

supervisord reads each program's pipe once in a pass of its loop, at most 64 KiB; all that it has read of one program is one
event; and it sends a listener one event in a pass. So one program loses nothing, and several programs lose events once they
write more often than supervisord's loop goes round, as soon as the buffer is full.

'steady' writes ever more lines a second, evenly spread over the programs, until events are dropped; it says the last rate
without a loss. 'burst' writes as fast as it can, a number of lines in all; it says the largest number without a loss.
"""

import datetime
import os
import re
import subprocess
import tempfile
import time

import chain

HERE = os.path.dirname(os.path.abspath(__file__))
CONFIGURATION = """\
[supervisord]
nodaemon=true
logfile={folder}/supervisord.log
logfile_maxbytes=0
pidfile={folder}/supervisord.pid
childlogdir={folder}
[eventlistener:listener]
command={listenerd} --log {options} --log-file={folder}/lines
events=PROCESS_STATE,PROCESS_LOG
buffer_size={buffer_size}
priority=-999
startsecs=0
stdout_logfile=NONE
stderr_logfile={folder}/errors
"""
PROGRAM = """\
[program:p{number}]
command={folder}/writer {folder}/go {length} {work}
startsecs=0
stdout_events_enabled=true
stdout_logfile=NONE
stderr_logfile=NONE
"""
FIRST_RATE, FACTOR, SECONDS, STEPS = 200, 1.25, 1.0, 22
BURSTS = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000]


class Run:
    """A supervisord with writers, which begin all at once."""

    def __init__(self, supervisord, listenerd, options, buffer_size, count, length, work):
        self.temporary = tempfile.TemporaryDirectory(prefix="output-")
        self.folder = self.temporary.name
        self.count = count
        subprocess.run(["cc", "-O2", "-o", self.path("writer"), os.path.join(HERE, "writer.c")], check=True)
        with open(self.path("supervisord.conf"), "w") as file:
            listener = os.path.abspath(listenerd)
            file.write(CONFIGURATION.format(folder=self.folder, listenerd=listener, options=options, buffer_size=buffer_size))
            for number in range(count):
                file.write(PROGRAM.format(folder=self.folder, number=number, length=length, work=work))
        self.process = subprocess.Popen(
            [supervisord, "-c", self.path("supervisord.conf")], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )

    def __enter__(self):
        while self.log().count("entered RUNNING state") < self.count + 1:
            time.sleep(0.05)
        time.sleep(0.3)
        self.lost_before = self.losses()
        open(self.path("go"), "w").close()
        self.began = time.time()
        return self

    def __exit__(self, *_):
        chain.end(self.process)
        self.temporary.cleanup()

    def path(self, name):
        return os.path.join(self.folder, name)

    def log(self):
        try:
            with open(self.path("supervisord.log")) as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def losses(self):
        """When events were dropped, in seconds since the Epoch."""
        times = re.findall(r"^(\S+ \S+) ERRO pool .* event buffer overflowed", self.log(), re.M)
        return [datetime.datetime.strptime(one, "%Y-%m-%d %H:%M:%S,%f").timestamp() for one in times]

    def size(self):
        """How much the listener has written."""
        try:
            return os.path.getsize(self.path("lines"))
        except FileNotFoundError:
            return 0

    def seconds_to_first_loss(self, seconds):
        """Waits for an event to be dropped; None if that has not happened in time."""
        while time.time() < self.began + seconds:
            time.sleep(0.2)
            new = self.losses()[len(self.lost_before):]
            if new:
                return new[0] - self.began
        return None

    def wait_until_quiet(self):
        """Waits until the listener has nothing more to write."""
        size, since = self.size(), time.time()
        while time.time() < since + 1.5:
            time.sleep(0.1)
            if self.size() != size:
                size, since = self.size(), time.time()


def steady(make_run, count, length):
    """The last rate of lines a second, in all, without a loss."""
    work = "steady %f %f %f %d" % (FIRST_RATE / count, FACTOR, SECONDS, STEPS)
    with make_run(count, length, work) as run:
        seconds = run.seconds_to_first_loss(SECONDS * STEPS + 1)
    steps = STEPS if seconds is None else int(seconds / SECONDS)
    return FIRST_RATE * FACTOR ** (steps - 1) if steps > 0 else 0


def burst(make_run, count, length):
    """The largest number of lines, in all, without a loss."""
    passed = 0
    for lines in BURSTS:
        with make_run(count, length, "burst %d" % max(1, lines // count)) as run:
            run.wait_until_quiet()
            if len(run.losses()) > len(run.lost_before):
                break
            passed = lines
    return passed


def measure(supervisord, listenerd, options, table, counts=(1, 10, 100), lengths=(10, 100), sizes=(10, 1024, 8192)):
    for size in sizes:
        def make_run(count, length, work, size=size):
            return Run(supervisord, listenerd, options, size, count, length, work)

        for count in counts:
            for length in lengths:
                what = "%d programs, lines of %d bytes, buffer_size=%d" % (count, length, size)
                table.add("steady: " + what, "lines/s", {"ours": steady(make_run, count, length)})
                table.add("burst: " + what, "lines", {"ours": burst(make_run, count, length)})
