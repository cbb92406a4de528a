from django.urls import path

from assistance.insurance import claim_acts, policy_views, views

urlpatterns = [
    path("households/<int:pk>/claims/new/", views.new, name="claim_new"),
    path("insurance/", policy_views.insurance, name="insurance"),
    path("insurance/new/", policy_views.new, name="insurance_policy_new"),
    path("insurance/<int:pk>/", policy_views.policy, name="insurance_policy"),
    path("insurance/<int:pk>/change/", policy_views.change, name="insurance_policy_change"),
    path("insurance/<int:pk>/premium/", policy_views.premium, name="premium_new"),
    path(
        "insurance/<int:pk>/premium/<int:payment>/take-back/",
        policy_views.take_back,
        name="premium_take_back",
    ),
    path("claims/", views.list_of_claims, name="claims"),
    path("claims/papers/<int:pk>/", views.paper, name="claim_paper"),
    path("claims/papers/<int:pk>/take-out/", views.take_out_paper, name="claim_paper_take_out"),
    path("claims/<int:pk>/", views.claim, name="claim"),
    path("claims/<int:pk>/change/", views.change, name="claim_change"),
    path("claims/<int:pk>/papers/add/", views.add_paper, name="claim_paper_add"),
    path("claims/<int:pk>/check/", claim_acts.check_home, name="claim_check"),
    path("claims/<int:pk>/submit/", claim_acts.submit, name="claim_submit"),
    path("claims/<int:pk>/withdraw/", claim_acts.withdraw, name="claim_withdraw"),
    path("claims/<int:pk>/pass-on/", claim_acts.pass_on, name="claim_pass_on"),
    path("claims/<int:pk>/return/", claim_acts.send_back, name="claim_return"),
    path("claims/<int:pk>/refuse/", claim_acts.refuse, name="claim_refuse"),
    path("claims/<int:pk>/accept/", claim_acts.accept, name="claim_accept"),
    path("claims/<int:pk>/pay/", claim_acts.pay, name="claim_pay"),
    path("claims/<int:pk>/take-back/", claim_acts.take_back, name="claim_take_back"),
]
