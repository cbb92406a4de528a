from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from accounts.views import calendar, deputising, entering, keeping, logs, own

urlpatterns = [
    path("login/", entering.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("language/", set_language, name="set_language"),
    path("password/", entering.change_password, name="change_password"),
    path("no-post/", entering.no_post, name="no_post"),
    path("post/", entering.switch_post, name="switch_post"),
    path("large-print/", entering.large_print, name="large_print"),
    path("me/", own.me, name="me"),
    path("me/email/", own.email, name="own_email"),
    path("me/tokens/new/", own.new_token, name="new_token"),
    path("me/tokens/<int:pk>/revoke/", own.drop_token, name="drop_token"),
    path("me/deputies/", deputising.deputies, name="deputies"),
    path("posts/<int:pk>/deputy/", deputising.name_deputy, name="name_deputy"),
    path("deputies/<int:pk>/end/", deputising.end_deputy, name="end_deputy"),
    path("roles/", own.roles, name="roles"),
    path("working-days/", calendar.working_days, name="working_days"),
    path("working-days/file/", calendar.working_days_file, name="working_days_file"),
    path("officers/", keeping.officers, name="officers"),
    path("officers/new/", keeping.new_officer, name="new_officer"),
    path("officers/divisions/", keeping.division_options, name="division_options"),
    path("officers/<int:pk>/", keeping.officer, name="officer"),
    path("officers/<int:pk>/post/", keeping.new_post, name="new_post"),
    path("officers/<int:pk>/password/", keeping.reset_password, name="reset_password"),
    path("officers/<int:pk>/active/", keeping.set_active, name="set_active"),
    path("officers/posts/<int:pk>/close/", keeping.close_post, name="close_post"),
    path("logs/reveals/", logs.reveals, name="reveals"),
    path("logs/accounts/", logs.account_acts, name="account_acts"),
]
