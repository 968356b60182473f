//! What the controllers of the models add.
