"""Keys, sealed fields, keyed indices and masks: what keeps personal values from eyes and dumps."""
