"""Households and who lives there; where they live is in ``places.py``."""

import secrets
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from blueprints.households.places import (
    ROOM_STATES,  # noqa: F401 - others find every table of this room here
    Building,
    Estate,
    Room,
    Unit,  # noqa: F401 - others find every table of this room here
)
from core.audit import SENSITIVE
from core.clock import now, today
from core.dates import PartialDate
from core.db import UtcDateTime, db
from core.names import display_with_honorific, mask_name

# Each is asked for, dated and withdrawn on its own (个人信息保护法, articles 14, 15, 23, 25, 29).
CONSENT_KINDS = {
    "record": _l("同意记录"),
    "visit": _l("同意走访"),
    "photo": _l("同意拍照"),
    "publish": _l("同意公示"),
    "share": _l("同意转街道"),
    "guardian": _l("监护人同意"),
}
# The same questions where the answer stands beside them.
CONSENT_TOPICS = {
    "record": _l("记录"),
    "visit": _l("走访"),
    "photo": _l("拍照"),
    "publish": _l("公示"),
    "share": _l("转街道"),
    "guardian": _l("监护人"),
}
CONSENT_ANSWERS = {"granted": _l("同意"), "declined": _l("不同意"), "withdrawn": _l("已撤回")}
CONSENT_FORMS = {"paper": _l("当面签字"), "spoken": _l("口头同意")}

CARE_TAGS = {
    "alone": _l("独居"),
    "empty_nest": _l("空巢"),
    "left_behind": _l("留守儿童"),
    "disabled": _l("残疾"),
    "ill": _l("重病"),
    "allowance": _l("低保"),
    "aged": _l("高龄"),
    "army_family": _l("军属"),
}

# 户码 on paper says nothing of the door; no letters that are read for digits.
CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CHILD_AGE = 14


def new_household_code() -> str:
    """Return a random 户码; the UNIQUE constraint catches the improbable repeat."""
    # 32 letters: five bits of each byte choose one, all alike.
    return "".join(CODE_ALPHABET[byte & 31] for byte in secrets.token_bytes(6))


class Household(db.Model):
    """户: the people behind one door who are looked after together.

    ``estate_id``, ``building_id`` and ``address_key`` repeat what the room says, so that the
    busiest lists filter and sort by one index.
    """

    __tablename__ = "household"
    __audited__ = True
    __table_args__ = (
        Index("ix_household_estate_address", "estate_id", "address_key", "id"),
        Index("ix_household_building_address", "building_id", "address_key", "id"),
        # How many live in each estate and building is counted in this index alone.
        Index(
            "ix_household_lived_in",
            "estate_id",
            "building_id",
            sqlite_where=text("moved_out_on IS NULL"),
            postgresql_where=text("moved_out_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"))
    address_key: Mapped[str] = mapped_column(String(160))
    code: Mapped[str] = mapped_column(String(8), unique=True, default=new_household_code)
    people_count: Mapped[int | None]
    remark: Mapped[str] = mapped_column(Text, default="", info=SENSITIVE)
    moved_out_on: Mapped[date | None]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_import.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)

    room: Mapped[Room] = relationship(back_populates="households", lazy="raise")
    estate: Mapped[Estate] = relationship(lazy="raise")
    building: Mapped[Building] = relationship(lazy="raise")
    residents: Mapped[list["Resident"]] = relationship(
        primaryjoin="and_(Resident.household_id == Household.id, Resident.erased_on.is_(None))",
        back_populates="household",
        lazy="raise",
        order_by="Resident.position",
    )
    # Who asked to be forgotten: nothing is known of them but the dates of consents.
    forgotten: Mapped[list["Resident"]] = relationship(
        primaryjoin="and_(Resident.household_id == Household.id, Resident.erased_on.is_not(None))",
        viewonly=True,
        lazy="raise",
        order_by="Resident.erased_on",
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def head(self) -> "Resident | None":
        """Return the resident the household is called after."""
        return self.residents[0] if self.residents else None

    def called(self, in_full: bool) -> str:
        """Return whose home it is: 祝婆婆家 for who looks after it, 祝**家 for others."""
        if self.head is None:
            return str(_("搬走的一户") if self.moved_out_on else _("还没有登记住户"))
        name = self.head.called if in_full else self.head.masked_name
        return _("%(name)s家", name=name)

    @property
    def address(self) -> str:
        """Return building, unit and room, for people who may see the door."""
        parts = [self.building.name, self.room.unit.title, self.room.number]
        return " ".join(part for part in parts if part)


class Resident(db.Model):
    """居民. There are no fields for religion, ethnicity, opinions or ID numbers, on purpose."""

    __tablename__ = "resident"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    honorific: Mapped[str] = mapped_column(String(20), default="", info=SENSITIVE)
    relation: Mapped[str] = mapped_column(String(20), default="", info=SENSITIVE)
    birth_year: Mapped[int | None] = mapped_column(info=SENSITIVE)
    birth_month: Mapped[int | None] = mapped_column(info=SENSITIVE)
    birth_day: Mapped[int | None] = mapped_column(info=SENSITIVE)
    birth_is_lunar: Mapped[bool] = mapped_column(default=False)
    birth_is_leap_month: Mapped[bool] = mapped_column(default=False)
    birth_as_written: Mapped[str] = mapped_column(String(40), default="", info=SENSITIVE)
    is_child: Mapped[bool] = mapped_column(default=False, info=SENSITIVE)
    is_emergency_contact: Mapped[bool] = mapped_column(default=False)
    erased_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship(back_populates="residents", lazy="raise")
    phones: Mapped[list["Phone"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Phone.id"
    )
    consents: Mapped[list["Consent"]] = relationship(
        back_populates="resident", lazy="raise", order_by="Consent.id"
    )
    care_tags: Mapped[list["CareTag"]] = relationship(lazy="raise", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def called(self) -> str:
        """Return how neighbours say it (祝婆婆); for internal pages only."""
        return display_with_honorific(self.name, self.honorific)

    @property
    def masked_name(self) -> str:
        return mask_name(self.name)

    @property
    def birthday(self) -> PartialDate | None:
        """Return the birthday as precisely as it is known, in its own calendar."""
        if not (self.birth_year or self.birth_month):
            return None
        return PartialDate(
            self.birth_year,
            self.birth_month,
            self.birth_day,
            "lunar" if self.birth_is_lunar else "solar",
            self.birth_is_leap_month,
            self.birth_as_written,
        )

    def set_birthday(self, birthday: PartialDate | None) -> None:
        known = birthday or PartialDate(None)
        self.birth_year, self.birth_month, self.birth_day = known.year, known.month, known.day
        self.birth_is_lunar, self.birth_is_leap_month = known.calendar == "lunar", known.leap
        self.birth_as_written = known.original

    def consent(self, kind: str) -> "Consent | None":
        """Return the latest answer to one question, or None when nobody asked."""
        answers = [consent for consent in self.consents if consent.kind == kind]
        return answers[-1] if answers else None

    def agrees_to(self, kind: str) -> bool:
        latest = self.consent(kind)
        return latest is not None and latest.answer == "granted"

    @property
    def is_under_fourteen(self) -> bool:
        """Answer by what is known; a year alone is read in the child's favour."""
        if self.is_child:
            return True
        return self.birth_year is not None and today().year - self.birth_year <= CHILD_AGE

    @property
    def may_be_recorded(self) -> bool:
        """A child under 14 needs a guardian's consent first (个人信息保护法, article 31)."""
        return not self.is_under_fourteen or self.agrees_to("guardian")


class Phone(db.Model):
    """A number, with what the ledger said in brackets (“女儿”)."""

    __tablename__ = "phone"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    number: Mapped[str] = mapped_column(String(20), index=True, info=SENSITIVE)
    note: Mapped[str] = mapped_column(String(40), default="", info=SENSITIVE)


class CareTag(db.Model):
    """A sensitive fact that care depends on; shown only to who looks after the household."""

    __tablename__ = "care_tag"
    __audited__ = True
    __table_args__ = (UniqueConstraint("resident_id", "tag"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    tag: Mapped[str] = mapped_column(String(20), info=SENSITIVE)
    noted_on: Mapped[date] = mapped_column(default=today)
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Consent(db.Model):
    """One dated answer to one question. A later answer is a new row; history stays."""

    __tablename__ = "consent"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    answer: Mapped[str] = mapped_column(String(12))
    form: Mapped[str] = mapped_column(String(12), default="spoken")
    given_on: Mapped[date] = mapped_column(default=today)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    resident: Mapped[Resident] = relationship(back_populates="consents", lazy="raise")
    asked_by: Mapped[User | None] = relationship(lazy="raise")


class SearchTerm(db.Model):
    """What a household is found by: every ending of each name, initials, pinyin, address.

    A search is a range over ``term`` (what begins with the words typed), so it costs the
    same in a small and in a large estate.
    """

    __tablename__ = "search_term"
    __table_args__ = (Index("ix_search_term_term_household", "term", "household_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    kind: Mapped[str] = mapped_column(String(8))
    # A range over prefixes needs the order of code points, not that of a language.
    term: Mapped[str] = mapped_column(
        String(120).with_variant(String(120, collation="C"), "postgresql")
    )
