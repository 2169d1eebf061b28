"""What people type about plans, tasks, activities and targets."""
