"""Measures the product beside a bare application on the same data, so that a figure means something anywhere."""
