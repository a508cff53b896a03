"""One published figure is one definition: unit, counted once by what, as of when, which rows."""
