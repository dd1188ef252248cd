import os
import shutil
import tarfile
import zipfile

import packages
from packages import ROOT, PackageTests, debian_package, package, read, run, tarball, unpack_tarball, wheel


class PackingTests(PackageTests):
    """The packages as files."""

    def test_sums_are_those_of_all_packages(self):
        run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=packages.folder)
        names = [line.split()[1] for line in read(package("SHA256SUMS")).decode().splitlines()]
        self.assertEqual(sorted([*names, "SHA256SUMS"]), sorted(os.listdir(packages.folder)))

    def test_their_version_is_that_of_the_program(self):
        unpack_tarball(self.folder)
        version = run(os.path.join(self.folder, "bin/listenerd"), "--version").strip()
        self.assertIn(f"listenerd-{version}-linux-", tarball())
        self.assertIn(f"listenerd-{version}-py3-none-", wheel())
        self.assertEqual(run("dpkg-deb", "--field", debian_package(), "Version").strip(), f"{version}-1")

    def test_packing_again_elsewhere_makes_the_same_bytes(self):
        copy = os.path.join(self.folder, "a copy with a longer name")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".build*", ".git"), copy_function=shutil.copy)
        unpack_tarball(os.path.join(self.folder, "program"))
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": self.folder,
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "7",
            "SOURCE_DATE_EPOCH": str(int(os.stat(tarball()).st_mtime)),
        }
        again = os.path.join(self.folder, "again")
        command = [os.path.join(copy, "Packaging/dist"), os.path.join(self.folder, "program/bin/listenerd"), again]
        run(*command, env=environment, cwd="/", umask=0o077)
        for name in sorted(set(os.listdir(again)) - {"SHA256SUMS"}):
            with self.subTest(name):
                self.assertEqual(read(package(name)), read(os.path.join(again, name)))

    def test_no_owner_and_no_time_but_that_of_the_commit_is_in_them(self):
        time = int(os.stat(tarball()).st_mtime)
        with tarfile.open(tarball()) as archive:
            entries = archive.getmembers()
        self.assertEqual({(entry.uid, entry.gid, entry.uname, entry.mtime) for entry in entries}, {(0, 0, "", time)})
        self.assertEqual([entry.name for entry in entries], sorted(entry.name for entry in entries))
        with zipfile.ZipFile(wheel()) as archive:
            self.assertEqual(len({entry.date_time for entry in archive.infolist()}), 1)
