from django.urls import path

from reports.views import effects, figures, ledgers, outgoing, red_report, trials

urlpatterns = [
    path("reports/red-flags/", red_report.red_report, name="red_report"),
    path("reports/red-flags/workbook/", red_report.make_workbook, name="red_report_workbook"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<slug:code>/", figures.figure, name="figure"),
    path("policy/trials/", trials.trials, name="trials"),
    path("policy/trials/new/", trials.new, name="trial_new"),
    path("policy/trials/<int:pk>/", trials.trial, name="trial"),
    path("policy/trials/<int:pk>/share/", trials.share, name="trial_share"),
    path("policy/trials/<int:pk>/adopt/", trials.adopt, name="trial_adopt"),
    path("corrections/", outgoing.outgoing, name="outgoing"),
    path("corrections/workbook/", outgoing.make_workbook, name="outgoing_workbook"),
    path("effects/", effects.effects, name="effects"),
    path("effects/workbook/", effects.effects_workbook, name="effects_workbook"),
    path("ledgers/", ledgers.ledgers, name="ledgers"),
    path("ledgers/<slug:slug>/", ledgers.ledger, name="ledger"),
    path("ledgers/<slug:slug>/print/", ledgers.ledger_print, name="ledger_print"),
    path("ledgers/<slug:slug>/workbook/", ledgers.ledger_workbook, name="ledger_workbook"),
]
