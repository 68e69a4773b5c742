"""Papers made of nothing but settings, to show what these will look like. Nobody is on them."""

from collections.abc import Callable
from datetime import date, timedelta

from flask_babel import gettext as _
from markupsafe import Markup

from blueprints.documents.contents import service_sentence
from blueprints.documents.kinds import APPOINTMENT, CERTIFICATE
from blueprints.documents.paper_settings import PaperSettings, filled, serial_by
from core.certificate import draw_certificate
from core.papers import CertificateContent, PaperContentError
from core.prints.appointment import AppointmentContent, draw_appointment
from core.settings import setting
from core.sheet import Drawing, in_black
from core.svg import as_svg
from core.typeset import TextTooLong

NAME, MINUTES, VISITS = "王小明", 7_560, 24
_CODE, _URL = "K3QX7M", "https://linli.invalid/verify/K3QX7M"


def sample(kind: str, chosen: PaperSettings, day: date) -> Markup | None:
    """Return how a paper of this kind would look; None for kinds that are not drawn this way.

    Raises TextTooLong or PaperContentError for settings that no paper can take.
    """
    draw = _SAMPLES.get(kind)
    if draw is None:
        return None
    drawing = draw(chosen, day)
    return as_svg(in_black(drawing) if chosen.black else drawing, _("样子"))


def sample_or_reason(kind: str, chosen: PaperSettings, day: date) -> tuple[Markup | None, str]:
    """Return the sample, or in plain words why there is none."""
    try:
        return sample(kind, chosen, day), ""
    except TextTooLong:
        return None, _("太长了，纸上放不下。")
    except PaperContentError:
        return None, _("还有一项空着。")


def _common(kind: str, chosen: PaperSettings, day: date) -> dict[str, object]:
    words = {"title": chosen.title, "salutation": chosen.salutation}
    return {
        "name": NAME,
        "issuer": chosen.issuer or setting("issuer_name") or _("落款单位"),
        "issued_on": day,
        "serial": serial_by(chosen.pattern(kind, day.year), day.year, 7),
        "check_code": _CODE,
        "verify_url": _URL,
    } | {name: word for name, word in words.items() if word}


def _certificate(chosen: PaperSettings, day: date) -> Drawing:
    values = {"姓名": NAME, "年": str(day.year), "时长": "126小时", "走访": str(VISITS)}
    reason = filled(chosen.reason, values) or service_sentence(day.year, MINUTES, VISITS)
    honour = chosen.honour or setting("certificate_honour")
    common = _common(CERTIFICATE, chosen, day)
    return draw_certificate(CertificateContent(reason=reason, honour=honour, **common))


def _appointment(chosen: PaperSettings, day: date) -> Drawing:
    said = {"post": "义务质量总监", "duty": "每季度检查一次服务质量", "terms": ""}
    term = {"starts_on": day, "ends_on": day + timedelta(days=365)}
    common = _common(APPOINTMENT, chosen, day)
    return draw_appointment(AppointmentContent(**said, **term, **common))


_SAMPLES: dict[str, Callable[[PaperSettings, date], Drawing]] = {
    CERTIFICATE: _certificate,
    APPOINTMENT: _appointment,
}
WITH_SAMPLE = frozenset(_SAMPLES)
