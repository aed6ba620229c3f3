"""Work in the background: order, state, failures, and what need not be done twice."""

from __future__ import annotations

import threading

import pytest

from retold.errors import NothingFound, RetoldError, UsageError
from retold.web.working import Worker


def test_jobs_are_done_in_order_and_a_failure_ends_only_itself():
    worker = Worker("test")
    done = []

    def fail(job):
        raise RetoldError("it broke", advice="mend it")

    def crash(job):
        raise ZeroDivisionError

    jobs = [
        worker.submit("one", lambda job: done.append(1)),
        worker.submit("two", fail),
        worker.submit("three", crash),
        worker.submit("four", lambda job: done.append(4)),
    ]
    assert jobs[-1].wait(60)
    assert done == [1, 4]
    assert [job.state for job in jobs] == ["done", "failed", "failed", "done"]
    assert jobs[1].error is not None
    assert jobs[1].error.advice == "mend it"
    assert "ZeroDivisionError" in str(jobs[2].error)
    assert worker.job(2) is jobs[1]
    assert worker.unended() == []
    worker.close()
    with pytest.raises(UsageError, match="ending"):
        worker.submit("late", lambda job: None)


def test_what_waits_already_is_not_asked_for_twice():
    worker = Worker("test")
    begun, go = threading.Event(), threading.Event()

    def first_of_all(job):
        begun.set()
        assert go.wait(60)

    first = worker.submit("first", first_of_all, key="same")
    assert begun.wait(60)
    second = worker.submit("second", lambda job: None, key="same")
    assert second is not first  # what is being done may have missed what is new
    assert worker.submit("third", lambda job: None, key="same") is second
    for number in range(49):
        worker.submit(f"{number}", lambda job: None)
    with pytest.raises(UsageError, match="too much"):
        worker.submit("one more", lambda job: None)
    go.set()
    assert second.wait(60)
    worker.close()


def test_old_work_is_forgotten_and_unended_work_is_not():
    worker = Worker("test")
    last = None
    for _ in range(230):
        last = worker.submit("x", lambda job: None)
        assert last.wait(60)
    assert last is not None
    assert worker.job(last.number) is last
    with pytest.raises(NothingFound):
        worker.job(1)
    worker.close()
