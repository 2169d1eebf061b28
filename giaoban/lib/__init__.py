"""Plain Python without Django: periods, deadlines, text, exact numbers, expressions, tables, documents."""
