"""Names as they are typed: surnames that are read in their own way, and what is not Chinese."""

import random

import pytest
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from households import pinyin
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


def test_read_by_characters_a_name_is_read_as_a_whole():
    """Known phrases are not taken apart: 单于 is no 单 and 于."""
    chance = random.Random(5)
    common = [*"的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"]
    common += [*"重长行乐朝藏传调都和还觉落没强省术宿系校兴应曾正只种转薄恶盛石调冯佟·a1 "]
    names = ["".join(chance.choices(common, k=length)) for length in (1, 2, 3, 4) * 1000]
    names += [chance.choice(common) + phrase for phrase in [*PHRASES_DICT][:3000]]
    for name in names:
        as_a_whole = lazy_pinyin(name, style=Style.NORMAL, errors=pinyin._latin)
        assert pinyin._read(name) == as_a_whole, name
