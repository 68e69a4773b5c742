"""Compare the pinned packages with the public advisories; being offline is told, never a failure.

usage: python scripts/audit.py REQUIREMENTS...    (exit status 1: a package has a known hole)
"""

import json
import subprocess
import sys

TIMEOUT_SECONDS = 120


def advisories(requirements: str) -> list[dict] | None:
    """One entry per pinned package as pip-audit reports it; None when it could not ask."""
    command = [sys.executable, "-m", "pip_audit", "-r", requirements, "--no-deps", "--disable-pip"]
    command += ["-f", "json", "--timeout", "10", "--progress-spinner", "off"]
    try:
        # S603: every word of the command is ours or the Makefile's.
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
        )
        return json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None


def report(requirements: str, packages: list[dict] | None) -> bool:
    """Print what was found; True when nothing known is wrong."""
    asked = [package for package in packages or [] if "vulns" in package]
    if not asked:
        print(f"{requirements}：连不上漏洞公告库，这次没有核对（有网络时再运行一次）")
        return True
    holes = [(package, hole) for package in asked for hole in package["vulns"]]
    for package, hole in holes:
        fixed = "、".join(hole["fix_versions"]) or "暂无"
        print(f"{package['name']} {package['version']}：{hole['id']}，修好的版本：{fixed}")
    print(f"{requirements}：核对了 {len(asked)} 个包，有漏洞公告的 {len(holes)} 处")
    return not holes


if __name__ == "__main__":
    results = [report(name, advisories(name)) for name in sys.argv[1:]]
    sys.exit(0 if all(results) else 1)
