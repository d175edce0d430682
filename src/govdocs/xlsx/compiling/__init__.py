"""From a workbook with tags to programs: tags found, blocks lifted, sources written."""
