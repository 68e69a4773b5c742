"""Everything on file about one person, as one archive they may ask for (article 45)."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext as _

from blueprints.households.models import (
    CARE_TAGS,
    CONSENT_ANSWERS,
    CONSENT_FORMS,
    CONSENT_TOPICS,
    Resident,
)
from blueprints.households.signals import person_gathered
from core.photos import photo_folder
from core.workbooks import workbook_bytes


@dataclass(frozen=True)
class PersonSheet:
    """One table about a person: its title, headers and rows.

    ``photos`` belong to it: what each is called, and the name of the stored file.
    """

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[object]]
    photos: Sequence[tuple[str, str]] = ()


def person_archive(resident: Resident) -> bytes:
    """Return a .zip with one workbook for each table that says something, and all photos.

    Needs phones, care tags, consents with who asked, and the household with its door loaded.
    """
    told = [sheet for _receiver, sheet in person_gathered.send(resident)]
    # The rooms answer in no order of their own.
    told.sort(key=lambda sheet: sheet.title)
    sheets = [facts_of(resident), consents_of(resident), *told]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, sheet in enumerate((sheet for sheet in sheets if sheet.rows), start=1):
            data = workbook_bytes(sheet.title, sheet.headers, sheet.rows)
            archive.writestr(f"{number} {sheet.title}.xlsx", data)
        for label, path in photos_of(sheets):
            archive.write(path, label, zipfile.ZIP_STORED)
    return out.getvalue()


def photos_of(sheets: Sequence[PersonSheet]) -> Iterator[tuple[str, Path]]:
    """Return under which name each photo goes into the archive, and its file."""
    shown = [photo for sheet in sheets for photo in sheet.photos]
    for number, (label, name) in enumerate(shown, start=1):
        path = photo_folder() / name
        if path.is_file():
            yield f"{_('照片')}/{number} {label}.jpg", path


def facts_of(resident: Resident) -> PersonSheet:
    home = resident.household
    facts: list[tuple[str, object]] = [
        (_("姓名"), resident.name),
        (_("怎么称呼"), resident.honorific),
        (_("和户主的关系"), resident.relation),
        (_("生日"), str(resident.birthday or "")),
        (_("小区"), home.estate.name),
        (_("门牌"), home.address),
        (_("备注"), home.remark),
        *((_("电话"), f"{phone.number} {phone.note}".strip()) for phone in resident.phones),
        *((_("关爱类别"), str(CARE_TAGS[row.tag])) for row in resident.care_tags),
    ]
    rows = [(name, value) for name, value in facts if value]
    return PersonSheet(_("登记的内容"), [_("项目"), _("内容")], rows)


def consents_of(resident: Resident) -> PersonSheet:
    headers = [_("哪天"), _("问的是"), _("回答"), _("怎么答的"), _("谁问的")]
    rows = [
        (
            consent.given_on,
            str(CONSENT_TOPICS[consent.kind]),
            str(CONSENT_ANSWERS[consent.answer]),
            str(CONSENT_FORMS[consent.form]),
            consent.asked_by.name if consent.asked_by else "",
        )
        for consent in resident.consents
    ]
    return PersonSheet(_("同意记录"), headers, rows)
