from packages import STARTUP, debian_package, read, run
from small_debian import SmallDebianTests

#: All that a package may have changed; what dpkg itself notes of all packages is left out.
TREE = "find / -xdev ! -path '/var/lib/dpkg*' ! -path '/var/cache/*' ! -path '/var/log/*' | sort"


class DebianTests(SmallDebianTests):
    """The Debian package, in a small Debian."""

    def setUp(self):
        super().setUp()
        self.debian.add("srv/listenerd.deb", read(debian_package()))

    def test_recommends_supervisor(self):
        self.assertRegex(run("dpkg-deb", "--field", debian_package(), "Recommends"), "^supervisor")

    def test_lintian_has_neither_errors_nor_warnings(self):
        self.assertEqual(self.debian.run("lintian", "--allow-root", "--fail-on", "error,warning", "/srv/listenerd.deb"), "")

    def test_installs_runs_and_goes_without_a_trace(self):
        before = self.debian.run("sh", "-c", TREE)
        self.debian.run("dpkg", "--install", "/srv/listenerd.deb")
        self.assertEqual(self.debian.run("dpkg", "--verify", "listenerd"), "")
        self.debian.add("srv/startup", read(STARTUP), 0o755)
        self.debian.run("/srv/startup")
        self.assertIn("/usr/share/man/man1/listenerd.1.gz", self.debian.run("man", "-w", "listenerd"))
        self.debian.run("rm", "/srv/startup")
        self.debian.run("dpkg", "--purge", "listenerd")
        self.assertEqual(self.debian.run("sh", "-c", TREE), before)
