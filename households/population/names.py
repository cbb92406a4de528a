"""Names as they are common in Anhui: surname weights and given names by generation."""

from itertools import accumulate

SURNAMES = (
    "王李张刘陈杨吴汪胡程江方徐朱周孙余黄高马林何郭罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎潘杜戴夏钟田姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦史顾侯邵孟龙万段漆储台单曾查任华"
)
WEIGHTS = [max(60 - rank, 4) for rank in range(len(SURNAMES))]
CUMULATIVE = list(accumulate(WEIGHTS))

OLD_MEN = "德长道本传光明文正家启绍永世国", "福贵银才富发海山林明义仁友生华"
OLD_WOMEN = "秀桂玉先义德传正国家", "兰英珍芳荣华云莲枝芝凤香"
MEN = "志建海文晓国立宏永少", "强军平伟明勇华刚兵峰辉林"
WOMEN = "小晓红海丽艳春秋玉", "燕霞梅玲芳琴萍娟丽敏"
BOYS = "子浩宇俊嘉梓家明", "轩然涵杰豪辰博旺阳"
GIRLS = "雨欣梓诗佳思梦可", "桐怡萱涵琪彤瑶婷"


def given_names(born_year, is_male):
    parts = (
        (OLD_MEN if is_male else OLD_WOMEN)
        if born_year < 1968
        else (MEN if is_male else WOMEN)
        if born_year < 1998
        else (BOYS if is_male else GIRLS)
    )
    return [first + second for first in parts[0] for second in parts[1]]


GIVEN = {
    (generation, male): given_names(year, male)
    for generation, year in enumerate((1950, 1980, 2005))
    for male in (0, 1)
}


def generation(born_year):
    return 0 if born_year < 1968 else 1 if born_year < 1998 else 2


HELPERS = [
    surname + given for surname, given in zip(SURNAMES * 3, GIVEN[1, 1] + GIVEN[1, 0], strict=False)
]
