"""The web app over an archive: `retold serve`, and the same pages as files.

    guard       who may ask what: hosts, origins, tokens, headers
    app         the routes
    pages       templates, and how words from outside get into them
    views/      what each page shows: nouns → plain structures; no HTML
    templates/  how it looks; static/ style, htmx

Pages read without JavaScript and load nothing from elsewhere. Every page has its JSON at the same
address with `.json`, or by `Accept: application/json`.
"""
