"""What the audit trail calls things: actions, kinds of objects, their fields and values.

A test asks for a word for every column that is recorded.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from blueprints.accounts.models import ROLE_NAMES
from blueprints.activities.models import ACTIVITY_KINDS, ACTIVITY_STATES
from blueprints.activities.series import EVERY
from blueprints.documents.kinds import DOCUMENT_KINDS
from blueprints.documents.models import DOCUMENT_STATES
from blueprints.households.models import CONSENT_ANSWERS, CONSENT_FORMS, CONSENT_KINDS, ROOM_STATES
from blueprints.teams.models import ENTRY_STATES, SERVICE_KINDS, TEAM_KINDS
from blueprints.visits.models import NOT_MET_REASONS
from blueprints.visits.pairings import END_REASONS
from blueprints.wishes.states import STATE_NAMES, WISH_KINDS
from core.audit import HIDDEN
from core.clock import local
from core.i18n import LANGUAGES

Words = Mapping[str, LazyString | str]

ACTIONS: Words = {
    "create": _l("新建"),
    "update": _l("修改"),
    "delete": _l("删除"),
    "login": _l("登录"),
    "logout": _l("退出登录"),
    "reveal_phone": _l("看了电话"),
    "reveal_room": _l("看了门牌"),
    "export": _l("导出"),
    "print": _l("打印"),
    "revise_visit": _l("改走访"),
    "drop_photo": _l("去掉照片"),
    "merge": _l("合并"),
    "erase": _l("删掉登记"),
    "export_person": _l("导出一个人"),
    "retention": _l("到期清理"),
}

KINDS: Words = {
    "user": _l("账号"),
    "user_role": _l("角色"),
    "user_estate": _l("负责的小区"),
    "invitation": _l("邀请链接"),
    "second_step": _l("两步登录"),
    "setting": _l("设置"),
    "estate": _l("小区"),
    "building": _l("楼栋"),
    "unit": _l("单元"),
    "room": _l("房间"),
    "household": _l("住户"),
    "resident": _l("居民"),
    "phone": _l("电话"),
    "care_tag": _l("关怀标签"),
    "consent": _l("同意书"),
    "ledger_import": _l("台账导入"),
    "pairing": _l("结对"),
    "absence": _l("请假代看"),
    "visit": _l("走访"),
    "follow_up": _l("后续"),
    "calendar_link": _l("日历链接"),
    "handover": _l("交接单"),
    "wish": _l("微心愿"),
    "claim": _l("认领"),
    "claim_helper": _l("一起办的人"),
    "team": _l("志愿队伍"),
    "volunteer": _l("志愿者"),
    "membership": _l("队员任期"),
    "service_entry": _l("服务时长"),
    "activity": _l("活动"),
    "signup": _l("报名"),
    "activity_series": _l("定期活动"),
    "quiz_question": _l("抢答题"),
    "prize": _l("奖品"),
    "attendance": _l("到场"),
    "document": _l("文书"),
    "posting": _l("张贴"),
    "public_exception": _l("公开放行"),
    "serial_counter": _l("编号"),
    "batch": _l("成批签发"),
    "audit_entry": _l("审计记录"),
}

# What nobody needs to read: keys, counters and search helpers.
UNTOLD = frozenset(
    (
        "id",
        "version",
        "sort_key",
        "address_key",
        "name_terms",
        "position",
        "created_at",
        "file_hash",
    )
)

FIELDS: Words = {
    "activity_id": _l("活动"), "agreed_next_on": _l("约好下次"), "agrees_to_publish": _l("同意公示"),
    "answer": _l("回答"), "asked_at": _l("提出时间"), "asked_by_id": _l("谁问的"), "birth_as_written": _l("生日原文"),
    "birth_day": _l("生日（日）"), "birth_is_leap_month": _l("闰月生"),
    "birth_is_lunar": _l("农历生日"), "birth_month": _l("生日（月）"), "birth_year": _l("出生年"),
    "building_id": _l("楼栋"), "capacity": _l("名额"), "claim_id": _l("哪次认领"), "claimed_at": _l("认领时间"), "claimer_id": _l("认领人"),
    "closed_at": _l("停用时间"), "closed_on": _l("结束日期"), "code": _l("编码"),
    "collected_by_id": _l("谁收集的"), "collected_on": _l("收集日期"),
    "confirmed_at": _l("确认时间"), "confirmed_by_id": _l("谁确认的"), "content": _l("内容"),
    "corrects_id": _l("更正哪一条"), "cost_yuan": _l("花费（元）"), "counts": _l("各项数目"),
    "created_by_id": _l("谁建的"), "dated_on": _l("落款日期"), "decided_at": _l("决定时间"),
    "decided_by_id": _l("谁决定的"), "deputy_id": _l("由谁代看"), "detail": _l("详情"), "document_id": _l("文书"),
    "done_at": _l("办完时间"), "done_by_id": _l("谁办好的"), "down_on": _l("应撕下"), "drafted_by_id": _l("谁起草的"),
    "due_on": _l("到期"), "end_kind": _l("怎么结束"), "end_reason": _l("结束原因"),
    "ended_at": _l("结束时间"), "ended_by_id": _l("谁结束的"), "ended_on": _l("结束日期"),
    "ends_at": _l("结束时间"), "entry_id": _l("时长"), "estate_id": _l("小区"),
    "expires_at": _l("失效时间"), "facts": _l("约好的事"),
    "file_name": _l("文件名"), "filters": _l("条件"),
    "first_on": _l("从哪天起"), "floor": _l("楼层"),
    "form": _l("方式"), "founded_on": _l("成立日期"), "fulfilled_at": _l("办成时间"),
    "given_on": _l("日期"), "granted_at": _l("同意时间"), "granted_by_id": _l("谁同意的"), "honorific": _l("称呼"), "household_id": _l("住户"),
    "import_id": _l("哪次导入"), "in_full": _l("没有遮盖"), "imported_at": _l("导入时间"), "imported_by_id": _l("谁导入的"),
    "interval_days": _l("间隔（天）"), "invited_by_id": _l("谁邀请的"), "is_child": _l("未成年"),
    "is_emergency_contact": _l("紧急联系人"), "is_leader": _l("队长"), "issued_at": _l("签发时间"),
    "issued_by_id": _l("谁签发的"), "joined_at": _l("加入时间"), "lapses_on": _l("到哪天退回"),
    "joined_on": _l("加入日期"), "kind": _l("种类"),
    "language": _l("语言"), "last_on": _l("到哪天"), "last_met_on": _l("上次见到"), "last_tried_on": _l("上次去过"),
    "leader_id": _l("负责人"), "left_on": _l("离开日期"), "leads_until": _l("队长当到哪天"), "met": _l("见到了"),
    "minutes": _l("分钟"), "moved_out_on": _l("搬走日期"), "name": _l("名称"),
    "not_met_reason": _l("没见到的原因"), "note": _l("备注"), "noted_by_id": _l("谁记的"),
    "noted_on": _l("记的日期"), "number": _l("号码"), "on_duty": _l("上班时间"),
    "owner_id": _l("谁来办"), "pairing_id": _l("结对"), "password_hash": _l("密码"),
    "people": _l("名单"), "people_count": _l("人数"), "phone": _l("电话"),
    "photo_shows_resident": _l("照片里有住户"), "photo_id": _l("照片"), "place": _l("地点"),
    "plan": _l("安排"), "posted_by_id": _l("谁贴的"), "posted_on": _l("张贴日期"),
    "problem": _l("没办成的原因"), "proof_note": _l("办成说明"), "proposed_at": _l("报送时间"), "proposed_by_id": _l("谁报的"),
    "public_text": _l("公开文字"), "published_on": _l("发布日期"), "purpose": _l("宗旨"),
    "reason": _l("原因"), "recipient": _l("发给谁"), "recorded_on": _l("记录完成"),
    "refusal": _l("不通过的原因"), "relation": _l("关系"), "remark": _l("备注"),
    "resident_id": _l("居民"), "resident_words": _l("居民的话"), "revoked_at": _l("作废时间"),
    "role": _l("角色"),
    "revised_at": _l("改的时间"), "room_id": _l("房间"), "rows": _l("行数"),
    "serial": _l("编号"), "serial_number": _l("编号序数"),
    "serial_year": _l("编号年份"), "signed_up_at": _l("报名时间"),
    "signed_up_by_id": _l("谁报的名"), "served_on": _l("服务日期"), "since": _l("从哪天起这样"), "skills": _l("特长"),
    "secret": _l("密钥"), "last_used": _l("上次验证码"), "erased_on": _l("删掉登记的日期"),
    "started_on": _l("开始日期"), "starts_at": _l("开始时间"), "state": _l("状态"),
    "student_id": _l("学生"), "tag": _l("标签"), "taken_down_by_id": _l("谁撕下的"),
    "taken_down_on": _l("撕下日期"), "team_id": _l("队伍"), "text_size": _l("字号"),
    "title": _l("标题"), "undone_at": _l("撤回时间"),
    "token_hash": _l("链接"), "unit_id": _l("单元"), "used_at": _l("使用时间"),
    "user_id": _l("账号"), "username": _l("账号名"), "value": _l("值"), "verify_root": _l("核验网址"), "visit_id": _l("走访"),
    "visited_on": _l("走访日期"), "visitor_id": _l("走访人"), "void_reason": _l("作废原因"),
    "voided_at": _l("作废时间"), "voided_by_id": _l("谁作废的"), "volunteer_id": _l("志愿者"),
    "was_declined": _l("住户不愿意"), "what": _l("内容"), "wish_id": _l("微心愿"),
    "withdrawn_at": _l("退出时间"), "withdrawn_reason": _l("撤下原因"), "words": _l("哪些话"),
    "write_up": _l("总结"), "written_at": _l("写的时间"), "written_by_id": _l("谁写的"),
    "year": _l("年份"),
    "arrived_at": _l("到的时间"), "code_key": _l("签到码"), "every": _l("多久一次"),
    "guardian_agreed_on": _l("监护人同意"), "left_at": _l("走的时间"), "options": _l("选项"),
    "pieces": _l("份数"), "question": _l("题目"), "rank": _l("等级"),
    "retired_on": _l("停用日期"), "series_day": _l("原定日期"), "series_id": _l("定期活动"),
    "merged": _l("并掉的"), "moved": _l("搬过来的"), "before": _l("哪天以前的"),
    "services": _l("服务类别"), "topic": _l("类别"), "until": _l("排到哪天"),
}  # fmt: skip

CLAIM_ENDS: Words = {
    "given_back": _l("办不了，退回"),
    "late": _l("到期没办成"),
    "withdrawn": _l("心愿撤回了"),
}
VALUES: dict[tuple[str, str], Words] = {
    ("user_role", "role"): ROLE_NAMES,
    ("user", "language"): LANGUAGES,
    ("user", "text_size"): {"": _l("标准"), "l": _l("大字"), "xl": _l("特大字")},
    ("room", "state"): ROOM_STATES,
    ("consent", "kind"): CONSENT_KINDS,
    ("consent", "answer"): CONSENT_ANSWERS,
    ("consent", "form"): CONSENT_FORMS,
    ("pairing", "end_reason"): END_REASONS,
    ("visit", "not_met_reason"): NOT_MET_REASONS,
    ("wish", "state"): STATE_NAMES,
    ("wish", "kind"): WISH_KINDS,
    ("claim", "end_kind"): CLAIM_ENDS,
    ("team", "kind"): TEAM_KINDS,
    ("service_entry", "kind"): SERVICE_KINDS,
    ("service_entry", "state"): ENTRY_STATES,
    ("activity", "kind"): ACTIVITY_KINDS,
    ("activity_series", "every"): EVERY,
    ("activity", "state"): ACTIVITY_STATES,
    ("document", "kind"): DOCUMENT_KINDS,
    ("document", "state"): DOCUMENT_STATES,
}
PEOPLE_FIELDS = frozenset(
    ("claimer_id", "deputy_id", "owner_id", "student_id", "user_id", "visitor_id")
)  # and every …_by_id
LONGEST_VALUE = 60
# What a merging moves that has no entries of its own in the trail.
MOVED: Words = {"visit_resident": _l("见面记录"), "paper_subject": _l("文书里提到的")}


def action_name(action: str) -> str:
    return str(ACTIONS.get(action, action))


def kind_name(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def moved_name(table: str) -> str:
    return str(MOVED.get(table) or kind_name(table))


def field_name(field: str) -> str:
    return str(FIELDS.get(field, field))


def value_text(kind: str, field: str, value: Any, people: Mapping[int, str]) -> str:
    """Return a recorded value in words: names for accounts, 是 and 否, the words of a choice."""
    if value is None or value == "":
        return _("空")
    if value == HIDDEN:
        return _("不显示")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int) and (field in PEOPLE_FIELDS or field.endswith("_by_id")):
        return people.get(value, str(value))
    if field == "moved":
        return "、".join(f"{moved_name(table)} {count}" for table, count in value.items())
    if isinstance(value, dict):
        return _("共 %(n)s 项", n=len(value))
    if isinstance(value, list):
        return shortened("、".join(str(item) for item in value))
    if field.endswith("_at"):
        return f"{local(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
    return shortened(str(VALUES.get((kind, field), {}).get(value, value)))


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
