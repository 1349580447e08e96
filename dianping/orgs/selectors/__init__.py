"""Reading organisations, people and posts."""

from dianping.orgs.selectors.organisations import (
    by_head,
    children_of,
    children_with_heads,
    organisation_by_code,
    organisation_or_top,
    organisations_at,
    organisations_below,
    organisations_named,
    organisations_sounding,
    path_of,
    places_and_right_below,
    standing_below,
    top_organisation,
)
from dianping.orgs.selectors.people import (
    branch_on,
    member_count,
    members_of,
    people_named,
    person_by_id,
    standings_of,
)
from dianping.orgs.selectors.posts import heads_on, posts_held, seats_held, tenures_of

__all__ = [
    "branch_on",
    "by_head",
    "children_of",
    "children_with_heads",
    "heads_on",
    "member_count",
    "members_of",
    "organisation_by_code",
    "organisation_or_top",
    "organisations_at",
    "organisations_below",
    "standing_below",
    "organisations_named",
    "organisations_sounding",
    "path_of",
    "people_named",
    "person_by_id",
    "places_and_right_below",
    "posts_held",
    "seats_held",
    "standings_of",
    "tenures_of",
    "top_organisation",
]
