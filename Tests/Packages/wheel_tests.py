import glob
import os
import subprocess
import sys

from packages import STARTUP, SYSTEM_PATH, TOOLS, PackageTests, read, run, tree, unpack_tarball, wheel


class Interpreter:
    """A Python, and the environment variables that it needs."""

    def __init__(self, program, libraries=None):
        self.program = program
        self.environment = {**os.environ, **({"LD_LIBRARY_PATH": libraries} if libraries else {})}

    @property
    def version(self):
        """Its name and version, or None if it cannot be run."""
        words = "import platform, venv; print(platform.python_implementation(), *platform.python_version_tuple()[:2])"
        result = subprocess.run([self.program, "-c", words], capture_output=True, encoding="utf-8", env=self.environment)
        return result.stdout.strip() if result.returncode == 0 else None


def interpreters():
    """The Pythons of this machine, and the one that was got for these tests: the first of each version."""
    found = [Interpreter(sys.executable)]
    found += [Interpreter(path) for part in os.get_exec_path() for path in sorted(glob.glob(f"{part}/python3.[0-9]*[0-9]"))]
    for library in glob.glob(f"{TOOLS}/pypy/usr/lib/*/libpypy3*.so*"):
        found.append(Interpreter(f"{TOOLS}/pypy/usr/bin/pypy3", os.path.dirname(library)))
    versions = {}
    for interpreter in found:
        versions.setdefault(interpreter.version, interpreter)
    versions.pop(None, None)
    return versions


class WheelTests(PackageTests):
    """The wheel, in fresh environments of Python."""

    def test_an_index_would_accept_it(self):
        if not os.path.exists(f"{TOOLS}/bin/twine"):
            self.skipTest("there is no twine: make dist-test installs it")
        run(f"{TOOLS}/bin/twine", "check", "--strict", wheel())

    def test_installs_beside_supervisor_runs_and_goes_without_a_trace(self):
        if not os.path.exists(f"{TOOLS}/bin/pip"):
            self.skipTest("there is no pip of its own: make dist-test installs it")
        versions = interpreters()
        for version, interpreter in versions.items():
            with self.subTest(version):
                self.check(interpreter, os.path.join(self.folder, version))
        if len(versions) < 2:
            self.skipTest(f"there is only {', '.join(versions)} on this machine")

    def check(self, interpreter, home):
        environment = {**interpreter.environment, "PATH": f"{home}/bin:{SYSTEM_PATH}"}

        def pip(*arguments):
            return run(f"{TOOLS}/bin/pip", "--python", f"{home}/bin/python", *arguments, env=environment)

        run(interpreter.program, "-m", "venv", "--without-pip", home, env=environment)
        pip("install", "--quiet", "supervisor==4.3.0")
        before = tree(home)
        pip("install", "--quiet", "--no-index", wheel())
        unpack_tarball(f"{self.folder}/tarball")
        self.assertEqual(read(f"{home}/bin/listenerd"), read(f"{self.folder}/tarball/bin/listenerd"))
        self.assertIn("License-Expression: Apache-2.0", pip("show", "--verbose", "listenerd"))
        run(STARTUP, env=environment)
        pip("uninstall", "--quiet", "--yes", "listenerd")
        self.assertEqual(tree(home), before)
