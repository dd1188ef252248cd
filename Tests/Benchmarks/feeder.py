"""supervisord's side of the protocol: starts listeners, sends them events, and waits for their answers."""

import os
import signal
import time

from rpc import PROGRAMS

READY = b"READY\n"
ANSWER = b"RESULT 2\nOKREADY\n"


class Listener:
    """One process that listens."""

    def __init__(self, command, environment, errors):
        child_input, self.input = os.pipe()
        self.output, child_output = os.pipe()
        self.started = time.perf_counter()
        self.pid = os.posix_spawn(
            command[0], command, environment,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, child_input, 0),
                (os.POSIX_SPAWN_DUP2, child_output, 1),
                (os.POSIX_SPAWN_OPEN, 2, errors, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644),
            ],
        )
        os.close(child_input)
        os.close(child_output)

    def wait_for(self, text):
        seen = b""
        while len(seen) < len(text):
            piece = os.read(self.output, 4096)
            if not piece:
                raise RuntimeError("a listener ended instead of saying %r" % text)
            seen += piece
        if seen != text:
            raise RuntimeError("a listener said %r instead of %r" % (seen, text))

    def end(self):
        """Ends it as supervisord's own end does, and by force where that does not help."""
        os.close(self.input)
        for _ in range(2000):
            if os.waitpid(self.pid, os.WNOHANG) != (0, 0):
                break
            time.sleep(0.001)
        else:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.output)


class Team:
    """Listeners that do one job between them: each one gets every event."""

    def __init__(self, contender, errors):
        self.listeners = []
        self.sent = 0
        self.events = []
        try:
            for _ in range(contender.count):
                self.listeners.append(Listener(contender.command, contender.environment, errors))
            for listener in self.listeners:
                listener.wait_for(READY)
        except BaseException:
            self.__exit__()
            raise
        self.seconds_to_ready = time.perf_counter() - self.listeners[0].started

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for listener in self.listeners:
            listener.end()

    def prepare(self, count):
        """Makes events ready to be sent."""
        for number in range(self.sent, self.sent + count):
            name = PROGRAMS[number % len(PROGRAMS)]
            payload = "processname:%s groupname:%s from_state:STARTING pid:%d" % (name, name, 4711 + number)
            header = "ver:3.0 server:supervisor serial:%d pool:listener poolserial:%d eventname:%s len:%d\n" % (
                number, number, "PROCESS_STATE_RUNNING", len(payload),
            )
            self.events.append((header + payload).encode())
        self.sent += count

    def feed(self):
        """Sends what is prepared, each event after the answer to the one before."""
        for event in self.events:
            for listener in self.listeners:
                os.write(listener.input, event)
            for listener in self.listeners:
                listener.wait_for(ANSWER)
        self.events = []

    def threads(self):
        for listener in self.listeners:
            for thread in os.listdir("/proc/%d/task" % listener.pid):
                yield "/proc/%d/task/%s" % (listener.pid, thread)

    def cpu_seconds(self):
        """What all threads have used, in user and kernel mode."""
        total = 0
        for thread in self.threads():
            with open(thread + "/schedstat") as file:
                total += int(file.read().split()[0])
        return total / 1e9

    def switches(self):
        """How often any thread went to sleep or was put aside."""
        total = 0
        for thread in self.threads():
            with open(thread + "/status") as file:
                total += sum(int(line.split()[1]) for line in file if "ctxt_switches" in line)
        return total

    def megabytes(self, key):
        """Memory of all processes, by its name in /proc/PID/status."""
        total = 0
        for listener in self.listeners:
            with open("/proc/%d/status" % listener.pid) as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith(key + ":"))
        return total / 1000 * 1.024
