"""What answers each address: `reading` for pages, `writing` for forms."""
