"""Which sealed files exports point to: asked before the night's sweep."""

from doudi.exports.models import Export


def kept_names() -> set[str]:
    """Names of the files."""
    return set(Export.objects.exclude(stored_name="").values_list("stored_name", flat=True))
