"""From an office's own tracker of tasks (sổ theo dõi, XLSX) to proposed tasks; no database and no web."""
