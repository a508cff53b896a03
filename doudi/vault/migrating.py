"""An index on a large table that nobody has to wait for (promises.md P11)."""

from typing import Any

from django.db.migrations.operations import AddIndex


class AddIndexSafely(AddIndex):
    """On PostgreSQL made beside the work (`concurrently`), so its migration is `atomic = False`.

    Cut off, it leaves an invalid index behind: it is dropped and the migration run again.
    """

    atomic = False

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """As AddIndex, without the lock that keeps writers out."""
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        schema_editor.add_index(model, self.index, concurrently=True)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Taken away beside the work too."""
        if schema_editor.connection.vendor != "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
            return
        model = from_state.apps.get_model(app_label, self.model_name)
        schema_editor.remove_index(model, self.index, concurrently=True)
