"""Addresses of pages that need no argument: a page asks for a hundred of them."""

from functools import cache

from django.urls import NoReverseMatch, get_script_prefix, reverse


def address_of(name):
    """The address of a page, or nothing while the page does not exist."""
    return _address_of(name, get_script_prefix())


@cache
def _address_of(name, _prefix):
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
