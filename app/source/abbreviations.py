"""Words that decide whether a full stop after or before them ends a sentence (English, lower case)."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never the end of a sentence.
NEVER = words(
    "e.g i.e eg ie cf viz vs v dr mr mrs ms mx prof approx resp incl excl esp aka a.k.a w.r.t i.i.d s.t b.c"
)
# The end only when what follows looks like the beginning of another sentence.
SOMETIMES = words(
    "etc al a.m p.m u.s u.k e.u u.n u.s.a ph.d m.d d.c jr sr inc ltd co corp dept est ca univ"
    " rev hon gen sen rep gov st mt"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
)
# Not the end before a number ("No. 5", "Fig. 2").
BEFORE_NUMBER = words("no nos p pp fig figs sec secs ch chap vol eq eqs art ver v")
OPENERS = words(
    "the a an this that these those there here it he she we they you i my our your his her their its in on at"
    " if when while where why how what who which so but and or yet also then thus hence however for from to as"
    " with by not no yes some any many most all each both such one is are was were do does did can could will"
    " would should may might must have has had let maybe perhaps since because though although after before"
    " even still now again first second third finally instead indeed overall"
)
# "option A. Then": a letter after one of these is a label, not the initial of a name.
LABELLED = words(
    "scenario option case plan figure graph plot table chart panel part point step section appendix type"
    " group class grade world model hypothesis theory answer question item version variant example and or"
    " vs than in is was are be"
)
