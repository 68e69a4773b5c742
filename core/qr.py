"""QR codes as SVG, drawn here: no picture of a link leaves the machine."""

from markupsafe import Markup


def qr_svg(link: str) -> Markup:
    """Return a QR code that a phone's camera opens."""
    import segno

    svg = segno.make(link, error="m", micro=False).svg_inline(
        scale=5, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr"
    )
    return Markup(svg)  # noqa: S704 - drawn by segno from our own link
