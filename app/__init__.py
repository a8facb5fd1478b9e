"""Đôn đốc: conclusions of meetings turned into tasks that are followed to their end."""
