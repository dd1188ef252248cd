"""A small Debian: its root is shared by all tests, and what one of them changes is in a layer of its own."""

import os
import subprocess
import tempfile
import unittest

import packages

BASE = os.path.join(packages.TOOLS, "debian")

#: Run in namespaces of its own, as PID 1: mounts the root, and becomes the command in it.
ENTER = """
set -e
folder=$1 mode=$2 user=$3
shift 3
mount -t overlay overlay -o lowerdir="$BASE",upperdir="$folder/layer",workdir="$folder/work" "$folder/root"
mount -t proc proc "$folder/root/proc"
mount -t tmpfs tmpfs "$folder/root/tmp"
mount -o "remount,$mode" "$folder/root"
exec env -i PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    chroot --userspec="$user" "$folder/root" "$@"
"""


class SmallDebian:
    """A layer on the root. Each command runs in namespaces of its own, and sees what those before have changed."""

    def __init__(self):
        self._temporary = tempfile.TemporaryDirectory()
        self.folder = self._temporary.name
        #: What differs from the shared root.
        self.layer = os.path.join(self.folder, "layer")
        for name in ("layer", "work", "root"):
            os.mkdir(os.path.join(self.folder, name))
        os.chmod(self.layer, 0o755)

    def remove(self):
        self._temporary.cleanup()

    def command(self, *command, mode="rw", user="root:root"):
        """The command that runs another one in this system."""
        namespaces = ["--mount", "--pid", "--ipc", "--uts", "--net", "--fork", "--kill-child"]
        script = ENTER.replace("$BASE", BASE)
        return ["unshare", *namespaces, "sh", "-c", script, "sh", self.folder, mode, user, *command]

    def run(self, *command):
        """What a command prints in this system, as root."""
        return packages.run(*self.command(*command))

    def add(self, path, data, mode=0o644):
        """Adds a file."""
        target = os.path.join(self.layer, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(data)
        os.chmod(target, mode)


class SmallDebianTests(packages.PackageTests):
    """Tests with a small Debian of their own."""

    def setUp(self):
        super().setUp()
        if not os.path.isdir(BASE):
            raise unittest.SkipTest("there is no small Debian: make dist-test makes it as root, with Debian's packages")
        self.debian = SmallDebian()
        self.addCleanup(self.debian.remove)
        trial = subprocess.run(self.debian.command("true"), stderr=subprocess.PIPE, encoding="utf-8")
        if trial.returncode != 0:
            raise unittest.SkipTest(f"namespaces or mounts are not permitted here: {trial.stderr.strip()}")
