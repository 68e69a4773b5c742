"""What may hang in a stairwell: the scan, and the type that cannot be made without it."""

import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.privacy import NameIndex, PublicText, TextNotPublic, mask_phone, scan_public_text
from core.public_scan import numbers_alone

NAMES = NameIndex(["祝秀英", "欧阳·小雨", "林一舟", "陈国华", "張偉"])
DUTY = ["100 0000 0001"]


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in scan_public_text(text, NAMES, DUTY)]


# fmt: off
@pytest.mark.parametrize("text", [
    "10012341234", "１００１２３４１２３４", "一零零 一二三四 一二三四", "幺〇〇幺二三四幺二三四",
    "100-1234-1234", "1 0 0 1 2 3 4 1 2 3 4", "100—1234—1234", "100，1234，1234", "100.1234.1234",
    "10\u200b012341234", "①⓪⓪①②③④①②③④", "+86 100 1234 1234", "100****1234", "100＊＊＊＊1234",
    "027-87654321", "（027）8765 4321", "8765-4321", "400-820-0000", "1OO12341234",
    "100_1234_1234", "100·1234·1234", "壹零零壹贰叁肆壹贰叁肆", "壹零零壹貳參肆壹貳參肆",
])
def test_a_phone_is_found_however_it_is_written(text: str) -> None:
    assert "phone" in kinds(f"请打{text}找我")


@pytest.mark.parametrize("text", [
    "420106198001011234", "42010619800101123X", "4201 0619 8001 0112 34", "身份证后四位1234",
    "420106800101123", "四二〇一〇六一九八〇〇一〇一一二三四",
])
def test_digits_of_an_id_are_found(text: str) -> None:
    assert "id" in kinds(f"凭{text}领取")


@pytest.mark.parametrize("text", [
    "3-2-501", "2栋1单元301", "301室", "1单元", "三单元", "三零一室", "三百零一室", "3－2－501",
    "2栋 1 单元 3 0 1", "2栋301", "B座1201", "3#501", "6-1202", "12号301", "3号楼-501", "301房",
    "3栋2门501", "3/2/501", "二栋一单元三〇一", "2 栋 3 0 1", "2栋—301", "家住301", "我住在 五零二",
    "3棟2單元", "三號樓-501", "2棟叁零壹", "住在三百零一號房",
])
def test_a_door_or_unit_is_found(text: str) -> None:
    assert "room" in kinds(f"请到{text}集合")


@pytest.mark.parametrize("text", ["5楼", "六层", "示3栋5楼", "十二层", "三樓", "六層", "送到3楼"])
def test_a_floor_is_found(text: str) -> None:
    assert "floor" in kinds(f"住在{text}的邻居")


@pytest.mark.parametrize("text", ["祝秀英", "祝 秀 英", "祝\u200b秀英", "欧阳小雨", "欧阳•小雨", "祝-秀-英",
    "陳國華", "陈（国华）", "祝.秀英", "祝，秀英", "祝、秀、英", "祝“秀”英", "祝+秀英", "祝🌸秀英", "歐陽，小雨", "张伟",
    "張 偉",
])
def test_a_known_full_name_is_found(text: str) -> None:
    assert kinds(f"感谢{text}阿姨") == ["name"]


@pytest.mark.parametrize(("text", "kind"), [
    ("独居老人", "care"), ("独 居", "care"), ("空-巢", "care"), ("残\u200b疾", "care"),
    ("癌症", "care"), ("低保家庭", "care"), ("重病", "care"), ("留守儿童", "care"), ("欠费", "care"),
    ("獨居老人", "care"), ("殘疾", "care"), ("坐轮椅", "care"), ("坐輪椅", "care"), ("做血透", "care"),
    ("脑梗", "care"), ("帕金森", "care"), ("阿尔茨海默病", "care"), ("刚做完手术", "care"),
    ("八旬老人", "age"), ("年过古稀", "age"), ("耄耋老人", "age"), ("百岁老人", "age"), ("78歲", "age"),
    ("85岁", "age"), ("八十五岁", "age"), ("６岁", "age"), ("门禁密码1234", "code"),
])
def test_hardship_age_and_codes_are_found(text: str, kind: str) -> None:
    assert kind in kinds(f"关心{text}的邻居")


@pytest.mark.parametrize("text", [
    "示3栋清洗水箱，临时停水", "9月21日（周一）8:30至17:00", "2026年9月18日", "贴〔2026〕031号",
    "2026-09-18 8:30—17:00", "示1、2、3、4、5、6栋全部住户", "1、3、5、7、9、11、13、15栋",
    "示3栋120户", "60岁以上老人免费义剪", "二〇二六年十一月", "每户50-100元", "1-6号楼", "3号楼",
    "请到1楼大厅领取", "24小时值班", "12.21-12.25", "值班电话100 0000 0001", "心愿2026-017",
    "2026—2027年度", "各单元门口", "1,000,000元", "三三两两", "一位居民", "桥东19栋", "更上一层楼",
    "报警110，急救120，热线12345", "共3栋、9个单元、216户", "请带身份证，9月21日到物业办理",
    "入住1200户", "常住人口3000余人", "来水后请先放水几分钟，水清再用。", "示3栋地下2层车库", "示3栋：9月21日",
    "祝您健康长寿，长命百岁", "中旬、下旬", "修好无障碍轮椅坡道", "便民轮椅、雨伞在物业服务中心", "透支心血，心血透支",
    "参加活动请打100 0000 0001参加", "參加活動請打100 0000 0001", "张、伟大的劳动者", "1\n120\n150\n18000",
    "2026-010\n12\n2026年\n3", "示3棟清洗水箱，臨時停水",
])
def test_an_innocent_notice_passes(text: str) -> None:
    assert scan_public_text(text, NAMES, DUTY) == []
# fmt: on


def test_a_finding_points_at_its_place_in_the_text_as_written() -> None:
    text = "谢谢　祝 秀英，请打１００－１２３４－１２３４。"
    name, phone = scan_public_text(text, NAMES)
    assert (name.kind, text[name.start : name.end]) == ("name", "祝 秀英")
    assert phone.excerpt == text[phone.start : phone.end] == "１００－１２３４－１２３４"


@pytest.mark.parametrize(
    "text",
    [
        "13812\n345678",
        "1\n13812\n345678",
        "1381234567\n8",
        "138\n1234\n5678",
        "138 12\n345 678",
        "420106198\n001011234",
        "420106\n19800101\n123X",
    ],
)
def test_a_number_broken_over_two_cells_or_lines_is_found(text: str) -> None:
    assert {"number", "phone"} & set(kinds(f"电话\n{text}\n老花镜"))


@pytest.mark.parametrize("phone", ["12345", "110", "1", ""])
@pytest.mark.parametrize(
    "text", ["13812345678", "13811012345", "138 12345 678", "一三八一二三四五六七八"]
)
def test_a_hotline_on_the_sheet_hides_no_longer_number(phone: str, text: str) -> None:
    (found,) = scan_public_text(f"有事请打{text}找他", (), [phone])
    assert (found.kind, found.excerpt) == ("phone", text)


@pytest.mark.parametrize("text", ["010000000001", "100 0000 00012", "86100000000018"])
def test_the_companys_phone_as_a_part_of_a_longer_number_is_not_the_companys(text: str) -> None:
    assert scan_public_text(f"请打{text}", (), DUTY) != []


def test_a_hidden_name_is_shown_with_the_marks_that_hide_it() -> None:
    (found,) = scan_public_text("谢谢：陳（國華）。", NAMES)
    assert found.excerpt == "陳（國華"


@pytest.mark.parametrize(
    ("text", "door", "written"),
    [
        ("帮帮501的老人", "501", "501"),
        ("帮帮五零一的老人", "501", "五零一"),
        ("帮帮50\u200b1的", "501", "50\u200b1"),
        ("帮帮５０１的", "501", "５０１"),
        ("帮帮五 零 一的", "501", "五 零 一"),
        ("帮帮三百零一的", "301", "三百零一"),
        ("帮帮501～505的", "501", "501"),
        ("帮帮伍零壹的", "501", "伍零壹"),
    ],
)
def test_a_number_alone_may_be_a_door(text: str, door: str, written: str) -> None:
    number, place = numbers_alone(text)[0]
    assert (number, text[place.start : place.end]) == (door, written)


@pytest.mark.parametrize(
    "text",
    [
        "共五零一户",
        "花501元",
        "8:301",
        "2026年",
        "二〇二六年",
        "027-501",
        "三三两两",
        "5 0 1 6 7 8",
    ],
)
def test_a_count_a_time_or_a_price_is_no_door(text: str) -> None:
    assert [number for number, _place in numbers_alone(text) if number != "3322"] == []


def test_only_the_companys_own_phone_is_allowed() -> None:
    assert kinds("打100 0000 0001或100 0000 0002") == ["phone"]
    assert scan_public_text("打一零零零零零零零零零一", (), DUTY) == []
    assert scan_public_text("打100 0000 0001，或100-0000-0001。", (), DUTY) == []


@given(
    st.sampled_from(["10012341234", "420106198001011234"]),
    st.text(alphabet=" -—·.\u200b\u3000", max_size=2),
    st.booleans(),
)
def test_a_long_number_survives_no_separator_and_no_width(number, between, wide) -> None:
    digits = [chr(ord(digit) + 0xFEE0) if wide else digit for digit in number]
    assert scan_public_text(f"联系{between.join(digits)}。", ()) != []


@given(st.text(max_size=60))
def test_any_text_can_be_scanned_and_every_excerpt_is_in_it(text: str) -> None:
    for finding in scan_public_text(text, NAMES, DUTY):
        assert text[finding.start : finding.end] == finding.excerpt != ""


def test_fifty_thousand_names_cost_next_to_nothing() -> None:
    index = NameIndex(
        f"{chr(0x4E00 + n // 250)}{chr(0x5000 + n % 250)}{chr(0x6000 + n % 7)}"
        for n in range(50_000)
    )
    text = "为保证饮水卫生，物业将清洗水箱，期间停水，给您带来不便，敬请谅解。" * 30
    start = time.process_time()
    scan_public_text(text, index)
    assert time.process_time() - start < 0.5


def test_public_text_is_made_only_through_a_scan() -> None:
    assert str(PublicText.clear("示3栋停水", NAMES)) == "示3栋停水"
    with pytest.raises(TextNotPublic) as refused:
        PublicText.clear("请联系祝秀英10012341234", NAMES)
    assert [finding.kind for finding in refused.value.findings] == ["name", "phone"]
    with pytest.raises(TypeError):
        PublicText("key", "祝秀英", (), None)
    with pytest.raises(TypeError):
        PublicText("祝秀英")


def test_public_text_cannot_be_changed_afterwards() -> None:
    text = PublicText.clear("示3栋停水", NAMES)
    with pytest.raises(AttributeError):
        text.text = "祝秀英"
    with pytest.raises(AttributeError):
        del text.text
    with pytest.raises(TypeError):
        pickle.dumps(text)


def test_an_override_names_who_and_why_and_keeps_what_was_found() -> None:
    text = PublicText.override("祝秀英获奖", NAMES, by="秦若川", reason="本人同意公开")
    assert text.to_record()["overridden"] == {
        "by": "秦若川",
        "reason": "本人同意公开",
        "excerpts": ["祝秀英"],
    }
    with pytest.raises(ValueError, match="who decided"):
        PublicText.override("祝秀英获奖", NAMES, by="秦若川", reason=" ")


def test_a_record_tampered_with_is_scanned_again() -> None:
    record = PublicText.clear("示3栋停水", NAMES).to_record()
    assert PublicText.from_record(record).text == "示3栋停水"
    with pytest.raises(TextNotPublic):
        PublicText.from_record(record | {"text": "示3栋1单元301停水"})


def test_a_record_with_an_override_comes_back() -> None:
    text = PublicText.override("301室是活动室", NAMES, by="秦若川", reason="公共用房")
    assert PublicText.from_record(text.to_record()) == text


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("10012341234", "100****1234"),
        ("100 1234 1234", "100****1234"),
        ("１００１２３４１２３４", "100****1234"),
        ("87654321", "******21"),
        ("", ""),
    ],
)
def test_a_phone_is_masked(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked
