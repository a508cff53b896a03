"""Who works here: staff, their posts with dates and regions, stand-ins, second factor, rights."""
