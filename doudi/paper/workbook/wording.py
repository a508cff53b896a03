"""Every answer that a workbook can get: code -> what is wrong, and what to do about it.

The page looks up the English of both; `docs/reference/workbooks.md` prints the whole table.
"""

Answer = tuple[str, str]

# The whole file is sent back.
REFUSALS: dict[str, Answer] = {
    "empty": ("文件是空的", "请选择填好的表格"),
    "too_large": ("文件大于{most}MB", "请分成几个文件导入"),
    "kind": ("这不是表格文件", "请用 Excel 或 WPS 另存为 .xlsx"),
    "web_page": ("这是网页改名的表格", "请用 Excel 或 WPS 打开，另存为 .xlsx"),
    "other_table": ("不读这种表格格式", "请用 Excel 或 WPS 另存为 .xlsx"),
    "archive": ("这是压缩包", "请解开后上传里面的表格"),
    "password": ("文件带密码", "请取消打开密码后再传"),
    "macro": ("文件带宏", "请另存为不带宏的 .xlsx"),
    "entities": ("文件里有不该有的外部定义", "请把内容复制到新表格后再传"),
    "unpacked": ("文件解开后过大", "请删去空白行列，或分成几个文件导入"),
    "broken": ("文件打不开，可能没有传完整", "请用 Excel 或 WPS 打开，另存为 .xlsx 再传"),
    "too_slow": ("文件读得太久，已停下", "请用 Excel 或 WPS 另存为 .xlsx 再传"),
    "no_sheet": ("表格里没有可见的工作表", "请取消隐藏工作表后再传"),
    "no_headings": ("找不到表头，应有：{names}", "请使用模板，或把表头改成模板的写法"),
    "heading_missing": ("缺少表头：{names}", "请补上这些列，或使用模板"),
    "heading_doubled": ("表头重复：{names}", "请只留一列"),
    "no_rows": ("表头下面没有内容", "请填好后再传"),
    "too_many_rows": ("超过{most}行", "请分成几个文件导入"),
    "too_many_merges": ("合并单元格太多", "请取消合并后再传"),
    "encoding": ("看不出文字编码", "请另存为 .xlsx，或 UTF-8 的 CSV"),
    "quotes": ("引号没有成对，行分不开", "请用 Excel 或 WPS 另存为 .xlsx"),
    "zero_bytes": ("文件里有不能读的字符", "请用 Excel 或 WPS 另存为 .xlsx"),
}

# One cell is wrong; the row is named, and the column.
FAULTS: dict[str, Answer] = {
    "missing": ("没有填写", "请补填"),
    "cell_error": ("单元格是错误值", "请改成文字或数字"),
    "formula_empty": ("公式没有结果", "请在 Excel 或 WPS 里算好保存，或改成数值"),
    "too_long": ("超过{most}个字", "请缩短"),
    "id_number_cell": (
        "身份证号是数字格式，Excel已改动末几位",
        "请先把这一列设为文本，再按证件重新输入",
    ),
    "account_number_cell": (
        "账号是数字格式，Excel已改动末几位",
        "请先把这一列设为文本，再按存折重新输入",
    ),
    "id_shape": ("身份证号应为18位（末位可以是X）", "请按证件核对"),
    "id_wrong": ("身份证号的校验位或出生日期不对", "请按证件核对"),
    "id_demo": ("这是演示用号码，正式系统不能使用", "请填真实证件号码"),
    "date_shape": ("日期看不懂", "请写成 2022-05-09"),
    "date_none": ("没有这一天", "请核对年月日"),
    "date_far": ("日期不在合理的年份里", "请核对年份"),
    "month_shape": ("月份看不懂", "请写成 2022-05"),
    "month_number_cell": ("月份是数字，分不清1月和10月", "请设为文本，写成 2022-05"),
    "money_shape": ("金额看不懂", "请只写数字，单位为元，最多两位小数"),
    "money_negative": ("金额不能是负数", "请核对"),
    "money_large": ("金额过大", "请核对单位是元"),
    "count_shape": ("应是不带小数的数字", "请只写数字"),
    "phone_shape": ("电话号码不对", "请填11位手机号，或带区号的座机"),
    "account_shape": ("账号应为8至32位数字", "请按存折核对"),
    "name_shape": ("姓名里有数字或符号", "请按证件填写"),
    "code_unknown": ("不在可选的内容里", "请从下拉列表里选：{words}"),
    # What only the room that takes the rows in can know.
    "place_unknown": ("找不到这个村（社区）", "请按区划名称填写，或填12位代码"),
    "place_doubtful": ("有几个同名的村（社区）", "请填写镇（街道），或填12位代码"),
    "twice_before": ("身份证号与前面的行重复", "请删去一行"),
    "home_scattered": ("户编号在前面出现过，同户的行不在一起", "请把同一户的行排在一起"),
    "home_headless": ("这一户没有户主", "请把一名成员的关系写成户主"),
    "home_two_heads": ("这一户有几名户主", "请只留一名"),
    "home_places": ("同一户的村（社区）不一样", "请核对"),
    "home_faulty": ("同户有别的行有错", "请先改同户的其他行"),
    "home_large": ("一户超过30人", "请核对户编号"),
    "name_differs": ("姓名与系统里这个身份证号的姓名不一样", "请按证件核对"),
    "on_file": ("这个人已登记在一个家庭里", "不用再导；有变化请办理变化报告"),
    "in_group": ("这个人已在这个群体里", "不用再导"),
}
