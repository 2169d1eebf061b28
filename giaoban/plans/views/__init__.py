"""The pages of plans, tasks, activities and targets."""
