"""What the walk looks at: one family in the village of ``cast.village``, with unusual names."""

import io
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.deputies import name_deputy
from accounts.models import ApiToken
from accounts.reveals import reveal
from accounts.tokens import issue_token
from assistance.exceptions.papers import add_paper as add_proof
from assistance.funds.booking import deposit, open_fund
from assistance.funds.granting import apply_for_grant
from assistance.funds.urgent import relieve_at_once
from assistance.groups.acts import begin_action, pick
from assistance.insurance.premiums import pay_premium
from assistance.models import ClaimPaper, MeasureNote, SocialOffer
from assistance.plans.acts import write_plan
from assistance.points.booking import earn
from assistance.points.posting import publish_list
from assistance.points.rules import add_good, set_rule
from assistance.projects.assets import ask_write_off, register_asset
from assistance.projects.collective import earn as book_income
from assistance.projects.helping import name_households
from assistance.projects.leases import make_lease
from assistance.projects.store import pass_on, propose
from assistance.projects.upkeep import inspect
from assistance.social.matching import deliver, match
from assistance.social.needs import note_need, publish_need
from assistance.social.offers import accept_offer, offer
from duties.doing import open_task
from feeds.models import FeedRow, FeedUpload
from feeds.models.uploads import sealed_person
from households.models import Difference, Event, Fault, NationalImport, Photo, Refusal, Visit
from households.national.keeping import Sealed
from households.register import record_household
from jobs.models import Job
from jobs.schedules.acts import schedule_download
from monitoring.assurances.following import follow_assurances
from monitoring.campaigns.opening import open_campaign
from monitoring.cases.casework import open_case
from monitoring.clues.receiving import Person, Told, receive
from monitoring.comparison.running import follow_differences
from monitoring.models import Assessment, Consolidation, FlagLine, RedFlag
from monitoring.models import Difference as Compared
from monitoring.review import review_month
from monitoring.supervision.acts import enter_finding
from monitoring.tiers.rounds import open_tier_rounds
from reports.bulletin.acts import compose, object_to, show
from reports.figures.rolling import roll_up
from reports.ledger_views import save_view
from reports.ledgers import LEDGERS
from reports.models import Rollup
from reports.trials.trying import try_figures
from tests.assistance.insured import opened, policy_of, with_bill
from tests.cast import COLUMNS, NOW, SHANGHAI, TODAY

EXPORT = "户信息\n导出时间：2020-06-25\n户编号,人编号,姓名,证件号码\n34152499887766,01,诸葛大壮,x\n"
MONTH_END = datetime(2020, 6, 30, 23, 30, tzinfo=SHANGHAI)


class Scene:
    """One object of each kind that an address can name; each is made when first asked for."""

    ID = "341524201204262611"
    PHONE = "13866496171"
    ACCOUNT = "6217794971895478440"
    # Whoever does not see the household meets none of these anywhere.
    NAMES = ("诸葛大壮", "诸葛小妹", "34152499887766", "341524********2611", "138****6171")
    PLAIN = (ID, PHONE, ACCOUNT)
    SEEN_BY = set("village assigned township county city province education water auditor".split())

    def __init__(self, cast):
        self.cast = cast
        self.household = cast.household(
            number="34152499887766",
            head_name="诸葛大壮",
            phone=self.PHONE,
            bank_account=self.ACCOUNT,
            water_safe=False,
            in_charge=cast.assigned.officer,
            responsible_name=cast.assigned.officer.name,
            last_visited_on=TODAY,
        )
        self.head = cast.member(self.household, name="诸葛大壮", relation="head")
        self.member = cast.member(
            self.household,
            name="诸葛小妹",
            resident_id=self.ID,
            born_on=date(2012, 4, 26),
            school="primary",
        )
        self.income = cast.income(self.household)
        record_household(
            self.household,
            on=TODAY,
            origin="correction",
            by=cast.county.officer,
            at=NOW,
            house_grade="D",
        )
        # Made at once, so that every list of them has something to hide.
        self.made = [self.visit, self.event, self.photo, self.job, self.run, self.reveal]
        self.made += [
            self.plan,
            self.action,
            self.loaded,
            self.note,
            self.case,
            self.objection,
            self.enquiry,
        ]
        self.made += [self.feed, self.paper, self.consolidation, self.fault, self.difference]
        follow_assurances(at=MONTH_END)
        self.made += [self.grant, self.relief]
        self.made += [self.claim_paper, self.premium, self.proof]

    @cached_property
    def difference(self):
        return Difference.objects.create(
            household=self.household, member=self.member, column="name", said={"name": "旧名"},
            here={"name": self.member.name}, since=TODAY, origin="visit", found_on=TODAY,
        )  # fmt: skip

    @cached_property
    def fault(self):
        return Fault.objects.create(
            household=self.household, member=self.member, code=401, found_on=TODAY
        )

    @cached_property
    def task(self):
        return open_task(
            "request",
            key=self.household.id,
            at_division=self.cast.village.division,
            household=self.household,
            words=f"{self.household.head_name} 家的水井",
            by=self.cast.township,
            at=NOW,
        )[0]

    @cached_property
    def finding(self):
        """A finding of the county about the household; a photo was put to it."""
        return enter_finding(
            kind="survey",
            found_on=TODAY,
            division=self.cast.village.division,
            household=self.household,
            words=f"{self.household.head_name} 家饮水不安全",
            days=5,
            files=[(ContentFile(_dot(), name="found.jpg"), "found.jpg", "0" * 64)],
            by=self.cast.county,
            at=NOW,
        )

    @cached_property
    def campaign(self):
        """A screening of the county with the household's line besides; it lists nobody else."""
        made = open_campaign(
            kind="screening", since=date(2020, 6, 1), until=date(2020, 7, 31),
            groups=["illness"], by=self.cast.county, at=NOW,
        )  # fmt: skip
        places = {f"{level}_id": getattr(self.household, f"{level}_id") for level in COLUMNS}
        made.lines.create(household=self.household, groups=["illness"], **places)
        return made

    @cached_property
    def finding_file(self):
        return self.finding.acts.get().files.get()

    @cached_property
    def visit(self):
        return Visit.objects.create(
            client_id=uuid.uuid4(),
            household=self.household,
            visited_on=TODAY,
            made_at=NOW,
            received_at=NOW,
            officer=self.cast.village.officer,
            post=self.cast.village,
            method="in_person",
            words="诸葛大壮说收成不好",
        )

    @cached_property
    def photo(self):
        return Photo.objects.create(
            visit=self.visit,
            client_id=uuid.uuid4(),
            image=SimpleUploadedFile("house.png", _dot(), "image/png"),
        )

    @cached_property
    def run(self):
        """The month is reviewed: the household's house makes it red, and a flag is set."""
        return review_month(
            province=self.cast.province.division,
            month=date(2020, 6, 1),
            by=self.cast.province,
            at=MONTH_END,
        )

    @cached_property
    def rolled(self):
        """The code of a figure that counts the household."""
        roll_up(self.run)
        return "flags_opened"

    @cached_property
    def trial(self):
        return try_figures(
            run=self.run, values={"line": 6000}, name="6000", by=self.cast.province, at=MONTH_END
        )

    @cached_property
    def bulletin(self):
        """Composed of three months that are late in Jinzhai, and shown to the counties."""
        for code in ("340000000000", "341524000000"):
            for month in (1, 2, 3):
                Rollup.objects.create(
                    division=self.cast.divisions[code],
                    month=date(2020, month, 1),
                    values={"flags_overdue": [2, 3]},
                )
        by, at = self.cast.province, timezone.now()
        made = compose(province=by.division, quarter=date(2020, 1, 1), by=by, at=at)
        return show(made, seen_version=1, by=by, at=at)

    @cached_property
    def named(self):
        return self.bulletin.named.get()

    @cached_property
    def bulletin_objection(self):
        return object_to(
            self.named,
            figure="flags_overdue",
            words="名单有误",
            proof=ContentFile(_dot(), name="proof.jpg"),
            proof_name="proof.jpg",
            by=self.cast.county,
            at=timezone.now(),
        )

    @cached_property
    def flag(self):
        assert self.run
        return RedFlag.objects.get(household=self.household)

    @cached_property
    def line(self):
        assert self.run
        return FlagLine.objects.get(household=self.household)

    @cached_property
    def assessment(self):
        assert self.run
        return Assessment.objects.get(household=self.household)

    @cached_property
    def clue(self):
        """On the village's desk, for another household of it."""
        told = Told("department", "诸葛大壮住院，自付三万元", "金寨县医疗保障局")
        return receive(told, household=self.household, by=None, at=NOW)[0]

    @cached_property
    def stray_clue(self):
        """About somebody whose household nobody has found yet."""
        person = Person("诸葛大壮", "341524197001012619", "13955642619")
        told = Told("household", "诸葛大壮家房屋漏雨", "诸葛大壮")
        village = self.cast.village.division
        return receive(told, village=village, person=person, by=None, at=NOW)[0]

    @cached_property
    def compared(self):
        """A difference to a department's data; its task lies on the village's desk."""
        found = Compared.objects.create(
            rule="death", answer="task", household=self.household, department="public_security",
            figures={"name": "诸葛大壮", "day": "2020-05-20"}, mark="2020-05-20",
            on=MONTH_END.date(), found_at=NOW,
        )  # fmt: skip
        follow_differences(at=NOW)
        return found

    @cached_property
    def reveal(self):
        return reveal(self.household, "phone", because="核对电话号码", by=self.cast.village, at=NOW)

    @cached_property
    def measure(self):
        """The county's water department is in charge of it."""
        return self.cast.measure(self.household, "water_supply", words="诸葛大壮家接自来水")

    @cached_property
    def excepted(self):
        """Of the county's water department too, with the exception of AH 4.1.2."""
        said = {"exception": "disaster", "exception_problem": "water"}
        words = "诸葛大壮家无力承担"
        return self.cast.measure(
            self.household, "water_supply", words="引水管", exception_words=words, **said
        )

    @cached_property
    def proof(self):
        file = ContentFile(b"%PDF-1.4 %%EOF", name="proof.pdf")
        said = {"file": file, "name": "诸葛大壮受灾证明.pdf", "digest": "a" * 64}
        return add_proof(self.excepted, **said, by=self.cast.village, at=NOW)[0]

    @cached_property
    def plan(self):
        """Drawn up by the village and not yet submitted."""
        return write_plan(
            self.household,
            facts={
                "wishes": "诸葛大壮想养蜂",
                "valid_from": TODAY,
                "valid_until": TODAY + timedelta(days=180),
            },
            lines=[],
            by=self.cast.village,
            at=NOW,
        )

    @cached_property
    def action(self):
        """The village's, with the scene's member in it and nothing recorded yet."""
        today = timezone.localdate()
        made = begin_action(
            kind="training",
            title="诸葛大壮等人的采茶班",
            organiser="村委会",
            started_on=today,
            due_on=today,
            by=self.cast.village,
            at=timezone.now(),
        )[0]
        pick(made, whom=[(self.household.id, self.member.id)], by=self.cast.village)
        return made

    @cached_property
    def case(self):
        """A tier that the village has opened and not yet passed on; it stays on its desk."""
        return open_case(
            procedure="tier",
            household=self.household,
            proposal={"tier": "yellow"},
            because="诸葛大壮家房屋未修缮",
            by=self.cast.village,
            at=NOW,
        )

    @cached_property
    def paper(self):
        return self.case.papers.create(
            kind="proof",
            file=SimpleUploadedFile("paper.pdf", b"%PDF-1.4 %%EOF"),
            name="诸葛大壮的证明.pdf",
            size=14,
            digest="0" * 64,
            added_by=self.cast.village,
            added_at=NOW,
        )

    @cached_property
    def consolidation(self):
        """A list of the township with the scene's case in it."""
        made = Consolidation.objects.create(
            township=self.cast.township.division,
            number="汇-341524-2020-9988",
            made_by=self.cast.township,
            made_at=NOW,
        )
        made.cases.add(self.case)
        return made

    @cached_property
    def notice(self):
        return self.case.notices.create(
            step=0,
            place="诸葛大壮家门口",
            up_on=TODAY,
            until=TODAY + timedelta(days=5),
            put_up_by=self.cast.village,
        )

    @cached_property
    def objection(self):
        return self.notice.objections.create(
            case=self.case,
            raised_on=TODAY,
            words="诸葛大壮家有轿车",
            recorded_by=self.cast.village,
        )

    @cached_property
    def enquiry(self):
        """What the county's water department is asked."""
        return self.case.enquiries.create(
            department="water",
            asked_at_division=self.cast.county.division,
            question="诸葛大壮家饮水是否达标",
            asked_by=self.cast.county,
            asked_at=NOW,
            due_on=TODAY + timedelta(days=4),
        )

    @cached_property
    def need(self):
        words = f"{self.household.head_name} 家缺一台水泵"
        said = {"kind": "goods", "amount": Decimal(3), "words": words, "agreed": True}
        noted = note_need(self.household, **said, by=self.cast.village, at=NOW)[0]
        public = {"public_words": "一户缺水泵", "seen_version": 1}
        return publish_need(noted, **public, by=self.cast.township, at=NOW)

    @cached_property
    def offer(self):
        given = {"giver": "company", "name": "六安水泵厂", "contact": "张", "words": "水泵"}
        given |= {"phone": self.PHONE, "kind": "goods", "amount": Decimal(3)}
        offer(division=self.cast.township.division, at=NOW, **given)
        by = self.cast.township
        return accept_offer(SocialOffer.objects.get(), seen_version=1, by=by, at=NOW)

    @cached_property
    def match(self):
        said = {"amount": Decimal(2), "by": self.cast.township, "at": NOW}
        return match(self.need, self.offer, **said)[0]

    @cached_property
    def delivery(self):
        said = {"amount": Decimal(1), "on": TODAY, "by": self.cast.village, "at": NOW}
        photo = SimpleUploadedFile("pump.png", _dot(), "image/png")
        return deliver(self.match, photo=photo, **said)[0]

    @cached_property
    def point_rule(self):
        said = {"division": self.cast.village.division, "words": "庭院整洁", "points": 10}
        return set_rule(**said, since=TODAY, by=self.cast.village, at=NOW)

    @cached_property
    def good(self):
        said = {"division": self.cast.village.division, "name": "毛巾", "points": 5, "stock": 9}
        return add_good(**said, by=self.cast.village, at=NOW)

    @cached_property
    def entry(self):
        said = {"rule": self.point_rule, "on": TODAY, "by": self.cast.village, "at": NOW}
        return earn(self.household, **said)[0]

    @cached_property
    def point_list(self):
        assert self.entry
        said = {"village": self.cast.village.division, "month": TODAY.replace(day=1)}
        return publish_list(**said, by=self.cast.village, at=NOW + timedelta(days=10))

    @cached_property
    def note(self):
        return MeasureNote.objects.create(
            measure=self.measure,
            on=TODAY,
            words="诸葛大壮说水管到门口了",
            photo=SimpleUploadedFile("tap.png", _dot(), "image/png"),
            recorded_by=self.cast.village,
            recorded_at=NOW,
        )

    @cached_property
    def tier_round(self):
        """The county's, with the household of the scene in it."""
        april = {"month": date(2020, 4, 1), "by": None, "at": NOW}
        return open_tier_rounds(division=self.cast.county.division, **april)[0]

    @cached_property
    def loaded(self):
        """A file of the township that was checked, with a cell that was refused."""
        loaded = NationalImport.objects.create(
            file=_sealed(EXPORT),
            file_name="export.csv",
            digest="0",
            exported_on=TODAY,
            state="checked",
            division=self.cast.township.division,
            asked_by=self.cast.township,
            asked_at=NOW,
        )
        Refusal.objects.create(
            of_import=loaded,
            row=4,
            column="证件号码",
            household_number=self.household.number,
            value="341524********2611",
            reason="id_characters",
        )
        return loaded

    @cached_property
    def feed(self):
        """What the county's water department uploaded, with a row that found nobody."""
        feed = FeedUpload.objects.create(
            kind=61,
            department="water",
            division=self.cast.county.division,
            file_name="water.csv",
            digest="0",
            as_of=TODAY,
            state="loaded",
            columns={"resident_id": "证件号码", "name": "姓名", "water_safe": "饮水是否安全"},
            counts={
                **dict.fromkeys(("rows", "no_hit", "new"), 1),
                **dict.fromkeys(("matched", "name_differs", "several_hits", "rows_refused"), 0),
                "members": 0,
                "reasons": {"no_hit": 1},
            },
            asked_by=self.cast.water,
            asked_at=NOW,
            loaded_at=NOW,
        )
        feed.troubles.create(
            row=2, reason="no_hit", person=sealed_person(self.ID, "诸葛小妹"), masked=self.NAMES[3]
        )
        FeedRow.objects.create(
            kind=61, upload=feed, member=self.member, household=self.household, on=TODAY,
            name_matches=True, news=True, values={"water_safe": True},
        )  # fmt: skip
        return feed

    @cached_property
    def officer(self):
        """Somebody in the village whom the administrator keeps."""
        return self.cast.village.officer

    @cached_property
    def token(self):
        issue_token(post=self.cast.next_village, name="machine")
        return ApiToken.objects.latest("id")

    @cached_property
    def deputy(self):
        today = timezone.localdate()
        return name_deputy(
            post=self.cast.village,
            officer=self.cast.assigned.officer,
            since=today,
            until=today + timedelta(days=9),
            because="training",
            by=self.cast.village,
            at=timezone.now(),
        )

    @cached_property
    def ledger_view(self):
        """Saved by the county and shared."""
        asked = {"ledger": LEDGERS["employment"], "query": {"part": "idle"}, "shared": True}
        return save_view(name="未就业", **asked, by=self.cast.county, at=NOW)

    @cached_property
    def fund(self):
        """The county's relief fund, with a deposit."""
        county, on = self.cast.county, date(2020, 1, 2)
        return open_fund(division=county.division, name="县级救助基金", on=on, by=county, at=NOW)

    @cached_property
    def deposited(self):
        given = {"source": "social", "donor": "茶叶协会", "paper": "1", "amount": Decimal(5000)}
        return deposit(self.fund, on=TODAY, by=self.cast.county, at=NOW, **given)[0]

    @cached_property
    def grant(self):
        """Applied for by the responsible person; the village signs next."""
        asked = {"fund": self.fund, "amount": Decimal(500), "need": "illness"}
        asked |= {"words": "诸葛大壮住院", "by": self.cast.assigned, "at": NOW}
        return apply_for_grant(self.household, **asked)[0]

    @cached_property
    def relief(self):
        """Given at once, not filed yet."""
        given = {"fund": self.fund, "amount": Decimal(300), "need": "disaster"}
        given |= {"words": "诸葛大壮家进水", "by": self.cast.county, "at": NOW}
        assert self.deposited
        return relieve_at_once(self.household, **given)[0]

    @cached_property
    def asset(self):
        """A workshop of the village's collective."""
        facts = {"name": "诸葛大壮家旁的车间", "kind": "workshop", "nature": "productive"}
        facts |= {"place": "村部", "built_year": 2019, "owner": "collective", "owner_name": ""}
        facts |= {"keeper": "village", "keeper_name": "村委会", "supervisor": "镇扶贫办"}
        return self._registered(use="in_use", **facts)

    def _registered(self, **facts):
        place, by = self.cast.village.division, self.cast.township
        said = {"money": {"special": Decimal(9000)}, "at_division": place, "by": by, "at": NOW}
        return register_asset(**facts, **said)[0]

    @cached_property
    def asset_of_water(self):
        """Drinking water works, which the water department is in charge of."""
        facts = {"name": "村水厂", "kind": "water", "nature": "public", "use": "in_use"}
        facts |= {"place": "后山", "built_year": 2019, "owner": "collective", "owner_name": ""}
        facts |= {"keeper": "village", "keeper_name": "村委会", "supervisor": "县水利局"}
        return self._registered(**facts)

    @cached_property
    def asset_asked(self):
        """One that the village wants written off."""
        names = ("name", "kind", "nature", "place", "built_year", "owner", "owner_name")
        names += ("keeper", "keeper_name", "supervisor", "use")
        made = self._registered(**{name: getattr(self.asset, name) for name in names})
        return ask_write_off(made, because="塌了", by=self.cast.village, at=NOW)

    @cached_property
    def asset_seen(self):
        photo = ContentFile(_dot(), name="seen.jpg")
        said = {"on": TODAY, "words": "在用", "found": "in_use", "photo": photo}
        return inspect(self.asset, **said, by=self.cast.village, at=NOW)

    @cached_property
    def lease(self):
        said = {"lessee": "茶厂", "paper": "租1", "since": TODAY, "rent": Decimal(100)}
        said |= {"until": TODAY + timedelta(days=500), "first_due_on": TODAY}
        return make_lease(self.asset, **said, by=self.cast.village, at=NOW)[0]

    @cached_property
    def earned(self):
        """Income of the village's collective."""
        said = {"what": "business", "amount": Decimal(500), "on": TODAY, "party": "茶厂"}
        place = self.cast.village.division
        return book_income(place, **said, paper="收1", by=self.cast.village, at=NOW)[0]

    @cached_property
    def project(self):
        """Proposed by the village; the township's word is next."""
        facts = {"name": "茶园提升", "kind": "industry", "year": 2020, "words": "改造茶园"}
        facts |= {"benefit": "入股分红", "money": {"social": Decimal(5000)}}
        place = self.cast.village.division
        return propose(at_division=place, **facts, by=self.cast.village, at=NOW)[0]

    @cached_property
    def project_of_water(self):
        facts = {"name": "水厂扩建", "kind": "water", "year": 2020, "words": "扩建水厂"}
        facts |= {"benefit": "全村用水", "money": {"social": Decimal(700)}}
        place = self.cast.village.division
        return propose(at_division=place, **facts, by=self.cast.village, at=NOW)[0]

    @cached_property
    def helped(self):
        said = {"households": [self.household], "by": self.cast.village, "at": NOW}
        name_households(self.project, **said)
        return self.project.helped.get()

    @cached_property
    def project_stored(self):
        facts = {"name": "水渠", "kind": "roads", "year": 2020, "words": "修渠", "benefit": "灌溉"}
        facts |= {"money": {"social": Decimal(500)}, "at_division": self.cast.village.division}
        made = propose(**facts, by=self.cast.village, at=NOW)[0]
        for by in (self.cast.township, self.cast.county):
            made = pass_on(made, by=by, at=NOW)
        return made

    @cached_property
    def policy(self):
        """Of Jinzhai; the city pays a part."""
        return policy_of(self.cast)

    @cached_property
    def premium(self):
        said = {"payer": "county", "amount": Decimal(100), "paid_on": TODAY, "paper": "1"}
        return pay_premium(self.policy, **said, by=self.cast.county, at=NOW)[0]

    @cached_property
    def claim(self):
        """The village prepares it."""
        assert self.policy
        return opened(self.household, self.cast.village, words="诸葛大壮摔伤")

    @cached_property
    def claim_paper(self):
        paper = with_bill(self.claim, self.cast.village)
        ClaimPaper.objects.filter(pk=paper.pk).update(name="诸葛大壮的发票.pdf")
        return paper

    @cached_property
    def job(self):
        return Job.objects.create(kind="walk", key="1", asked_by=self.cast.county, asked_at=NOW)

    @cached_property
    def schedule(self):
        return schedule_download(
            name="走访", address="/visits/", query="", rhythm="monthly", day=1,
            by=self.cast.county, at=NOW,
        )  # fmt: skip

    @cached_property
    def event(self):
        return Event.objects.create(
            household=self.household,
            kind="disaster",
            happened_on=TODAY,
            recorded_at=NOW,
            visit=self.visit,
        )


def _sealed(text):
    """A file as the import keeps it."""
    sealed = b"".join(Sealed(io.BytesIO(text.encode())).chunks())
    return SimpleUploadedFile("export.csv", sealed)


def _dot():
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(picture, "PNG")
    return picture.getvalue()
