from rest_framework.pagination import CursorPagination


class ByKey(CursorPagination):
    """Pages by key: the last page of two million rows costs what the first one does."""

    ordering = "id"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500
