"""The formulas behind the rules of doubt: plain rows in, questions out."""
