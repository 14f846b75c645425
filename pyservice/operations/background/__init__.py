"""Operations that part the product from its ground."""
