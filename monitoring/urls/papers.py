from django.urls import path

from monitoring.views import consolidations, handbook, papers

urlpatterns = [
    path("cases/<int:pk>/papers/add/", papers.add, name="case_papers_add"),
    path("papers/<int:pk>/", papers.paper, name="case_paper"),
    path("papers/<int:pk>/take-out/", papers.take_out, name="case_paper_take_out"),
    path("cases/<int:pk>/print/<slug:code>/", papers.print_page, name="case_print"),
    path("cases/<int:pk>/word/<slug:code>/", papers.word, name="case_docx"),
    path("households/<int:pk>/handbook/", handbook.handbook, name="handbook"),
    path("households/<int:pk>/handbook/word/", handbook.word, name="handbook_docx"),
    path("consolidations/", consolidations.consolidations, name="consolidations"),
    path("consolidations/<int:pk>/", consolidations.consolidation, name="consolidation"),
    path("consolidations/<int:pk>/print/", consolidations.print_cover, name="consolidation_print"),
    path("consolidations/<int:pk>/word/", consolidations.word_cover, name="consolidation_docx"),
]
