"""The set-up script on machines we do not have: each system command is a small stand-in."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

INSTALLED = "echo installed"
NOTHING = "exit 1"


class Machine:
    """A folder of stand-in commands, the only ones the script finds besides the basic ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("bash", "env", "mktemp", "tail", "rm"):
            (folder / name).symlink_to(f"/usr/bin/{name}")

    def has(self, command: str, body: str) -> None:
        path = self.folder / command
        path.write_text(f"#!/bin/bash\n{body}\n")
        path.chmod(0o755)

    def set_up(self, kind: str = "run") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/bash", ROOT / "scripts" / "system.sh", kind],
            env={"PATH": str(self.folder), "PYTHON": "python3", "LANG": os.environ.get("LANG", "")},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Debian with its own Python but without venv, fonts or Pango; nobody special logged in."""
    machine = Machine(tmp_path)
    machine.has("python3", NOTHING)
    machine.has("dpkg-query", NOTHING)
    machine.has("id", "echo 1000")
    machine.has("sudo", NOTHING)
    machine.has("apt-get", f'echo "$@" >> {tmp_path}/apt.log')
    return machine


def apt_calls(machine: Machine) -> str:
    log = machine.folder / "apt.log"
    return log.read_text() if log.exists() else ""


def test_a_machine_with_everything_is_left_alone(machine: Machine) -> None:
    machine.has("dpkg-query", INSTALLED)
    done = machine.set_up("test")
    assert (done.returncode, done.stdout, apt_calls(machine)) == (0, "", "")


def test_without_rights_one_line_says_exactly_what_to_install(machine: Machine) -> None:
    done = machine.set_up()
    assert done.returncode == 1
    (command,) = [line for line in done.stderr.splitlines() if "apt-get install" in line]
    for package in ("python3-venv", "libharfbuzz-subset0", "fonts-noto-cjk-extra", "tzdata"):
        assert f" {package}" in command
    assert "chromium" not in command
    assert apt_calls(machine) == ""


def test_only_what_is_missing_is_named(machine: Machine) -> None:
    machine.has("dpkg-query", '[ "$4" = chromium ] || echo installed')
    done = machine.set_up("test")
    assert done.stderr.splitlines()[-1].endswith("--no-install-recommends chromium")


@pytest.mark.parametrize(
    ("command", "body"), [("id", "echo 0"), ("sudo", 'shift; [ "$1" = true ] || "$@"')]
)
def test_with_rights_apt_installs_it(machine: Machine, command: str, body: str) -> None:
    machine.has(command, body)
    done = machine.set_up("test")
    assert done.returncode == 0, done.stderr
    update, install = apt_calls(machine).splitlines()
    assert update == "-q update"
    assert install.startswith("-q install -y --no-install-recommends")
    assert "libpango-1.0-0" in install
    assert "chromium" in install


def test_when_apt_fails_its_reason_and_the_names_are_shown(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", "echo 'Temporary failure resolving'; exit 100")
    done = machine.set_up()
    assert done.returncode == 1
    assert "Temporary failure resolving" in done.stderr
    assert "libpango-1.0-0" in done.stderr


def test_a_python_that_brings_venv_needs_no_package_for_it(machine: Machine) -> None:
    machine.has("python3", "exit 0")
    assert "python3-venv" not in machine.set_up().stderr


def test_elsewhere_than_debian_the_needs_are_named_and_set_up_goes_on(machine: Machine) -> None:
    (machine.folder / "dpkg-query").unlink()
    done = machine.set_up()
    assert done.returncode == 0
    assert "不是 Debian" in done.stderr
