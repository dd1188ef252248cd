"""What the tests share: the packages, and the tools that were got for the tests."""

import glob
import os
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
#: What 'make dist-test' gets for these tests.
TOOLS = os.path.join(ROOT, ".build/packaging")
#: Starts programs with what is on the PATH.
STARTUP = os.path.join(HERE, "startup")
#: Packages for other architectures cannot be run here.
ARCHITECTURE = os.uname().machine
DEBIAN_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"

#: Where the packages are; set by the program.
folder = None


def package(pattern):
    """The path of the one package with such a name."""
    found = glob.glob(os.path.join(glob.escape(folder), pattern))
    if len(found) != 1:
        raise AssertionError(f"{folder} has {len(found)} packages named {pattern}")
    return found[0]


def tarball():
    return package(f"listenerd-*-linux-{ARCHITECTURE}.tar.gz")


def wheel():
    return package(f"listenerd-*_{ARCHITECTURE}.whl")


def debian_package():
    return package(f"listenerd_*_{DEBIAN_ARCHITECTURES[ARCHITECTURE]}.deb")


def unpack_tarball(prefix):
    """Unpacks the tarball as its users do."""
    os.makedirs(prefix, exist_ok=True)
    run("tar", "-xzf", tarball(), "--strip-components=1", "-C", prefix)


def run(*command, **options):
    """What a command prints. A command that fails is a failure of the test, with all that it has printed."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", **options)
    if result.returncode != 0:
        raise AssertionError(f"'{' '.join(command)}' has ended with status {result.returncode}:\n{result.stdout}")
    return result.stdout


def read(path):
    with open(path, "rb") as file:
        return file.read()


def tree(path):
    """All files and folders below a folder; what Python compiles by the way does not count."""
    return {
        os.path.join(parent, name)
        for parent, folders, files in os.walk(path)
        for name in [*folders, *files]
        if "__pycache__" not in os.path.join(parent, name)
    }


class PackageTests(unittest.TestCase):
    """Tests with a folder of their own."""

    maxDiff = None

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = temporary.name
