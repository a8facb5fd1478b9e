"""Documents out: XLSX and PDF."""
