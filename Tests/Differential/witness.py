"""Runs inside supervisord, which loads it as an [rpcinterface:x]: writes down every change of state, in its order."""

from supervisor import events


def make(supervisord, path):
    file = open(path, "w", buffering=1)

    def note(event):
        name = "%s:%s" % (event.process.group.config.name, event.process.config.name)
        file.write("%s %s\n" % (name, type(event).__name__[len("ProcessState"):-len("Event")].upper()))

    events.subscribe(events.ProcessStateEvent, note)
    return note
