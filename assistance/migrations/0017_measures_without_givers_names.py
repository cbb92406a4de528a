"""What older versions wrote into the measures of social help, as it is written today: of a person
who gives no name, of the need the words that everybody may read (``social/matching.py``)."""

import json

from django.db import migrations

LONGEST = 200
WORDS_OF = {"company": "企业", "organisation": "社会组织", "person": "个人"}
UNITS = {"money": "元", "goods": "件", "work": "个岗位", "sale": "斤", "time": "次"}
MATCHES = """
SELECT m.measure_id, m.amount, n.kind, n.words, n.public_words, o.giver, o.name
FROM assistance_socialmatch m
JOIN assistance_socialneed n ON n.id = m.need_id
JOIN assistance_socialoffer o ON o.id = m.offer_id
ORDER BY m.id
"""
CHANGES = """
SELECT id, changes FROM assistance_measurechange
WHERE measure_id = %s AND changes ? 'words'
"""


def said_today(row):
    _measure, amount, kind, _words, public_words, giver, name = row
    who = WORDS_OF[giver] if giver == "person" or not name else name
    return f"{who}：{public_words}，{plain(amount)}{UNITS[kind]}"[:LONGEST]


def plain(amount):
    return f"{amount:,.2f}".removesuffix(".00")


def mended(text, row):
    """The words, however somebody changed them since: neither the name of a person nor what the
    need says for the office alone."""
    _measure, amount, kind, words, public_words, giver, name = row
    whole = text.endswith(f"，{plain(amount)}{UNITS[kind]}") or len(text) == LONGEST
    if "：" in text and whole:  # as the house wrote them, whoever the giver was
        return said_today(row)
    if giver == "person" and len(name) > 1:
        text = text.replace(name, WORDS_OF[giver])
    return text.replace(words, public_words)[:LONGEST] if words and public_words else text


def mend(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(MATCHES)
        for row in cursor.fetchall():
            cursor.execute("SELECT words FROM assistance_measure WHERE id = %s", [row[0]])
            (text,) = cursor.fetchone()
            if mended(text, row) != text:
                cursor.execute(
                    "UPDATE assistance_measure SET words = %s WHERE id = %s",
                    [mended(text, row), row[0]],
                )
            cursor.execute(CHANGES, [row[0]])
            for pk, changes in cursor.fetchall():
                changes = json.loads(changes) if isinstance(changes, str) else changes
                changes["words"] = [mended(said, row) for said in changes["words"]]
                cursor.execute(
                    "UPDATE assistance_measurechange SET changes = %s WHERE id = %s",
                    [json.dumps(changes, ensure_ascii=False), pk],
                )


class Migration(migrations.Migration):
    dependencies = [("assistance", "0016_unchecked_offers_end")]

    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]
