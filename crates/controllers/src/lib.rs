//! Seven capabilities over any sea-orm entity, and a controller for each of Rookery's models.
