"""PostgreSQL as Django speaks to it, but a commit of unknown outcome is an error."""
