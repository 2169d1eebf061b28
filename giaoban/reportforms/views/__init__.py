"""The pages under /a/<agreement>/ about what is asked."""
