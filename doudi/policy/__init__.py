"""The law as formulas over dated, cited data; knows no framework, no clock, no page."""
