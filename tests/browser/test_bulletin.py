"""A bulletin from the draft to the answer of a named county, each officer at their own page."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from duties.models import Task
from reports.bulletin.acts import compose
from reports.models import Bulletin, Rollup
from tests.cast import NOW

pytestmark = pytest.mark.django_db(transaction=True)
FIT = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def draft(cast):
    """Of a quarter in which Jinzhai is late in two figures."""
    for code in ("340000000000", "341500000000", "341524000000"):
        for month in (4, 5, 6):
            Rollup.objects.create(
                division=cast.divisions[code],
                month=date(2020, month, 1),
                values={"flags_overdue": [2, 3], "without_contact": [1, None]},
            )
    return compose(
        province=cast.province.division, quarter=date(2020, 4, 1), by=cast.province, at=NOW
    )


def test_from_draft_to_answer(cast, draft, page, phone, new_page, login, accessible, tmp_path):
    second = cast.post("province", "340000000000", name="方二审")
    login(page, cast.province)
    page.goto(f"/bulletins/{draft.pk}/")
    accessible(page)
    page.get_by_role("link", name="修改文字").click()
    page.get_by_label("四、工作要求").fill("请各县逐项整改。")
    page.get_by_role("button", name="保存文字").click()
    page.get_by_role("button", name="送各县征求意见").click()
    assert "请各县逐项整改。" in page.locator("article").inner_text()

    login(phone, cast.county)
    phone.goto("/tasks/")
    phone.get_by_role("link", name="通报草稿", exact=True).click()
    phone.get_by_role("link", name="查看相关内容").click()
    accessible(phone)
    assert phone.evaluate(FIT) <= 0
    phone.get_by_role("link", name="附证据提出异议").click()
    phone.get_by_label("没有联系人的边缘户").check()
    phone.get_by_label("异议内容").fill("联系人本月已落实")
    proof = tmp_path / "名单.pdf"
    proof.write_bytes(b"%PDF-1.4\n%%EOF\n")
    phone.get_by_label("证据").set_input_files(str(proof))
    phone.get_by_role("button", name="提出异议").click()
    phone.wait_for_url(f"**/bulletins/{draft.pk}/")

    page.reload()
    page.get_by_role("link", name="答复异议").click()
    accessible(page)
    page.get_by_label("采纳：不因这项指标点名").check()
    page.get_by_label("原因").fill("名单属实")
    page.get_by_role("button", name="报送答复").click()
    page.get_by_role("button", name="签发通报").click()
    assert "由你编辑" in page.locator("[role=alert], .alert").first.inner_text()

    yesterday = timezone.localdate() - timedelta(days=1)
    Bulletin.objects.update(objections_until=yesterday)
    other = new_page()
    login(other, second)
    other.goto(f"/bulletins/{draft.pk}/")
    other.get_by_role("button", name="签发通报").click()
    other.get_by_text("〔").first.wait_for()
    issued = Bulletin.objects.get()
    assert (issued.state, issued.number, issued.issued_by) == ("issued", 1, second)
    assert "金寨县进度迟缓：红色标注超期 2 户。" in other.locator("article").inner_text()

    phone.goto("/tasks/")
    phone.get_by_role("link", name="督促提醒", exact=True).click()
    phone.get_by_role("link", name="办结任务").click()
    phone.get_by_label("已答复").check()
    phone.get_by_label("办理结果").fill("两户已入户，风险已消除")
    phone.get_by_role("button", name="办结任务").click()
    phone.wait_for_url("**/tasks/*/")
    assert Task.objects.get(kind="urging").result == "两户已入户，风险已消除"
    other.reload()
    assert "两户已入户" in other.locator("main").inner_text()
