"""Drawn papers as HTML: the same marks at the same places, for a browser to print."""

import base64
from collections.abc import Sequence
from urllib.parse import quote

from markupsafe import escape

from core.fonts import TITLE, TITLE_FILE
from core.marks import MM, Box, Line, Mark, Path, Picture, Squares
from core.ornament import as_svg
from core.sheet import Drawing, Page
from core.typeset import measure


def html_of(drawings: Sequence[Drawing]) -> str:
    """Every mark as an element at its place, codes and borders as SVG."""
    font = base64.b64encode(TITLE_FILE.read_bytes()).decode()
    width, height = drawings[0].size
    border = quote(as_svg(drawings[0].border)) if drawings[0].border else ""
    style = f"""
        @font-face {{ font-family: "{TITLE.family}"; src: url(data:font/ttf;base64,{font}) }}
        @page {{ size: {width}mm {height}mm; margin: 0 }} body, p {{ margin: 0 }}
        section {{ position: relative; width: {width}mm; height: {height}mm; break-after: page;
          background: url("data:image/svg+xml,{border}") 0 0 / 100% no-repeat }}
        p {{ position: absolute; margin-top: -.37em; white-space: nowrap }}
        svg, img, i {{ position: absolute; overflow: visible }}
        """
    pages = "".join(_section(page) for drawing in drawings for page in drawing.pages)
    return f'<html lang="zh-Hans"><style>{style}</style><body>{pages}</body></html>'


def _section(page: Page) -> str:
    return f"<section>{''.join(map(_element, page.drawn))}</section>"


def _element(mark: Mark) -> str:
    place = f"left:{mark.x}mm;top:{mark.y}mm"
    if isinstance(mark, Line):
        return _paragraph(mark)
    if isinstance(mark, Squares):
        side = len(mark.rows)
        return (
            f'<svg style="{place};width:{mark.side * side}mm" viewBox="0 0 {side} {side}">'
            f'<path d="{_modules(mark.rows)}"/></svg>'
        )
    if isinstance(mark, Picture):
        data = base64.b64encode(mark.data).decode()
        return f'<img style="{place};width:{mark.width}mm" src="data:image/jpeg;base64,{data}">'
    if isinstance(mark, Path):
        return f'<svg style="{place};width:1mm" viewBox="0 0 1 1">{_path(mark)}</svg>'
    if isinstance(mark, Box):
        paint = f"border:{mark.stroke}pt solid" if mark.stroke else "background:#000"
        return f'<i style="{place};width:{mark.width}mm;height:{mark.height}mm;{paint}"></i>'
    raise TypeError(f"no element for {type(mark).__name__}")


def _path(mark: Path) -> str:
    wide, dash = mark.stroke / MM / mark.scale, mark.dash / mark.scale
    paint = f'fill="none" stroke="#000" stroke-width="{wide}"' if mark.stroke else ""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{mark.path}" transform="scale({mark.scale})" {paint}{dashes}/>'


def _paragraph(line: Line) -> str:
    colour = "".join(f"{round(part * 255):02x}" for part in line.colour)
    natural = measure(line.text, line.face)
    gap = (line.pens[-1] + 1 - natural) / max(len(line.text) - 1, 1) if line.text else 0
    return (
        f'<p style="left:{line.x}mm;top:{line.y}mm;font:{line.size}pt/0 {line.face.family};'
        f'letter-spacing:{gap:.4f}em;color:#{colour}">{escape(line.text)}</p>'
    )


def _modules(rows: tuple[bytes, ...]) -> str:
    return "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
