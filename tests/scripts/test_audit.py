"""What the comparison with the public advisories does with each kind of answer."""

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "audit.py"
FINE = {"name": "flask", "version": "3.1.3", "vulns": []}
HOLED = {
    "name": "weasyprint",
    "version": "60",
    "vulns": [{"id": "CVE-2099-1", "fix_versions": ["70"]}],
}
UNKNOWN = {"name": "flask", "skip_reason": "not found"}


@pytest.fixture
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("packages", "ok", "words"),
    [
        ([FINE], True, "核对了 1 个包"),
        ([FINE, HOLED], False, "weasyprint 60：CVE-2099-1，修好的版本：70"),
        ([UNKNOWN], True, "没有核对"),
        ([], True, "没有核对"),
        (None, True, "没有核对"),
    ],
)
def test_only_a_known_hole_fails(
    packages: list[dict] | None,
    ok: bool,
    words: str,
    audit: ModuleType,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert audit.report("requirements.txt", packages) is ok
    assert words in capsys.readouterr().out


def test_being_offline_is_no_answer(audit: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    offline = subprocess.CompletedProcess([], 1, stdout="", stderr="ConnectionError")
    monkeypatch.setattr(audit.subprocess, "run", lambda *_args, **_options: offline)
    assert audit.advisories("requirements.txt") is None
