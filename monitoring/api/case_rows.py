"""What the API says of cases, their records and their trail, and of acts that are refused."""

from rest_framework import serializers

from monitoring.models import Case, CaseAct, Enquiry, Meeting, Notice, Objection, Paper
from monitoring.policy.clauses import lent


def _who(post):
    return f"{post.division.name} {post.signature}" if post else ""


class CaseRow(serializers.ModelSerializer):
    """``version`` goes back with every act: it says what the sender had seen. ``step`` is the code
    of the step where the case is or ended, as on the page of its procedure."""

    household = serializers.PrimaryKeyRelatedField(read_only=True)
    step = serializers.CharField(source="at_step.code", read_only=True)
    level = serializers.IntegerField(source="at_step.level", read_only=True)
    act = serializers.CharField(source="at_step.act", read_only=True)
    waiting_at = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Case
        fields = [
            *("id", "number", "procedure", "variant", "household", "state", "step", "level", "act"),
            *("version", "waiting_at", "waiting_role", "arrived_at", "due_on", "opened_at"),
            *("because", "proposal", "reopened", "help_from", "ended_at"),
        ]
        read_only_fields = fields


class ObjectionRow(serializers.ModelSerializer):
    class Meta:
        model = Objection
        fields = ["id", "raised_on", "words", "answer", "upheld", "answered_at"]
        read_only_fields = fields


class NoticeRow(serializers.ModelSerializer):
    objections = ObjectionRow(many=True, read_only=True)

    class Meta:
        model = Notice
        fields = ["id", "place", "up_on", "until", "down_on", "objections"]
        read_only_fields = fields


class MeetingRow(serializers.ModelSerializer):
    passed = serializers.BooleanField(read_only=True)

    class Meta:
        model = Meeting
        fields = [
            *("id", "held_on", "place", "chair", "present", "in_favour", "against", "abstained"),
            "passed",
        ]
        read_only_fields = fields


class PaperRow(serializers.ModelSerializer):
    class Meta:
        model = Paper
        fields = ["id", "kind", "name", "size", "digest", "added_at", "removed_at"]
        read_only_fields = fields


class EnquiryRow(serializers.ModelSerializer):
    """What a department is asked. It sees its own questions, never the case."""

    case = serializers.PrimaryKeyRelatedField(read_only=True)
    number = serializers.CharField(source="case.number", read_only=True)
    household = serializers.IntegerField(source="case.household_id", read_only=True)

    class Meta:
        model = Enquiry
        fields = [
            *("id", "case", "number", "household", "department", "question", "asked_at", "due_on"),
            *("answer", "speaks_against", "answered_at", "withdrawn_at"),
        ]
        read_only_fields = fields


class CaseFile(CaseRow):
    """A case with its records. ``judged``: the household's facts when the case was opened."""

    notices = NoticeRow(many=True, read_only=True)
    meetings = MeetingRow(many=True, read_only=True)
    enquiries = EnquiryRow(many=True, read_only=True)
    papers = PaperRow(many=True, read_only=True)

    class Meta(CaseRow.Meta):
        fields = [
            *(*CaseRow.Meta.fields, "judged", "earlier", "notices", "meetings", "enquiries"),
            "papers",
        ]
        read_only_fields = fields


class ActRow(serializers.ModelSerializer):
    """A line of the trail; ``by`` is blank for what the calendar did."""

    step = serializers.SerializerMethodField()
    by = serializers.SerializerMethodField()

    class Meta:
        model = CaseAct
        fields = ["id", "step", "what", "by", "at", "because", "changes"]
        read_only_fields = fields

    def get_step(self, act) -> str:
        return act.case.steps[act.step].code

    def get_by(self, act) -> str:
        return _who(act.by)


class FindingRow(serializers.Serializer):
    """A condition of the case's step: whether it holds, in a sentence, with its clause."""

    ok = serializers.BooleanField()
    sentence = serializers.CharField()
    clause = serializers.CharField()
    default_here = serializers.SerializerMethodField()
    evidence = serializers.CharField()

    def get_default_here(self, finding) -> bool:
        """Whether the clause is of another territory's document, and our default in this one."""
        return bool(finding.clause) and lent(finding.clause, self.context["code"])


class First(serializers.Serializer):
    """409: somebody else was first. ``detail`` says who did what; ``version`` is the case's now."""

    detail = serializers.CharField()
    version = serializers.IntegerField()


class Failure(serializers.Serializer):
    sentence = serializers.CharField()
    clause = serializers.CharField()


class NotDone(serializers.Serializer):
    """422: refused. ``failures``: all that must be mended first, each with its clause."""

    detail = serializers.CharField()
    failures = Failure(many=True)
