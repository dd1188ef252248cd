"""The table: one row a measurement, one column a contender, then the ratio and the goal."""

import math

# The goals are limits of this project, with three handlers; what they are compared with stands in the table itself.
GOALS = {
    "exec to READY": 1.8,  # ms
    "resident memory at READY": 7.2,  # MB
    "resident memory after 10,000 events": 7.2,  # MB
    "anonymous memory at READY": 0.7,  # MB
    "anonymous memory after 10,000 events": 0.7,  # MB
    "CPU an event": 7,  # µs
    "instructions an event": 14_000,
    "context switches while idle": 0,
    "CPU a line of output, one line an event": 2,  # µs
    "CPU a line of output, 4 KB an event": 2,  # µs
    "CPU a line of output, 64 KB an event": 2,  # µs
    "CPU a megabyte of events, 64 KB an event": 5,  # ms
    "ordered chain of 50, a step, startsecs=0": 3.7,  # ms
    "ordered chain of 200, a step, startsecs=0": 3.7,  # ms
    "ordered chain of 5, a step, startsecs=1": 1030,  # ms
    "ordered chain of 50 beside a handler that hangs, a step": 4,  # ms
    "ordered chain of 50 beside a handler that hangs, longest step": 1.1,  # s
    "ordered chain of 50 beside a handler that spins, a step": 4,  # ms
    "ordered chain of 50 beside a handler that spins, longest step": 1.1,  # s
    "ordered chain of 50 beside a handler that yields, a step": 4,  # ms
    "ordered chain of 50 beside a handler that yields, longest step": 1.1,  # s
    "RPC calls a program, chain of 50": 2,
    "supervisord's start to the first program": 1.10,  # s
    "container's start to the first program": 0.15,  # s
    "TERM to the end": 0.05,  # s
    "TERM to the end, 20 programs that ignore TERM for 3 s and 5 that depend on them": 4,  # s
    "TERM to the end, the same with --stop-timeout 2": 2.5,  # s
    "TERM to the end, 6 idle programs": 0.1,  # s
    "FATAL to the end, with supervise": 0.1,  # s
    "FATAL to the end, with a listener": 0.1,  # s
    "static binary": 9.2,  # MB
}

#: Seconds after which a contender is given up, where that is a result; its value is infinite then.
PATIENCE = 15


class Table:
    def __init__(self, names):
        self.names = names
        self.rows = []

    def add(self, what, unit, values, peer=None):
        """Adds a row.

        The first column is measured against the goal; the ratio says how often it goes into the column named `peer`.
        """
        self.rows.append((what, unit, values, peer))
        print("  %s: %s" % (what, ", ".join("%s %s" % (n, shown(v)) for n, v in values.items())), flush=True)

    def lines(self):
        yield ["", "unit"] + self.names + ["ratio", "goal", ""]
        for what, unit, values, peer in self.rows:
            own = values.get(self.names[0])
            goal = GOALS.get(what)
            ratio = "%s×" % shown(values[peer] / own) if own and math.inf not in (own, values.get(peer, math.inf)) else ""
            mark = "missed" if goal is not None and own is not None and own > goal else ""
            yield (
                [what, unit] + [shown(values.get(name)) for name in self.names]
                + [ratio, "" if goal is None else "≤ " + shown(goal), mark]
            )

    def __str__(self):
        lines = list(self.lines())
        used = [column for column in range(len(lines[0])) if any(line[column] for line in lines[1:])]
        widths = {column: max(len(line[column]) for line in lines) for column in used}
        return "\n".join(
            "  ".join(
                line[column].ljust(widths[column]) if column < 2 else line[column].rjust(widths[column]) for column in used
            ).rstrip()
            for line in lines
        )


def shown(value):
    """Three digits, or all of those before the point."""
    if value is None:
        return ""
    if value == math.inf:
        return "not within %d s" % PATIENCE
    if value == 0 or value >= 100:
        return "{:,.0f}".format(value)
    return "%.1f" % value if value >= 10 else "%.2f" % value
