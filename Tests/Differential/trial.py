"""One configuration under a real supervisord with one listener, from its start until nothing happens any more."""

import os
import shutil
import signal
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
#: Far longer than anything takes.
PATIENCE = 60

CONFIGURATION = """\
[supervisord]
nodaemon=true
logfile={folder}/supervisord.log
pidfile={folder}/supervisord.pid
childlogdir={folder}
{user}
[unix_http_server]
file={folder}/rpc.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
[rpcinterface:witness]
supervisor.rpcinterface_factory=witness:make
path={folder}/changes
[eventlistener:listener]
command={command}
events=PROCESS_STATE
startsecs=0
autorestart=false
buffer_size=1000
stdout_logfile=NONE
stderr_logfile={folder}/listener.log
"""


class Trial:
    """What has happened: changes of state as (process, state), and whether the listener came to its end."""

    def __init__(self, supervisord, command, graph):
        self.graph = graph
        self.folder = tempfile.mkdtemp(prefix="trial-")
        configuration = os.path.join(self.folder, "supervisord.conf")
        user = "user=root" if os.getuid() == 0 else ""
        command = command.format(configuration=configuration)
        with open(configuration, "w") as file:
            file.write(CONFIGURATION.format(folder=self.folder, command=command, user=user) + graph.configuration())
        process = subprocess.Popen(
            [supervisord, "-n", "-c", configuration],
            env=dict(os.environ, PYTHONPATH=HERE, PYTHONDONTWRITEBYTECODE="1"),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        try:
            self.has_ended = self.wait(process)
            self.changes = [change for change in self.read() if change[0] != "listener:listener"]
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def wait(self, process):
        """Waits for the listener's end, and then for that of everything that ends by itself."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and process.poll() is None:
            states = dict(self.read())
            if states.get("listener:listener") == "EXITED" and all(
                states.get(name) in (["EXITED"] if program.ends else ["RUNNING", "FATAL"])
                for program in self.graph.programs for name in program.names
            ):
                return True
            time.sleep(0.05)
        return False

    def read(self):
        try:
            with open(os.path.join(self.folder, "changes")) as file:
                return [tuple(line.split()) for line in file if line.endswith("\n")]
        except FileNotFoundError:
            return []

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def started(self):
        """The processes in the order in which they were started, each as often as it was."""
        return [name for name, state in self.changes if state == "STARTING"]

    @property
    def end(self):
        """The last state of each process."""
        return dict(self.changes)

    def first(self, name, states):
        """When a process was first in one of some states; None where it never was."""
        places = (place for place, (one, state) in enumerate(self.changes) if one == name and state in states)
        return next(places, None)

    def violations(self):
        """The edges of the graph that do not hold: where a child was started before its parent was where it should be."""
        for program in self.graph.programs:
            for parent in self.graph.programs:
                states = program.waits.get(parent.name)
                if states is None:
                    continue
                # One state, the same for all processes of the parent, is what is waited for.
                moments = [[self.first(name, [state]) for name in parent.names] for state in states]
                reached = [max(places) for places in moments if None not in places]
                starts = [self.first(name, ["STARTING"]) for name in program.names]
                if None in starts or not reached or min(starts) < min(reached):
                    yield "%s was started before %s was %s" % (program.name, parent.name, " or ".join(states))

    def order_of_peers(self):
        """Programs that wait for the very same, in the order of their starts."""
        peers = {}
        for program in sorted(self.graph.programs, key=lambda one: self.first(one.names[0], ["STARTING"]) or 0):
            if not program.is_autostarted:
                peers.setdefault(str(sorted(program.waits.items())), []).append(program.name)
        return peers
