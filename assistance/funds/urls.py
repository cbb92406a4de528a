from django.urls import path

from assistance.views import budgets, funds, grant_acts, grants

urlpatterns = [
    path("households/<int:pk>/grants/new/", grants.new, name="grant_new"),
    path("households/<int:pk>/grants/urgent/", grants.urgent, name="grant_urgent"),
    path("grants/", grants.grants, name="grants"),
    path("grants/<int:pk>/", grants.grant, name="grant"),
    path("grants/<int:pk>/account/", grants.account, name="grant_account"),
    path("grants/<int:pk>/sign/", grant_acts.sign, name="grant_sign"),
    path("grants/<int:pk>/refuse/", grant_acts.refuse, name="grant_refuse"),
    path("grants/<int:pk>/withdraw/", grant_acts.withdraw, name="grant_withdraw"),
    path("grants/<int:pk>/pay/", grant_acts.pay, name="grant_pay"),
    path("grants/<int:pk>/book-back/", grant_acts.book_back, name="grant_book_back"),
    path("grants/<int:pk>/file/", grant_acts.file, name="grant_file"),
    path("funds/", funds.funds, name="funds"),
    path("funds/new/", funds.new, name="fund_new"),
    path("funds/budgets/", budgets.budgets, name="budgets"),
    path("funds/budgets/new/", budgets.new, name="budget_new"),
    path("funds/limits/", budgets.limits, name="fund_limits"),
    path("funds/limits/new/", budgets.new_limit, name="fund_limit_new"),
    path("funds/<int:pk>/", funds.fund, name="fund"),
    path("funds/<int:pk>/deposit/", funds.new_deposit, name="fund_deposit"),
    path("funds/<int:pk>/entries/<int:entry>/book-back/", funds.book_back, name="fund_book_back"),
    path("funds/<int:pk>/close/", funds.close, name="fund_close"),
    path("funds/<int:pk>/pay/", funds.pay_many, name="fund_pay"),
    path("funds/<int:pk>/public/", funds.public, name="fund_public"),
    path("funds/<int:pk>/public.xlsx", funds.public_file, name="fund_public_file"),
]
