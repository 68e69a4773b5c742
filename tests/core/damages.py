"""What an accident or an attacker can do to a backup."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path


def rewritten(archive: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Change the files inside an archive, as an accident or an attacker would."""
    with tarfile.open(archive) as tar:
        files = {member.name: tar.extractfile(member).read() for member in tar}
    change(files)
    with tarfile.open(archive, "w") as tar:
        for name, data in files.items():
            add_member(tar, name, data)


def add_member(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))


def flip_a_byte(archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    data[3000] ^= 1
    archive.write_bytes(data)


def cut_in_half(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])


def replace_by_text(archive: Path) -> None:
    archive.write_text("这不是备份")


def remove(archive: Path) -> None:
    archive.unlink()


def lose_a_photo(archive: Path) -> None:
    rewritten(archive, lambda files: files.pop("photos/祝婆婆.jpg"))


def swap_a_photo(archive: Path) -> None:
    rewritten(archive, lambda files: files.update({"photos/祝婆婆.jpg": b"x" * 4500}))


def lose_the_manifest(archive: Path) -> None:
    rewritten(archive, lambda files: files.pop("manifest.json"))


def garble_the_manifest(archive: Path) -> None:
    rewritten(archive, lambda files: files.update({"manifest.json": b"[1, 2]"}))


def claim_another_format(archive: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"]) | {"format": 99}
        files["manifest.json"] = json.dumps(manifest).encode()

    rewritten(archive, change)


def smuggle_a_key(archive: Path) -> None:
    rewritten(archive, lambda files: files.update({"secret_key": b"mine"}))


def climb_out(archive: Path) -> None:
    rewritten(archive, lambda files: files.update({"photos/../../evil.jpg": b"x"}))


def point_elsewhere(archive: Path) -> None:
    rewritten(archive, lambda files: files.update({"/etc/evil": b"x"}))


def come_twice(archive: Path) -> None:
    with tarfile.open(archive, "a") as tar:
        add_member(tar, "photos/祝婆婆.jpg", b"x")


def put_a_link(archive: Path) -> None:
    with tarfile.open(archive, "a") as tar:
        link = tarfile.TarInfo("photos/a.jpg")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)


DAMAGES = [
    flip_a_byte,
    cut_in_half,
    replace_by_text,
    remove,
    lose_a_photo,
    swap_a_photo,
    lose_the_manifest,
    garble_the_manifest,
    claim_another_format,
    smuggle_a_key,
    climb_out,
    point_elsewhere,
    come_twice,
    put_a_link,
]
