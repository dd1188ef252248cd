"""Random programs in the dialect of supervisord-dependent-startup, none of which meets one of its known bugs."""

import random

#: What a program can do: its keys, and the states that it reaches for certain.
SERVICE = ("command=/bin/sleep 600", "startsecs=0"), ("STARTING", "RUNNING")
SLOW_SERVICE = ("command=/bin/sleep 600", "startsecs=1"), ("STARTING", "RUNNING")
#: It starts one that has ended before its events were read once more; so this one lasts for a while.
ONE_SHOT = ("command=/bin/sleep 0.7", "startsecs=0", "autorestart=unexpected"), ("STARTING", "RUNNING", "EXITED")
FAILED_ONE_SHOT = (
    ("command=/bin/sh -c 'sleep 0.7; exit 3'", "startsecs=0", "autorestart=false"), ("STARTING", "RUNNING", "EXITED"),
)
BROKEN = ("command=/bin/false", "startsecs=3", "startretries=0"), ("STARTING", "BACKOFF", "FATAL")
KINDS = [SERVICE] * 5 + [SLOW_SERVICE, ONE_SHOT, ONE_SHOT, FAILED_ONE_SHOT, BROKEN]
NEVER = ["STOPPING", "FATAL", "BACKOFF"]


class Program:
    def __init__(self, name, kind, is_autostarted):
        self.name = name
        self.keys, self.reaches = kind
        self.is_autostarted = is_autostarted
        self.group = name
        self.processes = [name]
        #: The states, any of which is waited for, by the parent's name.
        self.waits = {}
        self.extra = []

    @property
    def ends(self):
        return "EXITED" in self.reaches

    @property
    def names(self):
        """The names of its processes as supervisorctl has them."""
        return ["%s:%s" % (self.group, process) for process in self.processes]

    def section(self):
        lines = ["[program:%s]" % self.name, *self.keys, *self.extra]
        lines.append("autostart=%s" % ("true" if self.is_autostarted else "false"))
        if not self.is_autostarted:
            lines.append("dependent_startup=true")
        if self.waits:
            items = ("%s:%s" % (parent, ",".join(states)) for parent, states in self.waits.items())
            lines.append("dependent_startup_wait_for=" + " ".join(items))
        return "\n".join(lines) + "\n"


class Graph:
    def __init__(self, seed):
        choice = random.Random(seed)
        self.seed = seed
        self.programs = []
        for number in range(choice.randint(3, 12)):
            self.programs.append(self.program(choice, "p%02d" % number))
        # It ends without a root to start.
        self.programs.append(Program("root", SERVICE, False))
        choice.shuffle(self.programs)

    def program(self, choice, name):
        program = Program(name, choice.choice(KINDS), choice.random() < 0.15)
        if not program.is_autostarted:
            for parent in choice.sample(self.programs, min(len(self.programs), choice.choice([0, 1, 1, 2, 3]))):
                states = {choice.choice(parent.reaches)} | set(choice.sample(NEVER, choice.choice([0, 0, 1])))
                program.waits[parent.name] = sorted(states)
        if choice.random() < 0.3:
            program.extra.append("priority=%d" % choice.choice([1, 5, 10, 100, 500]))
        if choice.random() < 0.15:
            program.extra.append("dependent_startup_inherit_priority=true")
        # It starts a program in a [group:x] by a name that supervisord does not know where that has several processes.
        if choice.random() < 0.2:
            count = choice.randint(2, 3)
            program.processes = ["%s_%d" % (name, number) for number in range(count)]
            program.extra += ["numprocs=%d" % count, "process_name=%(program_name)s_%(process_num)d"]
        elif choice.random() < 0.2:
            program.group = "of-" + name
        return program

    def configuration(self):
        """The sections; groups have one member, because of a name that stands in several it takes any."""
        groups = [
            "[group:%s]\nprograms=%s\n" % (program.group, program.name)
            for program in self.programs if program.group != program.name
        ]
        return "\n".join([program.section() for program in self.programs] + groups)
