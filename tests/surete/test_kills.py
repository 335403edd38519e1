"""Web processes and workers killed at random moments: what was accepted is kept and mailed, and every task ends."""

import datetime
import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site

from home.models import MessageContact
from home.operations import recevoir_message
from home.tasks import transmettre_message
from socle import background
from socle.courriels import ATTENTES
from socle.models import ReglagesSite
from tests.exploitation.conftest import own_site, production
from tests.exploitation.test_processes import DEFERRED, LATER, eventually
from tests.factories import ContactPageFactory

__all__ = ["own_site"]
WEB_KILLS, WORKER_KILLS = 5, 3
MARK = re.compile(r"marque-\d+-\d+-fin")


@contextmanager
def running(command: list[str], name: str, mail: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process with production settings, and kill it with all those it started at the end."""
    environment = production(name, DRILL_MAIL=str(mail), DJANGO_SETTINGS_MODULE="tests.surete.drill_settings")
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def web(port: int, name: str, mail: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = ["-m", "gunicorn", "--chdir", "site", "plateforme.wsgi", "--bind", f"127.0.0.1:{port}"]
    with running([*command, "--workers", "2", "--threads", "2"], name, mail) as process:
        assert eventually(lambda: post(port, "") is not None, 90), "the server does not answer"
        yield process


def post(port: int, message: str, sender: str = "192.0.2.1") -> str | None:
    """Send a message as a browser would; return where the answer leads, or None when there is none."""
    body = urlencode({"courriel": "a@exemple.test", "sujet": "autre", "message": message, "nom": "", "site_web": ""})
    headers = {
        "Host": "exemple.test",
        "Content-Type": "application/x-www-form-urlencoded",
        # Each from a place of its own, so that none is one too many.
        "X-Forwarded-For": sender,
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("POST", "/fr/contact/envoyer/", body, headers)
        return connection.getresponse().headers.get("Location", "")
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


@dataclass
class Visitors:
    """People who send messages one after the other, and remember which ones they were thanked for."""

    port: int
    accepted: list[str] = field(default_factory=list)
    unanswered: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    def send(self, person: int) -> None:
        rank = 0
        while not self._stop.is_set():
            rank += 1
            message = f"marque-{person}-{rank}-fin"
            answer = post(self.port, message, f"10.{person}.{rank // 250}.{rank % 250}")
            if answer == "/fr/contact/?envoye=1":
                self.accepted.append(message)
            elif answer is None:
                self.unanswered += 1
                time.sleep(0.05)

    @contextmanager
    def at_work(self, number: int = 3) -> Iterator[None]:
        threads = [threading.Thread(target=self.send, args=(person,)) for person in range(number)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def more(accepted: list[str], number: int = 5) -> Callable[[], bool]:
    """Tell when that many more messages have been accepted."""
    before = len(accepted)
    return lambda: len(accepted) >= before + number


def kill_web_processes(name: str, mail: Path) -> Visitors:
    """Have visitors send messages to a server whose processes keep being killed; the last time, all at once."""
    chance = random.Random(7)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    visitors = Visitors(port)
    with visitors.at_work():
        with web(port, name, mail) as server:
            for _time in range(WEB_KILLS):
                assert eventually(more(visitors.accepted), 60)
                time.sleep(chance.random() / 5)
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(children(server.pid)), signal.SIGKILL)
            assert eventually(more(visitors.accepted), 60)
        with web(port, name, mail):
            assert eventually(more(visitors.accepted), 60)
    return visitors


def kill_workers(name: str, mail: Path) -> None:
    """Kill workers each in the middle of a task, then let one work in peace."""
    chance = random.Random(11)
    under_way = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    worker = ["manage.py", "worker", "--interval", "0.05"]
    for _time in range(WORKER_KILLS):
        with running(worker, name, mail) as process:
            assert eventually(under_way.exists, 90)
            # Some tasks later: one that is interrupted three times is given up, as it may be what kills.
            time.sleep(chance.random() / 2)
            assert eventually(under_way.exists, 10)
            process.kill()
        assert eventually(lambda: not background.a_worker_is_alive(), 10)
        background.requeue_interrupted(timezone.now() + LATER)
    with running(worker, name, mail):
        waiting = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL)
        assert eventually(lambda: not waiting.exists(), 60)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the children of a process are read in /proc")
def test_no_message_that_was_accepted_is_ever_lost(own_site: str, tmp_path: Path) -> None:
    ContactPageFactory()
    reglages = ReglagesSite.for_site(Site.objects.get(is_default_site=True))
    reglages.courriel = "equipe@exemple.test"
    reglages.save()

    visitors = kill_web_processes(own_site, tmp_path)
    assert visitors.unanswered > 0, "no process was killed while it was needed"
    stored = list(MessageContact.objects.values_list("message", flat=True))
    assert sorted(set(visitors.accepted) - set(stored)) == []
    assert len(stored) == len(set(stored))
    # Nothing has left yet, and nothing is stored without what will send it.
    assert list(tmp_path.iterdir()) == []
    assert DBTaskResult.objects.count() == len(stored)

    kill_workers(own_site, tmp_path)
    interrupted = [task for task in DBTaskResult.objects.all() if len(task.worker_ids) > 1]
    assert interrupted, "no worker was killed in the middle of a task"
    mailed = [mark for path in tmp_path.iterdir() for mark in MARK.findall(path.read_text())]
    assert set(mailed) == set(stored)
    assert len(mailed) <= len(stored) + len(interrupted)


@pytest.mark.django_db
class TestMailServerDown:
    @pytest.fixture
    def message(self, settings: Any) -> MessageContact:
        settings.TASKS = DEFERRED
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
        return MessageContact.objects.create(courriel="a@exemple.test", sujet="autre", message="Secret", langue="fr")

    def test_the_mail_is_tried_again_later(self, message: MessageContact, caplog: pytest.LogCaptureFixture) -> None:
        transmettre_message.call(message.pk, "equipe@exemple.test")
        task = DBTaskResult.objects.get()
        assert task.status == TaskResultStatus.READY
        assert task.run_after > timezone.now()
        assert task.args_kwargs["args"] == [message.pk, "equipe@exemple.test", 1]
        assert "Secret" not in caplog.text

    def test_for_a_day_then_somebody_is_told(self, message: MessageContact, caplog: pytest.LogCaptureFixture) -> None:
        assert sum(ATTENTES, datetime.timedelta()) >= datetime.timedelta(hours=22)
        transmettre_message.call(message.pk, "equipe@exemple.test", len(ATTENTES))
        assert not DBTaskResult.objects.exists()
        assert [record.levelname for record in caplog.records] == ["ERROR"]
        assert MessageContact.objects.filter(pk=message.pk).exists()

    def test_a_message_deleted_meanwhile_is_not_mailed(self, message: MessageContact) -> None:
        message.delete()
        transmettre_message.call(1, "equipe@exemple.test")
        assert not DBTaskResult.objects.exists()

    def test_the_task_holds_nothing_of_the_person(self, message: MessageContact) -> None:
        recevoir_message(message, "equipe@exemple.test")
        assert DBTaskResult.objects.get().args_kwargs == {"args": [message.pk, "equipe@exemple.test"], "kwargs": {}}

    def test_a_message_whose_mail_cannot_be_queued_is_refused(
        self, message: MessageContact, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(DBTaskResult, "save", lambda *_args, **_kwargs: 1 // 0)
        new = MessageContact(courriel="b@exemple.test", sujet="autre", message="Autre", langue="fr")
        with pytest.raises(ZeroDivisionError):
            recevoir_message(new, "equipe@exemple.test")
        assert list(MessageContact.objects.all()) == [message]
