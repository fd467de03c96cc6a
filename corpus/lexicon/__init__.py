"""Which words translate which: written by hand, learnt from aligned sentences, kept in files.

`read` parses entries that people write, `lexicon` gives them probabilities, `learn` finds translations in aligned
sentences, `phrases` finds phrases in text, `store` and `merge` keep and join lexicons, `shipped` is the one that
comes with the package.
"""

from __future__ import annotations
