"""The staff sheet as data: what stands in which column, and what its lists offer."""

from collections.abc import Mapping

from doudi.paper.workbook.columns import Column, Table

TITLE = "工作人员名单"
ACCOUNT = Column(
    "account", "账号", required=True, note="小写字母和数字，如 qili.clerk2", longest=60, width=18
)
NAME = Column("name", "姓名", required=True, note="与证件一致")
PHONE = Column("phone", "手机", synonyms=("手机号", "联系电话"), note="11位")
ID_NUMBER = Column("id_number", "身份证号", "id", note="18位，须为文本格式", width=21)
FROM_ON = Column("from_on", "起始日期", "date", note="如 2022-05-09，空白为今日")


def staff_table(roles: Mapping[str, str], regions: Mapping[str, str]) -> Table:
    """The sheet; roles and regions by their words, for the lists to choose from."""
    role = Column("role", "岗位", required=True, codes=roles, note="从列表选", width=22)
    region = Column(
        "region", "区划", required=True, codes=regions, note="从列表选，或填12位代码", width=22
    )
    return Table("staff", TITLE, (ACCOUNT, NAME, PHONE, ID_NUMBER, role, region, FROM_ON))


HEADINGS = tuple(column.heading for column in staff_table({}, {}).columns)
