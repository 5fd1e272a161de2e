"""What people fill in when they mark answers, grade a question again, or question a key."""
