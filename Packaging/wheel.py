"""The wheel: pip puts the program beside the supervisord of an environment, and nothing else."""

import base64
import hashlib
import io
import time
import zipfile

from archive import PROGRAM, File
from release import NAME, SUMMARY, read

#: A static program needs a kernel and no C library, so it runs whichever of these an environment has.
PLATFORMS = ("manylinux2014", "manylinux_2_17", "musllinux_1_1")

METADATA = """\
Metadata-Version: 2.4
Name: {name}
Version: {version}
Summary: {summary}
Keywords: supervisor,supervisord,eventlistener,docker,container
License-Expression: Apache-2.0
License-File: LICENSE
License-File: copyright
Classifier: Development Status :: 4 - Beta
Classifier: Environment :: Console
Classifier: Environment :: No Input/Output (Daemon)
Classifier: Intended Audience :: Developers
Classifier: Intended Audience :: System Administrators
Classifier: Operating System :: POSIX :: Linux
Classifier: Programming Language :: Other
Classifier: Topic :: System :: Boot :: Init
Classifier: Topic :: System :: Monitoring
Classifier: Topic :: System :: Systems Administration
Description-Content-Type: text/markdown; charset=UTF-8; variant=GFM

{readme}"""

WHEEL = """\
Wheel-Version: 1.0
Generator: {name} {version}
Root-Is-Purelib: false
{tags}"""


def layout(release, tags):
    """All files, by their paths in the wheel."""
    name = f"{NAME}-{release.version}"
    readme = read("README.md").decode()
    metadata = METADATA.format(name=NAME, version=release.version, summary=SUMMARY, readme=readme)
    wheel = WHEEL.format(name=NAME, version=release.version, tags="".join(f"Tag: {tag}\n" for tag in tags))
    files = {
        f"{name}.data/scripts/{NAME}": File(release.program, PROGRAM),
        f"{name}.dist-info/METADATA": File(metadata.encode()),
        f"{name}.dist-info/WHEEL": File(wheel.encode()),
        f"{name}.dist-info/licenses/LICENSE": File(read("LICENSE")),
        f"{name}.dist-info/licenses/copyright": File(read("Packaging/copyright")),
    }
    record = f"{name}.dist-info/RECORD"
    lines = [f"{path},sha256={digest(file.data)},{len(file.data)}\n" for path, file in files.items()]
    files[record] = File("".join([*lines, f"{record},,\n"]).encode())
    return files


def digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def package(release):
    """The name and the content of the wheel."""
    platforms = [f"{platform}_{release.architecture}" for platform in PLATFORMS]
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, file in layout(release, [f"py3-none-{platform}" for platform in platforms]).items():
            entry = zipfile.ZipInfo(path, time.gmtime(release.time)[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix: the modes count.
            entry.external_attr = (0o100000 | file.mode) << 16
            archive.writestr(entry, file.data, compresslevel=9)
    return f"{NAME}-{release.version}-py3-none-{'.'.join(sorted(platforms))}.whl", output.getvalue()
