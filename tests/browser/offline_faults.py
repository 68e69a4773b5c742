"""Random sequences of what goes wrong in a stairwell, each from a seed, so that it can be repeated.

``python -m tests.browser.offline_faults 0 200`` runs the sequences 0 to 199 and prints what it did.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Error, sync_playwright

from tests.browser.offline import Phone, World, world_in
from tests.browser.pictures import picture
from tests.browsing import FLAGS, chromium_path

LOST = ("request lost", "answer lost", "500", "502", "429", "answer lost")
STEPS = 5


@dataclass
class Record:
    """One visit as it was written, under words that occur once."""

    words: str
    photos: int


class Stairwell:
    """One phone on which records are written and saved while the random source breaks things."""

    def __init__(self, phone: Phone, world: World, folder: Path) -> None:
        self.phone, self.world = phone, world
        self.pictures = [picture(folder, number, (320, 240)) for number in range(3)]
        self.records: list[Record] = []
        self.tried: Counter[str] = Counter()

    def run(self, seed: int) -> list[str]:
        """Play one sequence; return what is wrong at its end, nothing when all is well."""
        chance = random.Random(seed)
        self.records = []
        for step in range(STEPS):
            name = chance.choice(
                ["write", "write", "kill", "offline", "restart", "expire", "reload"]
            )
            self.tried[name] += 1
            getattr(self, name)(chance, f"序列{seed}第{step}条")
        if not self.records:
            self.write(chance, f"序列{seed}最后一条")
        self.heal()
        return self.wrong()

    def write(self, chance: random.Random, words: str) -> None:
        """Write a visit, with up to two photos, and save it while something fails."""
        page, photos = self.phone.page, chance.choice([0, 0, 1, 2])
        self.phone.offline(False)
        self.ready()
        self.phone.write_visit(chance.choice(self.blank_forms()), words)
        if photos:
            self.phone.add_photos(*self.pictures[:photos])
        faults = chance.choices([*LOST, "422", "pass"], k=chance.randint(0, 3))
        self.tried.update(faults)
        self.phone.faults = faults
        if chance.random() < 0.3:
            self.phone.offline()
        self.records.append(Record(words, photos))
        self.phone.save()
        # The form gives way once the record is stored; what follows may come at any moment then.
        page.locator("form[data-kept]").wait_for(state="detached")
        page.wait_for_timeout(chance.choice([0, 0, 30, 200]))

    def blank_forms(self) -> list[int]:
        """The homes whose form comes empty: a refused record comes back into its own, and who
        writes over it has changed that one.
        """
        drafts = {draft["form"] for draft in self.phone.kept("drafts")}
        blank = [home for home in self.world.homes if f"/visits/new?household={home}" not in drafts]
        if not blank:
            self.phone.faults = []
            self.mend()
        return blank or self.world.homes

    def kill(self, _chance: random.Random, _words: str) -> None:
        self.phone.kill_tab()
        self.visit("/outbox")

    def reload(self, _chance: random.Random, _words: str) -> None:
        self.visit("/outbox")

    def offline(self, chance: random.Random, _words: str) -> None:
        self.phone.offline(chance.random() < 0.5)

    def restart(self, _chance: random.Random, _words: str) -> None:
        self.world.restart()

    def expire(self, _chance: random.Random, _words: str) -> None:
        """The login runs out on the server."""
        self.world.expire_logins()

    def visit(self, path: str) -> None:
        """Open a page; without a network it does not come."""
        try:
            self.phone.open(path)
        except Error:
            self.tried["page did not come"] += 1

    def ready(self) -> None:
        """A page of a person who is logged in."""
        self.phone.open("/")
        if "/login" in self.phone.page.url:
            self.phone.log_in()

    def heal(self) -> None:
        """The network is back, the person logs in again, and deals with what needs it."""
        self.phone.faults = []
        self.phone.offline(False)
        self.ready()
        self.mend()
        self.phone.open("/outbox")
        self.phone.until(self.phone.all_sent, 30)

    def mend(self) -> None:
        """Save again what was refused or not saved."""
        unsaved = [draft["form"] + "#" + draft["id"] for draft in self.phone.kept("drafts")]
        refused = [
            item["form"] + "#" + item["id"]
            for item in self.phone.kept("outbox")
            if item["state"] == "trouble"
        ]
        for address in unsaved + refused:
            self.phone.open("/outbox")
            page = self.phone.open(address)
            page.locator("form[data-kept]").wait_for(state="attached")
            self.phone.save()
            page.wait_for_url(re.compile(r"/visits/\d+$"))

    def wrong(self) -> list[str]:
        """Each record is on the server once, with its photos; nothing waits on the phone."""
        found = []
        for record in self.records:
            rows = self.world.rows(
                "SELECT v.id, count(p.photo_id) FROM visit v LEFT JOIN visit_photo p"
                " ON p.visit_id = v.id WHERE v.note = :words GROUP BY v.id",
                words=record.words,
            )
            if len(rows) != 1 or rows[0][1] != record.photos:
                found.append(f"{record}: {[tuple(row) for row in rows]}")
        return found + self.phone.errors


def play(first: int, count: int, folder: Path) -> tuple[list[str], Counter[str], int]:
    """Run sequences; return what went wrong, what was tried how often, and how many records."""
    wrong: list[str] = []
    with world_in(folder / "instance") as world, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        stairwell = Stairwell(Phone(browser, world).log_in(), world, folder)
        records = 0
        for seed in range(first, first + count):
            try:
                found = stairwell.run(seed)
            except (Error, AssertionError, TimeoutError) as error:
                found = [str(error)]
                stairwell.phone.kill_tab()
            records += len(stairwell.records)
            wrong += [f"{seed}: {what}" for what in found]
            # Said at once: a long run that is stopped has still told what it saw.
            said = "; ".join(found) or "well"
            print(f"{seed} {len(stairwell.records)} records {said}", flush=True, file=sys.stderr)
        browser.close()
    return wrong, stairwell.tried, records


if __name__ == "__main__":
    import logging

    from blueprints.accounts.models import hasher

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    hasher.__init__(time_cost=1, memory_cost=8, parallelism=1)
    with TemporaryDirectory() as folder:
        told, tried, saved = play(int(sys.argv[1]), int(sys.argv[2]), Path(folder))
    print(*told, sep="\n")
    print(f"{sys.argv[2]} sequences, {saved} records, {len(told)} wrong; {dict(tried)}")
