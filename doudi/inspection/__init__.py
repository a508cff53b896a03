"""审计: the auditor's door. It shows and packs; it changes nothing, and is journalled itself."""
