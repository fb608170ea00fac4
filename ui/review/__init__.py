"""Drawing of the review: the desk with text and elements, its forms, the register of all elements."""
