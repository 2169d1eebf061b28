"""The programme's year from one signature to the next; each station stands on the one before."""

from pathlib import Path

import pytest

from tests.journeys import conference, onward, region, work


@pytest.mark.requirement(9, 10, 14, 42, 43, 44, 45, 48, 50, 52, 54)
def test_the_year_2020_and_what_came_of_it(db: None, tmp_path: Path) -> None:
    here = region.founded(tmp_path)
    signed = work.sign_agreement(here)
    work.issue_plan(here)
    work.report_a_year(here)
    meeting = conference.invite(here)
    conference.name_delegates(here, meeting)
    review = work.issue_review(here, tmp_path)
    conference.check_in(here, meeting)
    concluded = conference.conclude(here, meeting, work.total(review, "ca"))
    conference.write_minutes(here, meeting)
    tasks = conference.give_tasks(here, meeting, concluded)
    onward.report_on_conclusions(here, tasks)
    onward.open_with_last_time(here, meeting, concluded)
    onward.amend_agreement(here, signed, concluded[4])
    onward.send_the_neighbour(here)
