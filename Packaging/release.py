"""What the packages of a release are made of."""

import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NAME = "listenerd"
SUMMARY = "starts supervisord's programs in order, ends it when one has failed, logs every event"
#: Architectures by their numbers in the header of a program, named as `uname -m` names them.
ARCHITECTURES = {62: "x86_64", 183: "aarch64"}
SHELLS = ("bash", "zsh", "fish")


class PackagingError(Exception):
    """Why no packages are made, in one sentence."""


class Release:
    """One version of the program for one architecture, with all that is packed beside it."""

    def __init__(self, program, documenting=None):
        """program is the file to be packed; documenting is the same for this machine, if that has another architecture."""
        documenting = os.path.abspath(documenting or program)
        self.program = read(os.path.abspath(program))
        self.architecture = architecture(self.program)
        self.version = run(documenting, "--version").strip()
        self.time = commit_time()
        self.manuals = manuals(documenting, self.time)
        self.completions = {shell: run(documenting, "completion", shell).encode() for shell in SHELLS}

    @property
    def documents(self):
        """The pages that everybody can read without installing anything, by their paths in the repository."""
        pages = [name for name in os.listdir(ROOT) if name.endswith(".md")]
        pages += [f"Documentation/{name}" for name in os.listdir(os.path.join(ROOT, "Documentation"))]
        return {page: read(page) for page in sorted(pages) if os.path.isfile(os.path.join(ROOT, page))}


def read(path):
    """What a file holds, by its path in the repository, or by an absolute one."""
    with open(os.path.join(ROOT, path), "rb") as file:
        return file.read()


def run(*command, **environment):
    """What a command prints."""
    environment = {**os.environ, **environment}
    try:
        return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise PackagingError(f"'{' '.join(command)}' is needed for the packages, but failed: {error}") from None


def architecture(program):
    """The architecture of a program, from its ELF header; one that needs a loader or libraries is refused."""
    if program[:6] != b"\x7fELF\x02\x01":
        raise PackagingError("the program is not one of Linux with 64 bits: build it with 'make static'")
    if b"/ld-linux" in program[:4096]:
        raise PackagingError("the program needs the libraries of this machine: build it with 'make static'")
    number = int.from_bytes(program[18:20], "little")
    if number not in ARCHITECTURES:
        raise PackagingError(f"the program is for an architecture (ELF machine {number}) for which there are no packages")
    return ARCHITECTURES[number]


def manuals(program, time):
    """The manual pages that a program prints, by their file names: its own, and those of its subcommands."""
    subcommands = run(program, "manual", "--list").split()
    return {
        "-".join([NAME, *subcommand]) + ".1": run(program, "manual", *subcommand, SOURCE_DATE_EPOCH=str(time)).encode()
        for subcommand in [[], *([name] for name in subcommands)]
    }


def commit_time():
    """When the commit was made, in seconds; SOURCE_DATE_EPOCH goes before, as in all tools."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return int(os.environ["SOURCE_DATE_EPOCH"])
    if run("git", "status", "--porcelain"):
        print("dist: warning: there are changes that are not in the commit; the packages may have them", file=sys.stderr)
    return int(run("git", "log", "-1", "--format=%ct"))
