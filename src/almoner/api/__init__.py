"""What other programs read: outgoing feeds."""
