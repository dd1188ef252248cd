"""The pump: how fast output of programs goes through a listener that does nothing but log it, and whether all of it arrives."""

import os
import subprocess
import tempfile

from feeder import ANSWER, READY

PROCESSES = 10
LINES = 100_000  # a process
HEADER = "ver:3.0 server:supervisor serial:%d pool:listenerd poolserial:%d eventname:PROCESS_LOG_STDOUT len:%d\n"
PAYLOAD = "processname:web_%d groupname:web pid:%d channel:stdout\n%s"
TEXT = "GET /orders/%07d HTTP/1.1 200 in 12 ms, 4711 bytes for 10.0.0.7 by worker"
#: How many bytes are sent before answers are waited for: what a listener reads at once.
BATCH = 64 * 1024


def events(chunk):
    """What supervisord would send: the processes write in turn, and each chunk has about so many bytes of lines.

    Chunks end within lines unless each has exactly one.
    """
    serial = 0
    rests = [""] * PROCESSES
    numbers = [0] * PROCESSES
    while any(number < LINES for number in numbers) or any(rests):
        for process in range(PROCESSES):
            lines = [rests[process]]
            size = len(rests[process])
            while numbers[process] < LINES and size < max(chunk, 1):
                lines.append(TEXT % numbers[process] + "\n")
                size += len(lines[-1])
                numbers[process] += 1
            text = "".join(lines)
            data, rests[process] = (text[:chunk], text[chunk:]) if chunk else (text, "")
            if data:
                payload = PAYLOAD % (process, 1000 + process, data)
                yield (HEADER % (serial, serial, len(payload)) + payload).encode()
                serial += 1


def batches(chunk):
    """All events, in pieces that are sent at once, each with the number of events in it."""
    piece, count, size = [], 0, 0
    for event in events(chunk):
        if size + len(event) > BATCH and piece:
            yield b"".join(piece), count
            piece, count, size = [], 0, 0
        piece.append(event)
        count += 1
        size += len(event)
    yield b"".join(piece), count


def check(path):
    """Raises an error unless the log has each line of each process, in its order, and nothing else."""
    numbers = [0] * PROCESSES
    with open(path, "rb") as file:
        for line in file:
            head, _, text = line.decode().rstrip("\n").partition(" | ")
            process = int(head.rpartition("_")[2])
            if text != TEXT % numbers[process]:
                raise RuntimeError("%r is not line %d of process %d" % (line, numbers[process], process))
            numbers[process] += 1
    if numbers != [LINES] * PROCESSES:
        raise RuntimeError("lines are missing: %r" % numbers)


def read(file, size):
    if len(file.read(size)) != size:
        raise RuntimeError("a listener ended too early")


def run(command, pieces):
    """Seconds of CPU, and megabytes at most, of a listener that is given events, as many at once as it reads at once."""
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    answers = os.fdopen(os.dup(child.stdout.fileno()), "rb")
    read(answers, len(READY))
    for piece, count in pieces:
        child.stdin.write(piece)
        read(answers, len(ANSWER) * count)
    # What wait4 says of memory counts this program too, from before the listener's own began.
    with open("/proc/%d/status" % child.pid) as file:
        megabytes = next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM"))
    child.stdin.close()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = status
    answers.close()
    child.stdout.close()
    if status:
        raise RuntimeError("a listener ended with status %d" % status)
    return used.ru_utime + used.ru_stime, megabytes


def measure(path, chunk, log_format="text"):
    """Lines and megabytes a second of CPU time, and the most memory, for chunks of a size; 0: one line a chunk."""
    with tempfile.TemporaryDirectory(prefix="pump-") as folder:
        log = os.path.join(folder, "log")
        command = [path, "--log", "--log-output", "--log-format", log_format, "--log-file"]
        pieces = list(batches(chunk))
        if log_format == "text":
            run(command + [log], pieces)
            check(log)
        seconds, megabytes = min(run(command + ["/dev/null"], pieces) for _ in range(3))
        return PROCESSES * LINES / seconds, sum(len(piece) for piece, _ in pieces) / 1e6 / seconds, megabytes
