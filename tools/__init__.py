"""The glue between the pages, the snippets and mkdocs."""
