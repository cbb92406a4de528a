"""What the API says of a household. Sections that a post may not see are left out of the answer;
identifiers are always masked."""

from rest_framework import serializers

from households.dossier import MEMBER_FIELDS, SHEETS
from households.models import Household, IncomeStatement, Member


def _masked(name):
    return serializers.CharField(source=f"{name}_masked", read_only=True)


def _money():
    """A generated column comes out as a number unless it is declared."""
    return serializers.DecimalField(max_digits=13, decimal_places=2, read_only=True)


class Sectioned(serializers.ModelSerializer):
    """``sections`` says which fields belong to which section of ``accounts/roles.py``."""

    sections = {}

    def to_representation(self, row):
        answer = super().to_representation(row)
        post = self.context["request"].post
        for section, names in self.sections.items():
            if not post.sees_section(section):
                for name in names:
                    answer.pop(name, None)
        return answer


class MemberSerializer(Sectioned):
    resident_id = _masked("resident_id")
    phone = _masked("phone")
    disability_card = _masked("disability_card")
    sections = {"identifiers": ["resident_id", "phone", "disability_card"]}

    class Meta:
        model = Member
        fields = [
            *("id", "number", "name", "relation", "resident_id", "phone", "disability_card"),
            *MEMBER_FIELDS,
            *("since", "origin"),
        ]
        read_only_fields = fields


class IncomeSerializer(serializers.ModelSerializer):
    household = serializers.PrimaryKeyRelatedField(read_only=True)
    gross, net, rigid = _money(), _money(), _money()

    class Meta:
        model = IncomeStatement
        fields = [
            *("id", "household", "window_from", "window_to", "stated_on", "origin"),
            *("wage", "business", "property", "transfer", "expenses", "gross", "net"),
            *("medical", "schooling", "housing", "disaster_repair", "rigid"),
            "stated_per_capita",
        ]
        read_only_fields = fields


DIVISIONS = ("province", "city", "county", "township", "village")
LISTED = (
    *("id", "number", "head_name", *DIVISIONS, "group_name", "status", "exited_class"),
    *("tier", "last_visited_on", "responsible_name", "contact_name", "version", "since"),
)
LIVING = [*SHEETS["housing"][2].split(), *SHEETS["water"][2].split()]
RESOURCES = SHEETS["resources"][2].split()
BASIC = SHEETS["basic"][2].split()
CONTACT = SHEETS["contact"][2].split()


class HouseholdRowSerializer(Sectioned):
    """A row of the list. Divisions are official codes of 12 digits."""

    province, city, county, township, village = (
        serializers.SlugRelatedField(slug_field="code", read_only=True) for _level in DIVISIONS
    )
    sections = {
        "assessment": ["tier"],
        "visits": ["last_visited_on", "responsible_name", "contact_name"],
    }

    class Meta:
        model = Household
        fields = LISTED
        read_only_fields = fields


class HouseholdSerializer(HouseholdRowSerializer):
    """One household with everything that the post may see."""

    phone = _masked("phone")
    bank_account = _masked("bank_account")
    members = MemberSerializer(many=True, read_only=True)
    incomes = IncomeSerializer(many=True, read_only=True)
    sections = {
        **HouseholdRowSerializer.sections,
        "members": ["members"],
        "income": ["incomes", *RESOURCES],
        "living": LIVING,
        "identifiers": CONTACT,
        "history": ["extra", "origin"],
    }

    class Meta(HouseholdRowSerializer.Meta):
        fields = [
            *LISTED,
            *(*BASIC, *CONTACT, *LIVING, *RESOURCES),
            *("origin", "extra", "members", "incomes"),
        ]
        read_only_fields = fields
