"""Engines: the same run on more than one machine.

The engine of one machine is :mod:`pobratim.batch.run`. What is here finds the same inputs in the same
order, has them taken apart and extracted on other machines by the same code, and writes what comes
back through the same ledger; so the results have the same bytes.
"""
