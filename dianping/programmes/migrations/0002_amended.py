from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="adoption",
            name="amended_by",
            field=models.CharField(blank=True, max_length=60, verbose_name="修订它的文件"),
        ),
    ]
