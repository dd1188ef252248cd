"""An event listener that does nothing, written as supervisor's documentation shows it."""

from supervisor import childutils

while True:
    childutils.listener.wait()
    childutils.listener.ok()
