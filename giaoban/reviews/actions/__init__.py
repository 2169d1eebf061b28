"""What is done with a review. editing: what all changes share; sentences, blocks, figures: its parts;
building: a first draft from the reports; issuing: sign, issue, correct, recall."""
