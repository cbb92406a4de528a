from django.urls import path

from reports.views import bulletins, effects, figures, ledgers, outgoing, red_report, trials

urlpatterns = [
    path("reports/red-flags/", red_report.red_report, name="red_report"),
    path("reports/red-flags/workbook/", red_report.make_workbook, name="red_report_workbook"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<slug:code>/", figures.figure, name="figure"),
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/compose/", bulletins.compose, name="bulletin_compose"),
    path("bulletins/<int:pk>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<int:pk>/edit/", bulletins.edit, name="bulletin_edit"),
    path("bulletins/<int:pk>/show/", bulletins.show, name="bulletin_show"),
    path("bulletins/<int:pk>/issue/", bulletins.issue, name="bulletin_issue"),
    path("bulletins/<int:pk>/word/", bulletins.word, name="bulletin_word"),
    path("bulletins/<int:pk>/workbook/", bulletins.workbook, name="bulletin_workbook"),
    path("bulletins/<int:pk>/pdf/", bulletins.pdf, name="bulletin_pdf"),
    path("bulletins/<int:pk>/named/<int:named_id>/", bulletins.object_to, name="bulletin_object"),
    path(
        "bulletins/<int:pk>/objections/<int:objection_id>/",
        bulletins.answer,
        name="bulletin_answer",
    ),
    path(
        "bulletins/<int:pk>/objections/<int:objection_id>/proof/",
        bulletins.proof,
        name="bulletin_proof",
    ),
    path("trials/", trials.trials, name="trials"),
    path("trials/new/", trials.new, name="trial_new"),
    path("trials/<int:pk>/", trials.trial, name="trial"),
    path("trials/<int:pk>/share/", trials.share, name="trial_share"),
    path("trials/<int:pk>/adopt/", trials.adopt, name="trial_adopt"),
    path("corrections/", outgoing.outgoing, name="outgoing"),
    path("corrections/workbook/", outgoing.make_workbook, name="outgoing_workbook"),
    path("effects/", effects.effects, name="effects"),
    path("effects/workbook/", effects.effects_workbook, name="effects_workbook"),
    path("ledgers/", ledgers.ledgers, name="ledgers"),
    path("ledgers/<slug:slug>/", ledgers.ledger, name="ledger"),
    path("ledgers/<slug:slug>/print/", ledgers.ledger_print, name="ledger_print"),
    path("ledgers/<slug:slug>/workbook/", ledgers.ledger_workbook, name="ledger_workbook"),
]
