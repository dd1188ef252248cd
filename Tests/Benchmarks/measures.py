"""What is measured of a listener that this program feeds; each returns its value, or one for each key."""

import os
import shutil
import statistics
import subprocess
import tempfile
import time

from feeder import Team

EVENTS = 10_000


def milliseconds_to_ready(contender, errors, times):
    def once():
        with Team(contender, errors) as team:
            return team.seconds_to_ready * 1000

    return statistics.median(once() for _ in range(times))


def memory(contender, errors):
    with Team(contender, errors) as team:
        time.sleep(0.3)
        at_ready = team.megabytes("VmRSS"), team.megabytes("RssAnon")
        team.prepare(EVENTS)
        team.feed()
        return at_ready + (team.megabytes("VmRSS"), team.megabytes("RssAnon"))


def microseconds_an_event(contender, errors, batches):
    """CPU time and wall-clock time, with feeder and listener on one core, so that no event crosses cores."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        with Team(contender, errors) as team:
            team.prepare(EVENTS // 10)
            team.feed()
            cpu, wall = [], []
            for _ in range(batches):
                team.prepare(EVENTS)
                before, began = team.cpu_seconds(), time.perf_counter()
                team.feed()
                wall.append(time.perf_counter() - began)
                cpu.append(team.cpu_seconds() - before)
            return tuple(statistics.median(times) / EVENTS * 1e6 for times in (cpu, wall))
    finally:
        os.sched_setaffinity(0, cores)


def switches_while_idle(contenders, errors, seconds):
    """Of all contenders at once, since nothing else happens meanwhile."""
    teams = []
    try:
        for contender in contenders:
            teams.append(Team(contender, errors))
        time.sleep(1)
        before = [team.switches() for team in teams]
        time.sleep(seconds)
        return [team.switches() - earlier for team, earlier in zip(teams, before)]
    finally:
        for team in teams:
            team.__exit__()


def instructions_an_event(contender, errors, few=500, many=2500):
    """The difference of two runs under callgrind, so that start and end do not count; user mode only."""
    counts = []
    for events in (few, many):
        with tempfile.NamedTemporaryFile() as output:
            wrapped = type(contender)(
                contender.name,
                [
                    shutil.which("valgrind"), "--tool=callgrind", "--quiet",
                    "--callgrind-out-file=" + output.name,
                ] + contender.command,
                contender.environment,
            )
            with Team(wrapped, errors) as team:
                team.prepare(events)
                team.feed()
            with open(output.name) as file:
                counts += [int(line.split()[1]) for line in file if line.startswith(("summary:", "totals:"))][-1:]
    return (counts[1] - counts[0]) / (many - few) * contender.count


def binary(path):
    """Its megabytes, and whether it needs no shared library."""
    linked = subprocess.run(["ldd", path], capture_output=True, text=True)
    is_static = "not a dynamic executable" in linked.stderr or "statically linked" in linked.stdout
    return os.path.getsize(path) / 1e6, is_static
