"""Running awards kept right: changes with two hands, re-checks, new standards (动态管理)."""
