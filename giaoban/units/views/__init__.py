"""The pages under /units/."""
