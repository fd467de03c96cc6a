"""What a run promises, proved again from its sources: `verify`."""

from __future__ import annotations

from corpus.verification.files import Finding
from corpus.verification.verifying import inspect_run, verify

__all__ = ["Finding", "inspect_run", "verify"]
