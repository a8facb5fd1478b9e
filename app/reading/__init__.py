"""From the text of a notice, minutes or a news item to proposed clauses; standard library and workflows alone."""
