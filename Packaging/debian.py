"""The package for Debian and its derivatives, written by dpkg-deb."""

import email.utils
import hashlib
import os
import subprocess
import tempfile

from archive import PROGRAM, File, compressed, unpack
from release import NAME, PackagingError, read

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
MAINTAINER = "The listenerd authors <authors@listenerd.invalid>"
#: The revision of what is in Packaging/debian, for the same version of the program.
REVISION = 1


def layout(release, version):
    """All files that the package installs, by their paths."""
    documents = f"usr/share/doc/{NAME}"
    files = {f"usr/bin/{NAME}": File(release.program, PROGRAM)}
    files.update({f"usr/share/man/man1/{name}.gz": File(compressed(page)) for name, page in release.manuals.items()})
    files[f"usr/share/bash-completion/completions/{NAME}"] = File(release.completions["bash"])
    files[f"usr/share/zsh/vendor-completions/_{NAME}"] = File(release.completions["zsh"])
    files[f"usr/share/fish/vendor_completions.d/{NAME}.fish"] = File(release.completions["fish"])
    files[f"usr/share/lintian/overrides/{NAME}"] = File(read("Packaging/debian/lintian-overrides"))
    files.update({f"{documents}/{path}": File(page) for path, page in release.documents.items()})
    files[f"{documents}/copyright"] = File(read("Packaging/copyright"))
    files[f"{documents}/changelog.gz"] = File(compressed(files.pop(f"{documents}/CHANGELOG.md").data))
    changelog = filled(
        "Packaging/debian/changelog",
        version=version,
        release=release.version,
        maintainer=MAINTAINER,
        date=email.utils.formatdate(release.time),
    )
    files[f"{documents}/changelog.Debian.gz"] = File(compressed(changelog))
    return files


def filled(path, **values):
    """A template of the repository with its values."""
    return read(path).decode().format(**values).encode()


def package(release):
    """The name and the content of the package."""
    version = f"{release.version}-{REVISION}"
    architecture = ARCHITECTURES[release.architecture]
    files = layout(release, version)
    control = filled(
        "Packaging/debian/control",
        version=version,
        architecture=architecture,
        maintainer=MAINTAINER,
        size=sum(-(-len(file.data) // 1024) for file in files.values()),
    )
    sums = "".join(f"{hashlib.md5(file.data).hexdigest()}  {path}\n" for path, file in sorted(files.items()))
    files["DEBIAN/control"] = File(control)
    files["DEBIAN/md5sums"] = File(sums.encode())
    return f"{NAME}_{version}_{architecture}.deb", built(files, release.time)


def built(files, time):
    """What dpkg-deb makes of files; it writes no time after SOURCE_DATE_EPOCH, and files are in the order of their names."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(time), "DPKG_DEB_THREADS_MAX": "1"}
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.join(folder, "root")
        unpack(files, root)
        for directory, _, _ in os.walk(root):
            os.chmod(directory, 0o755)
        output = os.path.join(folder, "package.deb")
        command = ["dpkg-deb", "--root-owner-group", "--uniform-compression", "-Zxz", "--build", root, output]
        try:
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise PackagingError(f"dpkg-deb is needed for the package of Debian, but failed: {error}") from None
        with open(output, "rb") as file:
            return file.read()
