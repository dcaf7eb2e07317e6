"""Gold and output to and from other forms: mark-up files, checks, tools of other people."""
