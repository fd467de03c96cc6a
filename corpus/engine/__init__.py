"""How work is cut, run and kept: stages, pieces, parts, tables, and the folder that holds a run.

An engine knows nothing of language: it decides where pieces run and that a finished piece is never done twice.
"""
