"""Every constant that decides about articles, in one place. One setting serves all collections.

Margins are ratios: 1.4 says that two articles are 1.4 times as near to each other as each of them is on average to
its nearest neighbours, the partner counted among them. They do not depend on subject, length or vocabulary the way
similarities do, which is why one cut serves news and handbooks alike.
"""

from __future__ import annotations

NEIGHBOURS = 4
"""How many nearest neighbours on each side a similarity is measured against."""

FAR = 0.12
"""The similarity of a neighbour that is missing because the collection is small: about that of two strange articles."""

CANDIDATES = 10
"""How many candidates an article keeps, in each direction."""

POSTINGS = 5_000
"""How many entries of the inverted index one article may read, its rarest features first: the bound on its cost."""

WORTH_ALIGNING = 0.95
"""A candidate with a smaller margin is not worth aligning sentence by sentence, unless a link names it."""

NEAR = 0.04
"""A candidate whose similarity (0 to 2) is smaller is none, unless a link names it."""

PROBABLE = 0.7
"""From this probability on a bead counts as covered text. Articles of one event yield many beads that are barely
likelier than not, and few that are this probable; translations the other way round."""

PARALLEL_COVERAGE = 0.6
"""Share of the text of *both* sides in probable beads that makes a pair parallel."""

PARTIAL_COVERAGE = 0.4
"""Share of one side that makes a pair partial, if the other side has at least PARTIAL_LESSER."""

PARTIAL_LESSER = 0.15

MARGIN = {"parallel": 0.95, "partial": 1.2}
"""The margin that a pair needs by its relation. A parallel pair may stand beside near copies of itself, which lower
the margin; it is the best of them then. A link that is believed makes the margin unnecessary."""

SURE_MARGIN = 1.6
"""From this margin on the contents alone say enough to tell whether a kind of link is to be believed."""

LINK_BONUS = 1.25
"""A believed link multiplies the margin by this."""

SAME_DAYS, SAME_DAYS_BONUS = 3, 1.05
"""Articles published within so many days of one another gain a little."""

FAR_DAYS, FAR_DAYS_MALUS = 60, 0.9
"""Articles published further apart lose a little: translations may come late, but seldom do."""

ROUNDS = 3
"""How often articles whose best candidate failed the alignment may try their next one."""

LEARN_FROM = 300
"""The aligner learns from no more than this many of the likeliest pairs: enough for words, and a bound on its cost."""

# Bitext inside one article.

STRONG = 0.65
"""Strength (see strength.py) that makes a bead of an article a pair wherever its two sides stand."""

STRONG_NEAR = 0.55
"""Strength that is enough where the two sides stand beside one another in the same role, as bilingual captions do."""

STRONG_WORDS = 3
"""A strong bead rests on at least so many explained words."""

SUPPORTED = 0.2
"""Strength that is enough in an article that is known to be translated: of true pairs of news 1 in 100 has less."""

TRANSLATED_BEADS, TRANSLATED_STRENGTH, TRANSLATED_SHARE = 3, 0.45, 0.5
"""An article is known to be translated by at least so many beads of such a strength, if they make up this share of the
text in one of its languages. One bead may reach that by chance, half a text does not."""

SURE = 0.85
"""Probability that a bead needs which is no more than SUPPORTED. PROBABLE is enough for a strong one."""

WITHIN_REACH = 2
"""How many segments further on a translation may stand that the reading order has missed."""
