"""A sealed table on its way to the browser: unsealed block by block, never whole in memory."""

from typing import cast

from django.http import HttpResponse, StreamingHttpResponse

from doudi.attachments.bulk import blocks_of

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_table(stored_name: str, number: str) -> HttpResponse:
    """The file under its number, to be kept and not shown."""
    answer = StreamingHttpResponse(blocks_of(stored_name), content_type=EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="{number}.xlsx"'
    return cast(HttpResponse, answer)
