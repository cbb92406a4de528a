"""Accounts and reference data for the operator; nothing of households, and no plain identifiers."""

from django.contrib import admin

from accounts.models import AccountAct, ApiToken, Division, Officer, Post, Reveal


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class PostInline(admin.TabularInline):
    model = Post
    extra = 0
    fields = ["role", "division", "department", "title", "since", "until"]
    raw_id_fields = ["division"]

    def get_queryset(self, request):
        """Deputies are named and ended on the pages of officers."""
        return super().get_queryset(request).filter(deputy_of=None)


@admin.register(Officer)
class OfficerAdmin(admin.ModelAdmin):
    list_display = ["username", "name", "is_active", "is_staff", "last_login"]
    search_fields = ["username", "name"]
    fields = ["username", "name", "is_active", "is_staff", "is_superuser", "must_change_password"]
    inlines = [PostInline]

    def has_add_permission(self, request):
        """Accounts are made on the page of officers, with a first password."""
        return False


@admin.register(Division)
class DivisionAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "level", "parent", "valid_from", "valid_to"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    search_fields = ["code", "name"]
    fields = ["code", "name", "level", "parent", "valid_from", "valid_to", "successor"]
    raw_id_fields = ["parent", "successor"]


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnly):
    list_display = ["name", "post", "created_at", "expires_on"]


@admin.register(Reveal)
class RevealAdmin(ReadOnly):
    list_display = ["at", "post", "division", "subject", "subject_id", "field", "because"]


@admin.register(AccountAct)
class AccountActAdmin(ReadOnly):
    list_display = ["at", "post", "officer", "what", "about", "division"]
