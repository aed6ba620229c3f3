"""What each page shows: plain structures, which are also the JSON of the page. No HTML here."""
