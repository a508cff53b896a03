"""Handing on, asking on, asking after: other departments, the hukou place, proof of life."""
