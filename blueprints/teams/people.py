"""The teams, the volunteers, and their terms; the ledger of their time is in ``models.py``."""

from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from blueprints.households.models import Estate, Resident
from blueprints.teams.refusals import GuardianHasNotAgreed, MembershipEndsTooEarly
from core.audit import SENSITIVE
from core.clock import today
from core.db import db
from core.names import initials_index

TEAM_KINDS = {
    "care": _l("爱心服务"),
    "cleaning": _l("保洁服务"),
    "arts": _l("文艺"),
    "repair": _l("便民维修"),
    "other": _l("其他"),
}


class Team(db.Model):
    """志愿者服务队."""

    __tablename__ = "team"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(20), default="other")
    estate_id: Mapped[int | None] = mapped_column(ForeignKey("estate.id"), index=True)
    purpose: Mapped[str] = mapped_column(Text, default="")
    founded_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    estate: Mapped[Estate | None] = relationship(lazy="raise")
    memberships: Mapped[list["Membership"]] = relationship(back_populates="team", lazy="raise")

    __mapper_args__ = {"version_id_col": version}


class Volunteer(db.Model):
    """志愿者: staff or resident, with or without a login."""

    __tablename__ = "volunteer"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    # What a search by pinyin finds, and the order of every list: by name, never by hours.
    name_terms: Mapped[str] = mapped_column(String(200), default="", index=True, info=SENSITIVE)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), unique=True)
    phone: Mapped[str] = mapped_column(String(20), default="", info=SENSITIVE)
    skills: Mapped[str] = mapped_column(String(200), default="", info=SENSITIVE)
    # 服务类别, in the company's words, joined by 、 as people write them.
    services: Mapped[str] = mapped_column(String(200), default="", info=SENSITIVE)
    # 个人信息保护法, article 31: nothing is noted of a child under 14 until a guardian agrees.
    is_child: Mapped[bool] = mapped_column(default=False, info=SENSITIVE)
    guardian_agreed_on: Mapped[date | None]
    joined_on: Mapped[date] = mapped_column(default=today)
    left_on: Mapped[date | None]
    # 《志愿服务条例》: a volunteer is named in public only with their own consent.
    agrees_to_publish: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="volunteer", lazy="raise")
    resident: Mapped[Resident | None] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}

    def require_guardian(self) -> None:
        """Raise unless this person may take part: of a child a guardian must have agreed."""
        if self.is_child and self.guardian_agreed_on is None:
            raise GuardianHasNotAgreed(self.name)

    @property
    def service_list(self) -> list[str]:
        return [word for word in self.services.split("、") if word]

    @validates("name")
    def index_name(self, _key: str, name: str) -> str:
        """Keep the search words in step with the name."""
        self.name_terms = initials_index(name)[:200]
        return name


class Membership(db.Model):
    """One term of one person in one team, as a member or as its leader."""

    __tablename__ = "membership"
    __audited__ = True
    __table_args__ = (
        Index(
            "uq_membership_current",
            "team_id",
            "volunteer_id",
            unique=True,
            sqlite_where=text("left_on IS NULL"),
            postgresql_where=text("left_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    is_leader: Mapped[bool] = mapped_column(default=False)
    joined_on: Mapped[date] = mapped_column(default=today)
    left_on: Mapped[date | None]
    # Until when a leader was asked to lead. Nothing ends by itself: a team is never without.
    leads_until: Mapped[date | None]

    team: Mapped[Team] = relationship(back_populates="memberships", lazy="raise")
    volunteer: Mapped[Volunteer] = relationship(back_populates="memberships", lazy="raise")

    def end(self, on: date) -> None:
        """End the term; the row stays, so that who was in the team is known later."""
        if not self.joined_on <= on <= today():
            raise MembershipEndsTooEarly
        self.left_on = on

    @property
    def is_over_time(self) -> bool:
        """Answer whether a leader leads on although the planned term is over."""
        return self.left_on is None and bool(self.leads_until) and self.leads_until < today()

    def lead_until(self, day: date | None) -> None:
        """Plan the end of a leader's term, or leave it open; only a leader has one."""
        self.leads_until = day if self.is_leader else None

    def turned(self) -> "Membership":
        """End this term today and return the next: a leader's of a member, a member's of a leader.

        A term that began today just changes: nobody served in it.
        """
        if self.joined_on == today():
            self.is_leader, self.leads_until = not self.is_leader, None
            return self
        self.end(today())
        return Membership(
            team_id=self.team_id,
            volunteer_id=self.volunteer_id,
            joined_on=today(),
            is_leader=not self.is_leader,
        )
