"""The steps of the main job, each as the person does it on their phone."""

from __future__ import annotations

import io
import re
import urllib.request
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from core.clock import today
from core.workbooks import workbook_bytes
from tests.browser.hand import Hand

PASSWORD = "雨天别忘了收衣服呀2026"


SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "住户台账.xlsx"


HEADERS = ["序号", "楼栋", "单元", "房号", "户主姓名", "联系电话", "人员类别", "出生日期", "备注"]


OWN_ROWS = [
    [1, "示2栋", "2", "501", "祝秀英", "100 7449 1613", "", "1948.3.5", "大家叫祝婆婆"],
    [2, "示1栋", "1", "102", "翟守义", "10074490002", "", "农历八月十四", ""],
    [3, "示1栋", "1", "", "单建国", "10074490003", "", "", ""],
    [4, "示9栋", "1", "301", "欧阳兰", "10074490004", "", "", ""],
]


def ledger(folder: Path) -> Path:
    """Return the office's real ledger where it is at hand, else one of our own like it."""
    if SAMPLE.exists():
        return SAMPLE
    path = folder / "住户台账.xlsx"
    path.write_bytes(workbook_bytes("住户台账", HEADERS, OWN_ROWS))
    return path


def photo(folder: Path) -> Path:
    path = folder / "按摩仪.jpg"
    Image.new("RGB", (1200, 900), "#a86").save(path, "JPEG")
    return path


def fetch(hand: Hand, path: str) -> bytes:
    """Download a file as the person is logged in."""
    response = hand.context.request.get(hand.address + path)
    assert response.status == 200
    return response.body()


def set_up(qin: Hand) -> None:
    qin.open("/")
    assert qin.path == "/setup"
    qin.fill(company="安和物业", branch="安和物业党支部", name="秦若川", username="qin")
    qin.fill(password=PASSWORD, repeated=PASSWORD)
    qin.press("建好，进去看看")
    qin.open("/estates/new")
    qin.fill(name="侨亚小区")
    qin.press("下一步：登记楼栋")
    qin.fill(names="示1栋-示6栋", units="2", floors="7", rooms_per_floor="2")
    qin.press("登记楼栋")
    expect(qin.page.get_by_text("示6栋").first).to_be_visible()


def import_ledger(qin: Hand, file: Path) -> None:
    qin.open("/households/import")
    qin.page.locator("[name=file]").set_input_files(file)
    qin.press("先看一遍")
    told = qin.page.locator("main").inner_text()
    assert "缺房号" in told
    assert "楼栋未登记：示9栋" in told
    if file == SAMPLE:
        assert "第 56 行" in told
        assert "586" in told
    for choice in qin.page.locator("fieldset[class*=field]:has(input[name^=choice])").all():
        choice.locator("input").first.check(force=True)
    qin.press("导入")
    expect(qin.page.get_by_text(re.compile(r"导入了 \d+ 户")).first).to_be_visible()


def call_her_granny_zhu(qin: Hand) -> None:
    """Find her in the imported ledger and write down how the neighbours call her."""
    qin.open("/households?q=祝秀英")
    qin.follow("祝秀英")
    resident = qin.page.locator("a[href*='/residents/'][href$='/edit']").first
    qin.open(resident.get_attribute("href"))
    qin.fill(honorific="婆婆")
    qin.press("保存")
    expect(qin.page.get_by_role("heading", name="祝婆婆").first).to_be_visible()


def invite(qin: Hand) -> str:
    """Invite the student; return the one-time link that is shown as text and as a QR code."""
    qin.open("/accounts/new")
    qin.fill(name="林一舟", username="lin")
    qin.pick("红色物业大学生")
    qin.pick("侨亚小区")
    qin.press("建账号，给链接")
    expect(qin.page.locator("svg.qr, .qr svg").first).to_be_visible()
    return qin.page.locator("#invitation-link").input_value()


def accept_invitation(lin: Hand, link: str) -> None:
    lin.open(link.removeprefix(lin.address))
    lin.fill(password=PASSWORD, repeated=PASSWORD)
    lin.press("定好，进去")
    assert lin.path == "/"


def pair(qin: Hand) -> None:
    qin.open("/households?q=祝")
    qin.follow("祝婆婆")
    household = re.search(r"/households/(\d+)", qin.path)[1]
    qin.open(f"/pairings/new?household={household}")
    qin.pick("愿意")
    qin.pick("林一舟（还没有结对户）")
    qin.press("保存")


def visit(lin: Hand) -> None:
    """From the home page with one thumb: five taps and one sentence."""
    lin.open("/")
    lin.follow("记走访")
    if "household=" not in lin.path:
        lin.follow("祝婆婆")
    lin.page.get_by_label("见到了", exact=True).check()
    if lin.page.locator("[name=agrees]").count():
        lin.page.locator("[name=agrees]").check()
    lin.pick("30 分")
    lin.page.get_by_role("button", name="精神不错").click()
    lin.page.get_by_text("一个微心愿").click()
    lin.fill(wish_what="按摩仪")
    lin.press("保存走访")
    expect(lin.page.get_by_text("走访记下了").first).to_be_visible()


def approve_wish(qin: Hand) -> str:
    """Approve the wish that came with the visit; return its path."""
    qin.open("/wishes")
    qin.follow("按摩仪")
    path = re.match(r"/wishes/\d+", qin.path)[0]
    qin.open(f"{path}/approval")
    qin.press("公开")
    return path


def fulfil(lin: Hand, wish: str, proof: Path) -> None:
    lin.open(wish)
    lin.fill(until=(today() + timedelta(days=5)).isoformat())
    lin.press("我来认领")
    lin.open(f"{wish}/fulfilment")
    lin.page.locator("[name=note]").fill("送上门，教会了开关。")
    lin.page.locator("[name=photo]:not([capture])").set_input_files(proof)
    lin.press("记下，等回访")
    lin.open(wish)
    assert lin.page.locator("img[src*='/photo']").count() == 1


def call_back(qin: Hand, wish: str) -> None:
    """Another person asks the resident."""
    qin.open(f"{wish}/confirmation")
    qin.pick("办好了")
    qin.page.locator("[name=words]").fill("好用，腰松快多了。")
    qin.press("记下")
    qin.open(wish)
    expect(qin.page.get_by_text("已确认").first).to_be_visible()


def hold_activity(qin: Hand, lin: Hand) -> None:
    """A team's clean-up: planned, attended, its minutes proposed by one, confirmed by another."""
    qin.open("/volunteers/new")
    qin.fill(name="林一舟")
    qin.pick("林一舟（lin）")
    qin.press("保存")
    qin.open("/teams/new")
    qin.fill(name="爱心服务队")
    qin.press("保存")
    team = qin.path
    for name in ("林一舟", "单守信"):
        qin.open(team)
        if not qin.page.locator("[name=name]").first.is_visible():
            qin.page.get_by_text("加一位队员").first.click()
        qin.fill(name=name)
        if name == "林一舟":
            qin.page.locator("[name=is_leader]").check()
        qin.press("加进来")
    lin.open("/activities/new")
    lin.fill(title="示5栋清扫", begins="00:00", ends="02:00", place="示5栋楼道")
    lin.fill(day=(today() - timedelta(days=1)).isoformat())
    lin.page.locator("[name=team_id]").select_option(label="爱心服务队")
    lin.press("保存")
    activity = lin.path
    lin.open(f"{activity}/attendance")
    lin.press("保存到场")
    lin.open(activity)
    lin.press("送去确认")
    qin.open("/hours")
    qin.press("确认勾上的")
    qin.open("/volunteers")
    qin.follow("单守信")
    expect(qin.page.get_by_text("2 小时").first).to_be_visible()


def issue_papers(qin: Hand, address: str) -> None:
    qin.open("/documents/new/certificate")
    with qin.page.expect_response(re.compile("/documents/new/certificate")):
        qin.page.get_by_text("单守信").click()
    qin.press("存成草稿")
    qin.press("签发")
    check_files(qin)
    verify(qin, address)
    qin.open("/documents/new/notice")
    qin.fill(subject="示3栋清洗水箱，临时停水", addressees="各位邻居")
    qin.fill(matter="为保证饮水干净，物业清洗水箱，请提前接好水。")
    qin.fill(phone="100 0000 0001")
    qin.page.get_by_label("撕除日期").fill((today() + timedelta(days=7)).isoformat())
    qin.press("存成草稿")
    qin.press("签发")
    check_files(qin)


def check_files(qin: Hand) -> None:
    """The issued paper comes as a PDF and as a picture 1080 px wide."""
    paper = re.match(r"/documents/\d+", qin.path)[0]
    assert fetch(qin, f"{paper}.pdf").startswith(b"%PDF")
    assert Image.open(io.BytesIO(fetch(qin, f"{paper}.png"))).width == 1080


def verify(qin: Hand, address: str) -> None:
    """Anyone may check the certificate, and learns no more than they should."""
    link = qin.page.locator("a[href*='/verify/']").first.get_attribute("href")
    with urllib.request.urlopen(address + link) as response:  # noqa: S310 - our own server
        page = response.read().decode()
    assert re.search(r"荣字〔\d{4}〕第\d{4}号", page)
    assert "单**" in page
    assert "单守信" not in page
