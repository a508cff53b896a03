"""Why a delivery waits for a person: each reason in the offices' own words."""

ROWS, VALUES, PEOPLE, FIRST = "rows", "values", "people", "first"
HELD_FOR = {
    ROWS: "行数与上一次相差三成以上",
    VALUES: "某一列的数值与上一次相差太大，可能列错位",
    PEOPLE: "登记在册的人比上一次少了一半以上，可能不是本市的数据",
    FIRST: "第一次送，登记在册的人太少，可能不是本市的数据",
}
