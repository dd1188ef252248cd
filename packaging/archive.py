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


def folders(paths):
    """All folders that lead to files, each before what is in it."""
    found = {"/".join(parts[:end]) for parts in (path.split("/") for path in paths) for end in range(1, len(parts))}
    return sorted(found)


def tarball(files, time):
    """A compressed tar archive of files by their paths."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path in sorted([*folders(files), *files]):
            entry = tarfile.TarInfo(path)
            entry.mtime = time
            if path in files:
                entry.mode = files[path].mode
                entry.size = len(files[path].data)
                archive.addfile(entry, io.BytesIO(files[path].data))
            else:
                entry.type = tarfile.DIRTYPE
                entry.mode = 0o755
                archive.addfile(entry)
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
