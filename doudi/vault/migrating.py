"""Indices of large tables, made and taken away while people work (promises.md P11)."""

from typing import Any

from django.db.migrations.operations import AddIndex, AlterField


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


class DropIndexSafely(AlterField):
    """A foreign key's own index goes where another index begins with its column.

    Nothing else of the field changes, so the table stays as it is, with its triggers. On PostgreSQL
    it goes beside the work, so its migration is `atomic = False`.
    """

    atomic = False

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Drops the index; nothing where it is gone already."""
        _model, name, beside = self._index(app_label, schema_editor, from_state)
        schema_editor.execute(f"drop index {beside} if exists {schema_editor.quote_name(name)}")

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Makes it again."""
        model, name, beside = self._index(app_label, schema_editor, from_state)
        quote, column = schema_editor.quote_name, model._meta.get_field(self.name).column
        on = f"{quote(model._meta.db_table)} ({quote(column)})"
        schema_editor.execute(f"create index {beside} {quote(name)} on {on}")

    def _index(self, app_label: str, schema_editor: Any, state: Any) -> tuple[Any, str, str]:
        model = state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.name).column
        name = schema_editor._create_index_name(model._meta.db_table, [column])
        vendor = schema_editor.connection.vendor
        return model, name, "concurrently" if vendor == "postgresql" else ""
