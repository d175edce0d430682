"""How a value is written where it lands: text, rich text, pictures, seals, whole documents."""
