"""What a page would show to a post: asked of the page itself.

The view is called with the same address, in the name of the post, and stopped where it cuts its
list or begins to write. So filters, order and every limit of what may be seen are the page's own.
"""

from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, QueryDict
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from accounts.paging import WholeList, whole_lists
from accounts.places import chosen
from accounts.refusals import Refused
from accounts.tables import TABLES, PageMade, page_contexts

PAGING = ("after", "before", "sent")


class Unheard(list):
    """Messages that the page would tell; nobody reads them."""

    def add(self, *told):
        pass


@dataclass
class Found:
    table: object
    columns: tuple
    rows: object  # a queryset in the order of the page, or a list
    params: QueryDict
    place: object  # the division that the address names, else the post's own


def tables_at(path):
    """The declared tables of the page at this address, by their part."""
    try:
        return TABLES.get(resolve(path).url_name, {})
    except Resolver404:
        return {}


def address_of(path, part=""):
    """How a job and a schedule remember a table: the page, and which of its tables."""
    return f"{path}#{part}" if part else path


def table_at(address):
    path, _sign, part = address.partition("#")
    return tables_at(path).get(part)


def wanted(query):
    """The parameters without those that only turn the pages."""
    params = QueryDict(query, mutable=True)
    for name in PAGING:
        params.pop(name, None)
    return params


def need_page(address, query, post):
    """The table at this address. Raises as ``found_on`` does where the page is closed to the post.

    A page that says by itself whom it is open to need not be made for that.
    """
    table = table_at(address)
    if table is None or not table.opens:
        return found_on(address, query, post).table
    need_table(table, post)
    table.opens(post)
    return table


def need_table(table, post):
    if table is None:
        raise Http404
    if not table.offered_to(post):
        raise PermissionDenied


def found_on(address, query, post):
    """Raises Http404 or PermissionDenied as the page does, Refused where it shows no list."""
    table, path = table_at(address), address.partition("#")[0]
    need_table(table, post)
    params = wanted(query)
    rows, context = _asked(_request(path, params, post), table)
    columns = table.columns_for(post, params, context)
    place = chosen(post, params.get("division")) or post.division
    return Found(table, columns, rows, params, place)


def _request(path, params, post):
    environment = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": params.urlencode(),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(),
    }
    request = WSGIRequest(environment)
    request.user, request.post, request.session = post.officer, post, {}
    request.open_posts, request._messages = [post], Unheard()
    request.htmx = HtmxDetails(request)
    request.resolver_match = resolve(path)
    return request


def _asked(request, table):
    """The rows, and the context of a page that makes its rows itself."""
    match = request.resolver_match
    try:
        if table.rows:
            with page_contexts():
                match.func(request, *match.args, **match.kwargs)
        else:
            with whole_lists():
                match.func(request, *match.args, **match.kwargs)
    except WholeList as whole:
        return whole.rows, {}
    except PageMade as made:
        context = made.context
        try:
            return table.rows(context), context
        except KeyError:  # the page has nothing to show yet, and says so
            pass
    raise Refused(_("This page shows no table with these filters."))
