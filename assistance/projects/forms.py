"""Forms of assets, the store and the collective's books."""

import tempfile
from uuid import uuid4

from django import forms
from django.db.models import OuterRef, Q, Subquery, Sum
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS, Level
from assistance.forms import day
from assistance.groups.workbook import lines_in, lines_of
from assistance.models import (
    INCOME_CHOICES,
    USE_CHOICES,
    AssetKind,
    BudgetLine,
    Grounds,
    IncomeKind,
    Keeper,
    Nature,
    Owner,
    Priority,
    Problem,
    ProjectKind,
    ProjectMoney,
    ProjectState,
    Use,
)
from assistance.projects.refusals import ProjectRefusal
from assistance.spending import Source

BUILT_FROM = [(s.value, s.label) for s in Source if s != Source.RELIEF]
MOST_BYTES = 10 * 1024**2


def text(label, most, **kwargs):
    return forms.CharField(label=label, max_length=most, **kwargs)


def long_text(label, most=400, **kwargs):
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea({"rows": 3}), **kwargs
    )


def choice(label, choices, blank="", **kwargs):
    if blank:
        choices, kwargs["required"] = [("", blank), *choices], False
    return forms.ChoiceField(label=label, choices=choices, **kwargs)


def yuan(label, **kwargs):
    return forms.DecimalField(label=label, max_digits=12, decimal_places=2, min_value=0, **kwargs)


def photo():
    return forms.ImageField(label=gettext_lazy("Photo"), required=False)


def places(post, level=Level.COUNTY):
    below = Division.objects.below(post.division).valid_on(localdate())
    return below.filter(level__gte=max(post.division.level, level)).order_by("level", "code")


class PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        names = [obj.township.name] if obj.level == Level.VILLAGE else []
        return " ".join([*names, obj.name])


class Sent(forms.Form):
    """Sent twice, stored once."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"client_id": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class Seen(forms.Form):
    """``version``: as whoever sends it saw the row."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def facts(self):
        facts = dict(self.cleaned_data)
        return {"seen_version": facts.pop("version"), **facts}


class MoneyMixin:
    """An amount for each source; of a project, the line of the budget that it comes from."""

    def add_money(self, lines=None):
        for source, label in BUILT_FROM:
            self.fields[f"money_{source}"] = yuan(capfirst(label), required=False)
            known = [line for line in lines or () if line.source == source]
            if known:
                self.fields[f"line_{source}"] = forms.TypedChoiceField(
                    label=_("Line of the budget"),
                    choices=[("", _("no line named")), *_by_year(known)],
                    coerce=int,
                    empty_value=None,
                    required=False,
                )
        self.known_lines = {line.pk: line for line in lines or ()}

    @property
    def money_rows(self):
        """Pairs of the amount's field and its line's, or None."""
        for source, _label in BUILT_FROM:
            line = f"line_{source}"
            yield self[f"money_{source}"], self[line] if line in self.fields else None

    def with_money(self, facts):
        money = {source: facts.pop(f"money_{source}") for source, _label in BUILT_FROM}
        lines = {s: self.known_lines.get(facts.pop(f"line_{s}", None)) for s in money}
        return facts | {"money": money}, {s: line for s, line in lines.items() if line}


class AssetForm(MoneyMixin, Sent):
    at_division = PlaceField(
        label=gettext_lazy("Whose asset"),
        queryset=Division.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("As a rule the village's, which keeps it too (GZ 4.5)."),
    )
    name = text(gettext_lazy("Name of the asset"), 80)
    kind = choice(gettext_lazy("Kind of asset"), AssetKind.choices)
    nature = choice(gettext_lazy("What it serves"), Nature.choices)
    place = text(gettext_lazy("Where it stands"), 120)
    built_year = forms.IntegerField(label=gettext_lazy("Year it was built"))
    owner = choice(gettext_lazy("Owner"), Owner.choices)
    owner_name = text(gettext_lazy("Name of the owner"), 80, required=False)
    keeper = choice(gettext_lazy("Keeper"), Keeper.choices)
    keeper_name = text(gettext_lazy("Who keeps it"), 80)
    supervisor = text(gettext_lazy("Who supervises it"), 80)
    upkeep = yuan(gettext_lazy("Upkeep money a year, yuan"), required=False)
    upkeep_source = choice(
        gettext_lazy("Source of the upkeep money"), Source.choices, gettext_lazy("none set aside")
    )
    use = choice(gettext_lazy("How it is used"), Use.choices)

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at_division"].queryset = places(post).select_related("township")
        self.add_money()

    def facts(self):
        return self.with_money(dict(self.cleaned_data))[0]


class ChangeForm(Seen):
    name = text(gettext_lazy("Name of the asset"), 80)
    place = text(gettext_lazy("Where it stands"), 120)
    use = choice(gettext_lazy("How it is used"), Use.choices)
    keeper = choice(gettext_lazy("Keeper"), Keeper.choices)
    keeper_name = text(gettext_lazy("Who keeps it"), 80)
    supervisor = text(gettext_lazy("Who supervises it"), 80)
    upkeep = yuan(gettext_lazy("Upkeep money a year, yuan"), required=False)
    upkeep_source = choice(
        gettext_lazy("Source of the upkeep money"), Source.choices, gettext_lazy("none set aside")
    )
    because = long_text(gettext_lazy("Reason"))


class TransferForm(Seen):
    owner = choice(gettext_lazy("Owner"), Owner.choices)
    owner_name = text(gettext_lazy("Name of the owner"), 80, required=False)
    keeper = choice(gettext_lazy("Keeper"), Keeper.choices)
    keeper_name = text(gettext_lazy("Who keeps it"), 80)
    supervisor = text(gettext_lazy("Who supervises it"), 80)
    at_division = PlaceField(
        label=gettext_lazy("Whose asset"), queryset=Division.objects.none(), empty_label=None
    )
    paper = text(gettext_lazy("Number of the paper"), 60)
    on = day(gettext_lazy("Handed over on"))
    because = long_text(gettext_lazy("Reason"))

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at_division"].queryset = places(post).select_related("township")


class ReasonForm(Seen):
    because = long_text(gettext_lazy("Reason"))


class RemarkForm(Seen):
    because = long_text(gettext_lazy("Remark"), required=False)


class DayForm(Seen):
    on = day(pgettext_lazy("of a step", "On"))
    because = long_text(gettext_lazy("Remark"), required=False)


class InspectForm(Sent):
    on = day(gettext_lazy("Inspected on"))
    found = choice(gettext_lazy("How it is used"), Use.choices)
    words = long_text(gettext_lazy("What was found"))
    photo = photo()


class UpkeepForm(Sent):
    on = day(gettext_lazy("Done on"))
    words = long_text(gettext_lazy("What was done"))
    amount = yuan(gettext_lazy("Amount, yuan"))
    source = choice(
        gettext_lazy("Source of the money"),
        Source.choices,
        help_text=gettext_lazy("Income of the village collective is booked as a use at once."),
    )
    photo = photo()


class RepairedForm(UpkeepForm):
    amount = yuan(gettext_lazy("Amount, yuan"), required=False)
    source = choice(
        gettext_lazy("Source of the money"), Source.choices, gettext_lazy("cost nothing")
    )


class RepairForm(Seen):
    words = long_text(gettext_lazy("What is to be repaired"))
    days = forms.IntegerField(label=gettext_lazy("Within how many working days"), initial=20)


class LeaseForm(Sent):
    lessee = text(gettext_lazy("Lessee"), 80)
    paper = text(gettext_lazy("Number of the contract"), 60)
    since = day(gettext_lazy("From"))
    until = day(gettext_lazy("Until"))
    rent = yuan(gettext_lazy("Rent a year, yuan"))
    first_due_on = day(gettext_lazy("First rent due on"))


class EndLeaseForm(forms.Form):
    on = day(gettext_lazy("Ended on"))
    because = long_text(gettext_lazy("Reason"), 200)


class IncomeForm(Sent):
    what = choice(gettext_lazy("Kind of income"), INCOME_CHOICES)
    rent = forms.TypedChoiceField(
        label=gettext_lazy("Which rent"), coerce=int, empty_value=None, required=False
    )
    amount = yuan(gettext_lazy("Amount, yuan"))
    on = day(gettext_lazy("Received on"))
    party = text(gettext_lazy("From whom"), 80)
    paper = text(gettext_lazy("Number of the paper"), 60)
    words = text(gettext_lazy("What for"), 200, required=False)

    def __init__(self, *args, rents, **kwargs):
        super().__init__(*args, **kwargs)
        self.rents = {rent.pk: rent for rent in rents}
        said = [(pk, self._words(rent)) for pk, rent in self.rents.items()]
        self.fields["rent"].choices = [("", _("no rent of a lease")), *said]

    @staticmethod
    def _words(rent):
        return f"{rent.lease.asset.name} {rent.lease.lessee} {rent.due_on} {rent.left:,.2f}"

    def facts(self):
        facts = dict(self.cleaned_data)
        facts["rent"] = self.rents.get(facts["rent"])
        if facts["rent"]:
            facts["what"] = IncomeKind.RENT
        return facts


class HomesMixin(forms.Form):
    """Households by their numbers, one a line, or by a workbook."""

    numbers = forms.CharField(
        label=gettext_lazy("Household numbers, one a line"),
        required=False,
        max_length=60000,
        widget=forms.Textarea({"rows": 4}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a list, .xlsx or .csv"),
        required=False,
        help_text=gettext_lazy(
            "With the column 户编号 (household number) or 证件号码 (resident ID), and 姓名 (name)."
        ),
    )

    def lines(self, post):
        """Lines as those of an action for many: of the numbers, then of the workbook."""
        numbers = self.cleaned_data["numbers"].split()
        lines = (
            lines_in([["户编号"], *[[number] for number in numbers]], by=post) if numbers else []
        )
        file = self.cleaned_data["file"]
        return lines + (self._of_file(file, post) if file else [])

    @staticmethod
    def _of_file(file, post):
        if file.size > MOST_BYTES:
            raise ProjectRefusal(_("The file is too large for one list."), "file")
        with tempfile.NamedTemporaryFile() as kept:
            for block in file.chunks():
                kept.write(block)
            kept.flush()
            return lines_of(kept.name, file.name, by=post)


class UseForm(HomesMixin, Sent):
    what = choice(gettext_lazy("What for"), USE_CHOICES)
    amount = yuan(
        gettext_lazy("Amount, yuan"),
        help_text=gettext_lazy("With households named: the amount for each."),
    )
    on = day(gettext_lazy("Paid on"))
    words = text(gettext_lazy("What exactly"), 200)
    paper = text(gettext_lazy("Number of the paper"), 60, required=False)
    field_order = ["what", "amount", "on", "words", "paper", "numbers", "file", "client_id"]


class HelpedForm(HomesMixin):
    exception = choice(
        gettext_lazy("Exception because of"), Grounds.choices, gettext_lazy("no exception")
    )
    exception_problem = choice(
        gettext_lazy("Problem that came of it"), Problem.choices, gettext_lazy("none")
    )
    exception_words = text(gettext_lazy("Why they cannot bear it"), 200, required=False)

    def exception_facts(self):
        names = ("exception", "exception_problem", "exception_words")
        return {name: self.cleaned_data[name] for name in names}


class ProjectForm(MoneyMixin, Sent):
    """A new entry, or with ``project`` what is changed of one."""

    at_division = PlaceField(
        label=gettext_lazy("Where"), queryset=Division.objects.none(), empty_label=None
    )
    name = text(gettext_lazy("Name of the project"), 80)
    kind = choice(gettext_lazy("Kind of project"), ProjectKind.choices)
    year = forms.IntegerField(label=gettext_lazy("Planned for the year"))
    words = long_text(gettext_lazy("What is built or done"))
    benefit = text(
        gettext_lazy("How it helps households"),
        200,
        help_text=gettext_lazy("For example: shares for 23 households, six jobs at the workshop"),
    )
    priority = choice(
        gettext_lazy("Epidemic priority (AH0 4.4)"), Priority.choices, gettext_lazy("none")
    )
    because = long_text(gettext_lazy("Reason"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, post, project=None, **kwargs):
        super().__init__(*args, **kwargs)
        at = project.at if project else post.division
        if project:
            del self.fields["at_division"], self.fields["client_id"]
        else:
            del self.fields["because"], self.fields["version"]
            own = places(post, Level.TOWNSHIP).select_related("township")
            self.fields["at_division"].queryset = own
        self.add_money(lines_for(at, project))

    def facts(self):
        facts, lines = self.with_money(dict(self.cleaned_data))
        if "version" in facts:
            facts["seen_version"] = facts.pop("version")
        return facts | {"lines": lines}


def lines_for(place, project=None):
    """Lines of budgets that may pay for a project there: all of the divisions it lies in, and those
    that it names already. ``planned``: what the projects of the store take of each."""
    above = [getattr(place, column) for column in LEVEL_COLUMNS.values()]
    fit = Q(division__in=[pk for pk in above if pk], amount__gt=0)
    if project:
        fit |= Q(pk__in=project.money.exclude(line=None).values("line"))
    planned = (
        ProjectMoney.objects.filter(line=OuterRef("pk"))
        .exclude(project__state=ProjectState.OUT)
        .order_by().values("line").annotate(sum=Sum("amount")).values("sum")
    )  # fmt: skip
    rows = BudgetLine.objects.filter(fit).select_related("division")
    return list(rows.annotate(planned=Subquery(planned)).order_by("-year", "-id"))


def _by_year(lines):
    """Choices in groups, the newest year first."""
    years = {}
    for line in lines:
        years.setdefault(line.year, []).append((line.pk, _line_words(line)))
    return [(str(year), known) for year, known in years.items()]


def _line_words(line):
    said = {"place": line.division.name, "paper": line.paper, "amount": f"{line.amount:,.0f}"}
    said["left"] = f"{line.amount - (line.planned or 0):,.0f}"
    return _("%(place)s, %(paper)s: %(amount)s yuan, %(left)s not planned yet") % said
