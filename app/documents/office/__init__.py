"""An office's own DOCX templates: what they may say, how they are checked, and how they are filled, always apart."""
