"""From a part with tags to a program: tags found, blocks lifted, guards set, the source written."""
