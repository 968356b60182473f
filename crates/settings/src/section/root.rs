//! The keys above all sections.

use super::section;
use crate::value::value_enum;

section! {
    /// The keys above all sections.
    pub(crate) struct Root("") {
        /// Where this process runs. In `production`, destructive commands want the name of the database too.
        environment: Environment = Environment::Development, env "ROOKERY_ENV";
    }
}

value_enum! {
    /// Where a process runs.
    pub enum Environment {
        /// A developer's machine or a trial.
        Development = "development",
        /// A bot that people rely on.
        Production = "production",
    }
}
