"""Archives that depend on nothing but what is in them: no owner, no order of folders, no time but the one that is given."""

import gzip
import io
import os
import tarfile

PLAIN = 0o644
PROGRAM = 0o755


class File:
    """What a file holds, and its mode."""

    def __init__(self, data, mode=PLAIN):
        self.data = data
        self.mode = mode


def tarball(files, time):
    """A compressed tar archive of files by their paths, without entries of folders.

    Where it is unpacked, folders that exist keep their modes, and links to folders stay links.
    """
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path, file in sorted(files.items()):
            entry = tarfile.TarInfo(path)
            entry.mtime = time
            entry.mode = file.mode
            entry.size = len(file.data)
            archive.addfile(entry, io.BytesIO(file.data))
    return compressed(raw.getvalue(), time)


def compressed(data, time=0):
    """Data as gzip writes it, without a name."""
    output = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=output, mtime=time) as file:
        file.write(data)
    return output.getvalue()


def unpack(files, folder):
    """Writes files below a folder, in place of those that are there."""
    for path, file in files.items():
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.lexists(path):
            os.remove(path)
        with open(path, "wb") as output:
            output.write(file.data)
        os.chmod(path, file.mode)
