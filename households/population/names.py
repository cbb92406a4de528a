"""Names as they are common in Anhui: surnames by weight, given names by generation and sex."""

from households.pinyin import initials_of, pinyin_of

SURNAMES = (
    "王李张刘陈杨吴汪胡程江方徐朱周孙余黄高马林何郭罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎潘杜戴夏钟田姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦史顾侯邵孟龙万段漆储台单曾查任华"
)
DRAWN = [s for rank, s in enumerate(SURNAMES) for _ in range(max(30 - rank // 2, 2))]

GIVEN_PARTS = {  # (generation, is male): first and second characters
    (0, 1): ("德道本传光明文正家启绍永世国", "福贵银才富发海山林明义仁友生华"),
    (0, 0): ("秀桂玉先义德传正国家", "兰英珍芳荣华云莲枝芝凤香"),
    (1, 1): ("志建海文晓国立宏永少", "强军平伟明勇华刚兵峰辉林"),
    (1, 0): ("小晓红海丽艳春秋玉", "燕霞梅玲芳琴萍娟丽敏"),
    (2, 1): ("子浩宇俊嘉梓家明", "轩然涵杰豪辰博旺阳"),
    (2, 0): ("雨欣梓诗佳思梦可", "桐怡萱涵琪彤瑶婷"),
}
GIVEN = {
    group: [first + second for first in firsts for second in seconds if first != second]
    for group, (firsts, seconds) in GIVEN_PARTS.items()
}
# Given names of one character: nobody who is helped is called like a helper.
HELPERS = [s + g for g in "强军平伟勇刚峰辉燕霞敏玲芳琴娟丽" for s in SURNAMES[:12]]


def generation(born_year):
    return 0 if born_year < 1968 else 1 if born_year < 1998 else 2


# A given name is spelt behind 王 (wang), so that its first character is not read as a surname.
SPELT = {surname: (pinyin_of(surname), initials_of(surname)) for surname in SURNAMES}
SPELT |= {
    given: (pinyin_of("王" + given)[len("wang") :], initials_of("王" + given)[1:])
    for group in GIVEN.values()
    for given in group
}


def spelling(surname, given):
    """Pinyin and initials."""
    (first, one), (second, rest) = SPELT[surname], SPELT[given]
    return first + second, one + rest
