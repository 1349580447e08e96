from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "dianping.pages"
    label = "pages"
    verbose_name = "页面"

    def ready(self) -> None:
        """Problems named by a review or at a hearing link to its page."""
        from dianping.rectification.sources import HEARING, REVIEW, SourceKind, register_source_kind

        register_source_kind(SourceKind(REVIEW, "点评", "reviews:review"))
        register_source_kind(SourceKind(HEARING, "听取汇报", "occasions:heard"))
