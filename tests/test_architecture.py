"""The floor plan holds: who may import whom, and that only routes commit."""

import ast
from pathlib import Path

import pytest

from blueprints import ROOMS

ROOT = Path(__file__).parent.parent
# Within a room: a file may import those to its right.
LAYERS = ("routes", "actions", "queries", "forms", "access", "models")
CORE = sorted((ROOT / "core").rglob("*.py"))
ROOM_FILES = sorted((ROOT / "blueprints").rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Return the dotted names that a file imports, wherever in the file it does."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_the_foundations_import_no_room(path: Path) -> None:
    assert not [name for name in imported(path) if name.startswith(("blueprints", "app."))]


@pytest.mark.parametrize("path", ROOM_FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_room_imports_only_the_rooms_before_it(path: Path) -> None:
    room = path.parent.name
    later = ROOMS[ROOMS.index(room) + 1 :] if room in ROOMS else ()
    names = imported(path)
    assert "app" not in names
    assert not [n for n in names if n.startswith(tuple(f"blueprints.{r}" for r in later))]


@pytest.mark.parametrize("path", ROOM_FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_within_a_room_imports_point_one_way(path: Path) -> None:
    if path.stem not in LAYERS:
        return
    above = LAYERS[: LAYERS.index(path.stem)]
    prefix = f"blueprints.{path.parent.name}."
    assert not [n for n in imported(path) if n in {prefix + layer for layer in above}]


def views_of(path: Path) -> bool:
    """Answer whether a file holds routes."""
    return "blueprint." in path.read_text(encoding="utf-8") and path.stem != "__init__"


@pytest.mark.parametrize("path", [*CORE, *ROOM_FILES], ids=lambda path: "/".join(path.parts[-2:]))
def test_only_routes_commit(path: Path) -> None:
    if views_of(path) or path.stem in ("demo", "commands", "cli", "maintenance"):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    commits = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "commit"
    ]
    assert commits == []
