"""Stage 7, `show`: a telling -> what people and programs read.

| module     | gives                                                                       |
|------------|-----------------------------------------------------------------------------|
| `summary`  | `summarise(segmented, collation, quotations, actors, stemma)` -> a paragraph |
| `terminal` | `render(telling, width, ...)` -> text; `show(telling, console)` prints it with rich |
| `page`     | `page(telling)` -> one self-contained HTML page                             |
| `notebook` | `fragment(telling)` -> HTML for `_repr_html_`                               |
| `records`  | JSON bytes of each command's output                                         |
| `schemas`  | `schema(name)` -> the JSON Schema of each                                   |

All of them are pure functions. Whatever comes from a report reaches a terminal or a page only
through `marks.visible`, and a page only through `markup`, which escapes.
"""
