"""The tarball: laid out for /usr/local or any other prefix, and unpacked there with --strip-components=1."""

from archive import PROGRAM, File, tarball
from release import NAME, read


def layout(release):
    """All files, by their paths below the prefix."""
    files = {f"bin/{NAME}": File(release.program, PROGRAM)}
    files.update({f"share/man/man1/{name}": File(page) for name, page in release.manuals.items()})
    files[f"share/bash-completion/completions/{NAME}"] = File(release.completions["bash"])
    files[f"share/zsh/site-functions/_{NAME}"] = File(release.completions["zsh"])
    files[f"share/fish/vendor_completions.d/{NAME}.fish"] = File(release.completions["fish"])
    files.update({f"share/doc/{NAME}/{path}": File(page) for path, page in release.documents.items()})
    files[f"share/doc/{NAME}/LICENSE"] = File(read("LICENSE"))
    files[f"share/doc/{NAME}/copyright"] = File(read("Packaging/copyright"))
    return files


def package(release):
    """The name and the content of the tarball."""
    name = f"{NAME}-{release.version}-linux-{release.architecture}"
    files = {f"{name}/{path}": file for path, file in layout(release).items()}
    return f"{name}.tar.gz", tarball(files, release.time)
