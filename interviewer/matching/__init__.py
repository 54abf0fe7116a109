"""Understanding free text without a model: pure functions over strings and rules."""
