"""The workflows of the product as pure tables: standard library only, no clock, no input or output."""
