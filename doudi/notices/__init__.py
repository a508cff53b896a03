"""Messages to residents and staff: queued with the deed, sent by a plug, never silently lost."""
