"""A roll may be one line paid at once (先行救助); the month's own roll stays the only one.

The frozen tables' triggers are laid aside and put back: SQLite makes the table anew.
"""

from importlib import import_module

from django.db import migrations, models

frozen = import_module("doudi.benefits.migrations.0002_frozen_rolls")


class Migration(migrations.Migration):
    dependencies = [("benefits", "0002_frozen_rolls")]
    operations = [
        migrations.RunPython(frozen.backward, frozen.forward),
        migrations.RemoveConstraint(model_name="roll", name="one_roll_a_county_month"),
        migrations.AddField(
            model_name="roll",
            name="kind",
            field=models.CharField(default="monthly", max_length=8),
        ),
        migrations.AddConstraint(
            model_name="roll",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "monthly")),
                fields=("county", "month"),
                name="one_roll_a_county_month",
            ),
        ),
        migrations.RunPython(frozen.forward, frozen.backward),
    ]
