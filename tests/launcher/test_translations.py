"""The check of the translations, on a small house of its own."""

import shutil

import pytest

from launcher import translations

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def house(tmp_path, monkeypatch):
    assert shutil.which("xgettext"), "apt-get install gettext"
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    (tmp_path / "page.html").write_text("{% load i18n %}{% translate 'Save visit' %}")
    messages = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES"
    messages.mkdir(parents=True)

    def write(text):
        path = messages / "django.po"
        path.write_text(HEADER + text)
        return list(translations.problems_of(path))

    return write


def test_complete_translation_has_no_problem(house):
    assert house('msgid "Save visit"\nmsgstr "保存走访"\n') == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no translation of 'Save visit'"),
        ('msgid "Save visit"\nmsgstr ""\n', "is not translated"),
        ('#, fuzzy\nmsgid "Save visit"\nmsgstr "保存"\n', "is marked fuzzy"),
        ('msgid "Save visit"\nmsgstr "保存走访"\n\nmsgid "Old"\nmsgstr "旧"\n', "'Old' is in no"),
        (
            'msgid "Save visit"\nmsgstr "保存走访"\n\n#~ msgid "Old"\n#~ msgstr "旧"\n',
            "'Old' is in no",
        ),
    ],
)
def test_each_kind_of_fault_is_named(house, text, problem):
    problems = house(text)
    assert len(problems) == 1
    assert problem in problems[0]
