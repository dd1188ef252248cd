import os
import re
import shutil

from packages import ROOT, STARTUP, SYSTEM_PATH, PackageTests, read, run, tarball, unpack_tarball

#: The links of a page that lead to another file.
LINK = re.compile(r"\]\((?![a-z]+:)([^)#]+)")


class TarballTests(PackageTests):
    """The tarball, unpacked in a prefix."""

    def setUp(self):
        super().setUp()
        self.prefix = os.path.join(self.folder, "prefix")
        unpack_tarball(self.prefix)

    def test_runs_from_any_prefix(self):
        supervisord = os.path.join(ROOT, ".build/python/bin")
        run(STARTUP, env={"PATH": f"{self.prefix}/bin:{supervisord}:{SYSTEM_PATH}"})

    def test_leaves_the_folders_of_a_prefix_as_they_are(self):
        prefix = os.path.join(self.folder, "used")
        os.makedirs(f"{prefix}/real")
        os.symlink("real", f"{prefix}/bin")
        os.mkdir(f"{prefix}/share")
        os.chmod(f"{prefix}/share", 0o2775)
        unpack_tarball(prefix)
        self.assertTrue(os.path.islink(f"{prefix}/bin") and os.path.exists(f"{prefix}/real/listenerd"))
        self.assertEqual(os.stat(f"{prefix}/share").st_mode & 0o7777, 0o2775)

    def test_make_install_installs_the_same_files(self):
        installed = os.path.join(self.folder, "installed")
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(os.stat(tarball()).st_mtime))}
        run(f"{ROOT}/Packaging/install", f"{self.prefix}/bin/listenerd", installed, env=environment)
        run("diff", "--recursive", self.prefix, installed)

    def test_has_the_manual_pages_and_completions_that_the_program_prints(self):
        program = os.path.join(self.prefix, "bin/listenerd")
        names = ["listenerd", *(f"listenerd-{name}" for name in run(program, "manual", "--list").split())]
        self.assertEqual(sorted(os.listdir(f"{self.prefix}/share/man/man1")), sorted(f"{name}.1" for name in names))
        completions = {
            "bash": "bash-completion/completions/listenerd",
            "zsh": "zsh/site-functions/_listenerd",
            "fish": "fish/vendor_completions.d/listenerd.fish",
        }
        for shell, path in completions.items():
            with self.subTest(shell):
                self.assertEqual(read(f"{self.prefix}/share/{path}").decode(), run(program, "completion", shell))

    def test_man_shows_its_pages_without_a_warning(self):
        if not shutil.which("man"):
            self.skipTest("there is no man on this machine")
        pages = f"{self.prefix}/share/man"
        for page in os.listdir(f"{pages}/man1"):
            with self.subTest(page):
                run("sh", "-c", 'test -z "$(man --warnings -M "$0" "$1" 2>&1 > /dev/null)"', pages, page.removesuffix(".1"))

    def test_the_readme_and_its_pages_link_to_pages_that_are_there(self):
        documents = f"{self.prefix}/share/doc/listenerd"
        pages = ["README.md", *(f"Documentation/{name}" for name in os.listdir(f"{documents}/Documentation"))]
        links = {
            os.path.normpath(os.path.join(os.path.dirname(page), link))
            for page in pages
            if page.endswith(".md")
            for link in LINK.findall(read(f"{documents}/{page}").decode())
        }
        # Those to the source itself are for readers of the repository.
        sources = ("Tests/", "Dockerfile")
        dead = [link for link in links if not link.startswith(sources) and not os.path.exists(f"{documents}/{link}")]
        self.assertEqual(dead, [])
