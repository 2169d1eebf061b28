"""The pages under /a/."""
