"""Names as they are typed: surnames that are read in their own way, and what is not Chinese."""

import pytest

from households.pinyin import initials_of, pinyin_of


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("汪大山", "wangdashan", "wds"),
        ("单小燕", "shanxiaoyan", "sxy"),
        ("曾国强", "zengguoqiang", "zgq"),
        ("仇英", "qiuying", "qy"),
        ("解放", "xiefang", "xf"),
        ("查良", "zhaliang", "zl"),
        ("区志海", "ouzhihai", "ozh"),
        ("朴明", "piaoming", "pm"),
        ("盖军", "gejun", "gj"),
        ("任国强", "renguoqiang", "rgq"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("万俟明", "moqiming", "mqm"),
        ("吕秀兰", "lvxiulan", "lxl"),
        ("买买提·阿里", "maimaitiali", "mmtal"),
        ("", "", ""),
    ],
)
def test_pinyin_of_names(name, full, initials):
    assert (pinyin_of(name), initials_of(name)) == (full, initials)


def test_long_names_fit_the_columns():
    assert len(pinyin_of("王" * 40)) == 80
    assert len(initials_of("王" * 40)) == 12
