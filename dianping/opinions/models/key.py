"""钥匙: a custodian's public half. The private half stands on paper in his envelope and nowhere else."""

from django.db import models

from dianping.common.records.registry import Covered


class Key(models.Model):
    """One side's key of one poll. An envelope is sealed to both; neither opens anything alone (decision 0032)."""

    class Side(models.TextChoices):
        """Whose custodian."""

        UNIT = "unit", "本单位"
        SUPERIOR = "superior", "上级"

    poll = models.ForeignKey("opinions.Poll", models.CASCADE, related_name="keys")
    side = models.CharField("哪一方", max_length=10, choices=Side)
    account = models.CharField("保管账号", max_length=80)
    name = models.CharField("保管人", max_length=80)
    public = models.CharField("公钥", max_length=64, blank=True)
    taken_on = models.DateField("领取日", null=True)
    # Who kept it before, first to last: [{"account", "name", "until"}] (换保管人).
    instead_of = models.JSONField("以前的保管人", default=list, blank=True)

    record = Covered()

    class Meta:
        verbose_name = "钥匙"
        ordering = ["-side"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "side"], name="key_one_a_side"),
            models.UniqueConstraint(fields=["poll", "account"], name="key_one_an_account"),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.name}"

    @property
    def kept_by(self) -> list[str]:
        """Every account that keeps this key or kept it."""
        return [*(former["account"] for former in self.instead_of), self.account]

    @property
    def names_before(self) -> str:
        """The names of those who kept it before, first to last."""
        return "、".join(former["name"] for former in self.instead_of)
