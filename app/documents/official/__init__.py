"""Official papers in the form of Decree 30/2020/NĐ-CP or of the Party: one description, written as DOCX and as PDF."""
