"""From a filed review to its problems on the rectification list: one sequence, one transaction."""

from datetime import datetime

from django.db import transaction

from dianping.common.audit import Actor
from dianping.orgs.models import Organisation, Person, Post
from dianping.rectification.services import open_items
from dianping.reviews.models import Review
from dianping.reviews.services import Said, file_review


@transaction.atomic
def file_and_follow(
    *,
    post: Post,
    reviewer: Person,
    about: str,
    organisation: Organisation,
    person: Person | None,
    said: Said,
    version: int,
    moment: datetime,
    actor: Actor,
) -> Review:
    """File a review and open an item for each of its problems."""
    review = file_review(
        post=post,
        reviewer=reviewer,
        about=about,
        organisation=organisation,
        person=person,
        said=said,
        version=version,
        moment=moment,
        actor=actor,
    )
    open_items(review=review, actor=actor)
    return review
