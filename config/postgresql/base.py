"""A commit that the standby may not have is told as success, with a warning that nobody reads.

Whoever cancels the wait for a synchronous standby makes PostgreSQL answer "committed" although
the primary's death would lose it (promises.md, finding 4). Here such a commit fails: the applicant
is not told that it is done, presses again, and gets the same receipt once it is.
"""

from typing import Any

from django.db.backends.postgresql import base, schema
from django.db.utils import OperationalError
from psycopg import Connection
from psycopg.errors import Diagnostic

DOUBTFUL = {"01000", "57P01"}  # warning of a cancelled wait; the same when the server is told to go


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Django's own, without a second index on every word for searches by its beginning.

    Those it would make on each unique or indexed text; none of ours is searched so in numbers that
    an index would help, and a month's payments had to be entered in four of them.
    """

    def _create_like_index_sql(self, *_model_and_field: Any) -> None:
        return None


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with an ear for warnings during a commit."""

    SchemaEditorClass = SchemaEditor
    doubts: int = 0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """A connection whose notices are heard."""
        connection = super().get_new_connection(conn_params)
        connection.add_notice_handler(self._heard)
        return connection

    def _heard(self, said: Diagnostic) -> None:
        self.doubts += said.severity_nonlocalized == "WARNING" and said.sqlstate in DOUBTFUL

    def _commit(self) -> None:
        """OperationalError where nobody can say whether it survives the primary."""
        self.doubts = 0
        super()._commit()  # type: ignore[misc]  # the stubs leave it out
        if self.doubts:
            raise OperationalError(
                "committed here, but the standby may not have it: unknown outcome"
            )
