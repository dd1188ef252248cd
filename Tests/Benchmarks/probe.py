"""Runs inside supervisord, which loads it as an [rpcinterface:x]: notes when programs start, and counts calls.

It does no work but to remember, until the last program is RUNNING; then it writes down what it has seen.
"""

import json
import os
import time

from supervisor import events, xmlrpc


class Probe:
    def __init__(self, expected, path):
        self.expected = expected
        self.path = path
        self.running = set()
        self.starts = []
        self.calls = 0

    def started(self, event):
        if event.process.config.name.startswith("chain"):
            self.starts.append(time.monotonic())

    def is_running(self, event):
        if event.process.config.name.startswith("chain"):
            self.running.add(event.process.config.name)
            if len(self.running) == self.expected:
                self.write()

    def write(self):
        with open(self.path + ".new", "w") as file:
            json.dump({"starts": self.starts, "calls": self.calls}, file)
        os.rename(self.path + ".new", self.path)

    def count_calls(self):
        handler = xmlrpc.supervisor_xmlrpc_handler
        call = handler.call

        def counted(server, method, parameters):
            self.calls += 1
            return call(server, method, parameters)

        handler.call = counted


def make(supervisord, programs, path):
    probe = Probe(int(programs), path)
    events.subscribe(events.ProcessStateStartingEvent, probe.started)
    events.subscribe(events.ProcessStateRunningEvent, probe.is_running)
    probe.count_calls()
    return probe
