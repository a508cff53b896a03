"""Names, ID numbers and phones from one seed; valid only in a demo database."""

import datetime as dt
import random

from doudi.kernel.resident_id import check_digit

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅"
    "沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔"
    "白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
MALE = "建国明军强志伟平勇林海波辉永福贵成德财发才新民春生全有山水根来顺喜"
FEMALE = "秀英芳兰玉梅桂珍红霞艳丽凤琴云莲珠翠香月菊花青素华淑贤彩萍雪慧"
DEMO_PREFIX = "610799"


class Dice:
    """Everything random of the demo comes from here, so one seed gives one city."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._serial: dict[str, int] = {}
        self._phones = 0

    def name(self, sex: str, surname: str = "") -> str:
        """A plausible name of two or three characters."""
        given = MALE if sex == "male" else FEMALE
        count = self.random.choices((1, 2), (1, 4))[0]
        return (surname or self.random.choice(SURNAMES)) + "".join(
            self.random.choice(given) for _ in range(count)
        )

    def id_number(self, born: dt.date, sex: str) -> str:
        """A number with prefix 610799, that birth date and sex, and a valid check digit."""
        day = born.strftime("%Y%m%d")
        serial = self._serial.get(day + sex, -1) + 1
        self._serial[day + sex] = serial
        order = serial * 2 + (1 if sex == "male" else 0)
        body = f"{DEMO_PREFIX}{day}{order:03d}"
        return body + check_digit(body)

    def phone(self) -> str:
        """A number beginning with 12, which no network gives out."""
        self._phones += 1
        return f"12{self._phones:09d}"

    def born(self, youngest: int, oldest: int, on: dt.date) -> dt.date:
        """A birth date of somebody between two ages (full years) on `on`."""
        days = self.random.randint(youngest * 365 + youngest // 4, oldest * 365 + oldest // 4)
        return on - dt.timedelta(days=days + 1)
