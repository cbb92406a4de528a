"""Who can be reached, who sees to the household, and when it was visited."""

from django.utils.translation import gettext_lazy as _

from households.quality.check import ERROR, HINT, WARNING, Check

# fmt: off
CHECKS = (
    Check(
        130, WARNING, "XC 4.1.2", "household_correct",
        _("The household has no phone number."),
        "h.phone_masked = ''",
    ),
    Check(
        131, WARNING, "XC 4.1.2", "household_correct",
        _("The phone number is neither a mobile nor a local one."),
        "h.phone_masked <> '' AND strpos('2345678', left(h.phone_masked, 1)) = 0 "
        "AND left(h.phone_masked, 2) NOT IN ('13', '14', '15', '16', '17', '18', '19', "
        "'01', '02', '03', '04', '05', '06', '07', '08', '09') "
        "AND NOT (:made_up AND h.phone_masked LIKE '100%')",
    ),
    Check(
        132, ERROR, "AH 4.2.2", "household_person",
        _("Nobody is named as responsible or contact person."),
        ":assessed AND h.responsible_name = '' AND h.contact_name = '' AND h.in_charge_id IS NULL",
    ),
    Check(
        133, WARNING, "AH 4.1.3", "household_person",
        _("The responsible person has no phone number."),
        "h.responsible_name <> '' AND h.responsible_phone_masked = ''",
    ),
    Check(
        134, WARNING, "AH 4.2.2", "household_person",
        _("The contact person has no phone number."),
        "h.contact_name <> '' AND h.contact_phone_masked = ''",
    ),
    Check(
        136, ERROR, "AH 4.1.3", "household_person",
        _("The head of the household is named as its own responsible or contact person."),
        "h.head_name <> '' AND h.head_name IN (h.responsible_name, h.contact_name)",
    ),
    Check(
        137, WARNING, "XC 4.1.2", "household_correct",
        _("A bank account is given without its bank."),
        "h.bank_account_masked <> '' AND h.bank_name = ''",
    ),
    Check(
        138, HINT, "XC 4.1.2", "household_correct",
        _("A bank is given without an account."),
        "h.bank_name <> '' AND h.bank_account_masked = ''",
    ),
    Check(
        139, HINT, "AH 4.2.2", "household_person",
        _("The responsible or contact person has an account in this village, but does not see "
          "the household."),
        "h.in_charge_id IS NULL AND (h.village_id, coalesce(nullif(h.responsible_name, ''), "
        "h.contact_name)) IN (SELECT post.division_id, officer.name FROM accounts_post post "
        "JOIN accounts_officer officer ON officer.id = post.officer_id WHERE post.role = "
        "'assigned' AND (post.until IS NULL OR post.until > :today))",
    ),
    Check(
        140, ERROR, "AH 4.2.2", "visit_new",
        _("A monitored or edge household was never visited."),
        ":listed AND h.last_visited_on IS NULL",
    ),
    Check(
        141, WARNING, "AH 4.2.2", "visit_new",
        _("The visit due last month was not made."),
        ":monthly AND h.last_visited_on < :last_month",
    ),
    Check(
        142, WARNING, "default", "visit_new",
        _("The visit due last quarter was not made."),
        "h.status = 'exited' AND h.exited_class <> 'monitored' AND (h.last_visited_on"
        " IS NULL OR h.last_visited_on < :last_quarter)",
    ),
    Check(
        143, ERROR, "default", "household_visits",
        _("The last visit lies in the future."),
        "h.last_visited_on > :today",
    ),
)
# fmt: on
