"""The only reader of the time; on a demo database the time can be moved forward."""
