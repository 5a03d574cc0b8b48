"""Which page of the guide a question is about: what no service answers, but a page does (who decides on a forced admission).

The pages, and the other words by which `ht guide` finds them, belong to the guide, which asks here too; nothing of it is read here.
"""

from ht_cli.model import Query
from ht_cli.search.text import fold

OF_A_HABIT = frozenset(("alcohol", "drugs", "gambling", "screens", "tobacco"))
PAGES_OF_NEEDS = {"debt": "debt", "parent-illness": "ill-parent", "fear-of-harming": "hurting-others"}
# Words that are no need of the vocabulary, and of which a page is about nothing else; folded.
PAGES_OF_WORDS: dict[str, tuple[str, ...]] = {
    "forced-admission": (
        "admission forcee", "hospitalisation forcee", "hospitalisation sous contrainte", "hospitaliser de force", "hospitalise de force",
        "hospitalisee de force", "interner de force", "faire interner", "mise en observation", "mettre en observation",
        "mis en observation", "mise sous observation", "observation protectrice", "collocation", "colloquer",
        "gedwongen opname", "gedwongen opnemen", "gedwongen opgenomen", "gedwongen laten opnemen", "verplichte opname", "dwangopname",
        "collocatie", "colloqueren", "gecolloqueerd", "beschermende observatiemaatregel",
        "zwangseinweisung", "zwangseinweisen", "zwangseingewiesen", "zwangsunterbringung", "zwangsweise einweisen", "kollokation",
        "einweisen lassen",
        "forced admission", "compulsory admission", "involuntary admission", "involuntary commitment", "sectioned", "sectioning",
        "section my", "section him", "section her", "section them", "have him committed", "have her committed",
    ),
    "after-an-attempt": (
        "tentative de suicide", "tentatives de suicide", "tente de se suicider", "tente de mettre fin a ses jours",
        "zelfmoordpoging", "suicidepoging", "zelfdodingspoging", "poging tot zelfdoding", "poging tot zelfmoord",
        "suizidversuch", "selbstmordversuch",
        "suicide attempt", "attempted suicide", "tried to kill himself", "tried to kill herself", "tried to end his life",
        "tried to end her life",
    ),
    "hurting-others": (
        "je frappe ma femme", "je frappe mon enfant", "je frappe mes enfants", "je frappe mon mari", "j ai frappe ma femme",
        "j ai frappe mon enfant", "j ai frappe mon mari", "ne plus frapper",
        "ik sla mijn vrouw", "ik sla mijn kind", "ik sla mijn kinderen", "ik sla mijn man", "ik heb mijn vrouw geslagen",
        "ik heb mijn man geslagen", "ik heb mijn kind geslagen", "stoppen met slaan",
        "ich schlage meine frau", "ich schlage mein kind", "ich schlage meine kinder", "ich schlage meinen mann",
        "ich habe meine frau geschlagen", "ich habe mein kind geschlagen",
        "i hit my wife", "i hit my husband", "i hit my partner", "i hit my child", "i hit my kids", "hitting my wife", "hitting my child",
    ),
}  # fmt: skip


def page_meant(query: Query) -> str:
    """Give the topic of the page that a question is about, by its words, its first need, or the psychologist it asks for; else nothing.

    Where somebody refuses care the page on a forced admission says what can be done, and who decides; not of a habit, for which nobody is admitted so.

    A need that is only heard is none, nor one that stands behind another: who is depressed and short of money asks for no page on debts.
    """
    first = {*query.needs[:1]}.difference(dict(query.heard))
    found = pages_of_words(query.text)
    if query.refuses_care and OF_A_HABIT.isdisjoint(query.needs[:1]):
        found.append("forced-admission")
    found += [PAGES_OF_NEEDS[need] for need in first if need in PAGES_OF_NEEDS]
    if "reimbursed" in query.costs and "individual-consultation" in query.offers:
        found.append("reimbursed-psychologist")
    return next(iter(found), "")


def pages_of_words(text: str) -> list[str]:
    """Give the topics of the pages that are about nothing else than some words of a text."""
    words = f" {fold(text)} "
    return [topic for topic, phrases in PAGES_OF_WORDS.items() if any(f" {phrase} " in words for phrase in phrases)]
