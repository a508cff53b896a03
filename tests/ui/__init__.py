"""The shared look: guards, headers, refusals, figures."""
