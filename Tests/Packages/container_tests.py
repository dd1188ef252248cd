import os
import signal
import subprocess
import threading

from packages import SYSTEM_PATH, tree, unpack_tarball
from small_debian import SmallDebianTests

TIMEOUT = 120
USERS = ("root:root", "www-data:www-data")
#: 'orphan' leaves a process to PID 1, which ends at once. 'worker' exits if a test says so.
CONFIGURATION = """\
[supervisord]
nodaemon=true
silent=true
logfile=/dev/null
logfile_maxbytes=0
pidfile=/tmp/supervisord.pid

[program:migrate]
command=true
autostart=false
startafter=
startsecs=0
autorestart=false

[program:orphan]
command=sh -c "(sleep 0.1 &) && exec sleep 1000"
autostart=false
startafter=migrate:completed

[program:worker]
command=sh -c "{worker}"
autostart=false
startafter=migrate:completed
autorestart=false
"""
#: Waits until there is no zombie.
REAPED = "while grep -qs '^State:.Z' /proc/[0-9]*/status; do sleep 0.1; done"
ENTRY = ("listenerd", "supervise", "--ordered-startup", "--fatal-exit", "--fatal-exit-on=fatal,unexpected-exit", "--log")


class Container:
    """The read-only container that runs ENTRY as its PID 1."""

    def __init__(self, debian, user):
        self.user = user
        self.process = subprocess.Popen(
            debian.command(*ENTRY, mode="ro", user=user), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
        )
        self.lines = []
        self._killer = threading.Timer(TIMEOUT, self.process.kill)
        self._killer.start()

    def end(self):
        self._killer.cancel()
        self.process.kill()
        self.process.stderr.close()
        self.process.wait()

    def wait_for(self, text):
        """Reads what supervise says until a line has a text."""
        for line in self.process.stderr:
            self.lines.append(line)
            if text in line:
                return
        raise AssertionError(f"there was no '{text}' in:\n{''.join(self.lines)}")

    def wait(self):
        """The exit status."""
        self.lines += self.process.stderr
        return self.process.wait()

    @property
    def pid(self):
        """PID 1 of the container, as this machine sees it."""
        parent = self.process.pid
        with open(f"/proc/{parent}/task/{parent}/children", encoding="ascii") as file:
            return int(file.read().split()[0])

    @property
    def first_process(self):
        """The name and the pid of its PID 1, as the container sees them."""
        with open(f"/proc/{self.pid}/status", encoding="utf-8") as file:
            fields = dict(line.split(":", 1) for line in file)
        return fields["Name"].strip(), int(fields["NSpid"].split()[-1])

    def execute(self, *command):
        """The exit status of a command in the container, run as its user."""
        user, group = (part if part.isdigit() else {"root": "0", "www-data": "33"}[part] for part in self.user.split(":"))
        enter = ["nsenter", "--target", str(self.pid), "--all", "--root", "--wd", "--setuid", user, "--setgid", group]
        return subprocess.run(
            [*enter, *command],
            env={"PATH": f"/usr/local/bin:{SYSTEM_PATH}"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ).returncode


class ContainerTests(SmallDebianTests):
    """A container of the tarball, and Debian's Python and supervisor, whose entry point is supervise."""

    def start(self, user, worker):
        unpack_tarball(os.path.join(self.debian.layer, "usr/local"))
        self.debian.add("etc/supervisord.conf", CONFIGURATION.format(worker=worker).encode())
        self.before = tree(self.debian.layer)
        container = Container(self.debian, user)
        self.addCleanup(container.end)
        return container

    def test_runs_read_only_until_it_gets_term(self):
        for user in USERS:
            with self.subTest(user):
                container = self.start(user, worker="sleep 1000")
                container.wait_for("started 3 processes in order")
                self.assertEqual(container.first_process, ("listenerd", 1))
                self.assertEqual(container.execute("listenerd", "status", "--quiet"), 0, "the health check")
                self.assertNotEqual(container.execute("touch", "/usr/local/file"), 0, "the root can be written to")
                self.assertEqual(container.execute("timeout", "60", "sh", "-c", REAPED), 0, "the orphan stays a zombie")
                os.kill(container.pid, signal.SIGTERM)
                self.assertEqual(container.wait(), 0, "".join(container.lines))
                self.assertEqual(tree(self.debian.layer), self.before)

    def test_ends_with_the_status_of_the_program_that_failed(self):
        for user in USERS:
            with self.subTest(user):
                container = self.start(user, worker="sleep 2; exit 7")
                self.assertEqual(container.wait(), 7, "".join(container.lines))
