"""Reads: functions named by the answer they give; rows or dataclasses out, nothing changed."""
