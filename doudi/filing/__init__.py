"""Filing: prints in batches, and one household's file with what is missing named (一户一档)."""
