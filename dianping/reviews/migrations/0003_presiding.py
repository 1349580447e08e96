from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_draft_occasion")]

    operations = [
        migrations.AlterField(
            model_name="attendance",
            name="standing",
            field=models.CharField(
                choices=[
                    ("reviewed", "被点评人"),
                    ("host", "主持"),
                    ("ordinary", "普通党员"),
                    ("masses", "群众代表"),
                    ("guest", "列席"),
                ],
                default="ordinary",
                max_length=8,
                verbose_name="身份",
            ),
        ),
    ]
