//! The description of a command.

use poise::serenity_prelude::Permissions;

/// Everything about a command but what it does. Texts come from Fluent by its path: the summary of
/// `cases list` is `cmd-cases-list`.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// Full name: `ban`, `cases list`.
    pub path: &'static str,
    /// Other names of its last word, in prefix form.
    pub aliases: &'static [&'static str],
    /// Where help lists it.
    pub category: Category,
    /// Who may use it where.
    pub access: Access,
    /// Who sees the answer in slash form.
    pub visibility: Visibility,
    /// What it takes.
    pub params: &'static [Param],
}

/// Where help lists a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Help and information.
    Core,
    /// Sanctions.
    Moderation,
    /// Records.
    Cases,
    /// Who may do what.
    Permissions,
    /// Settings of the guild.
    Settings,
}

impl Category {
    /// All of them, in the order of help.
    pub const ALL: &[Self] = &[
        Self::Core,
        Self::Moderation,
        Self::Cases,
        Self::Permissions,
        Self::Settings,
    ];

    /// Its key in the text `help-category` and in components.
    pub fn key(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Moderation => "moderation",
            Self::Cases => "cases",
            Self::Permissions => "permissions",
            Self::Settings => "settings",
        }
    }
}

/// Who may use a command where, while nobody has configured anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// The rank it needs, 0 to 10.
    pub rank: i64,
    /// The Discord permission it needs while the guild has no ranks; empty: none.
    pub bits: Permissions,
    /// Where it may be used, and by whom at all.
    pub scope: Scope,
}

impl Access {
    /// Everyone, in guilds and direct messages.
    pub const ANYWHERE: Self = Self {
        rank: 0,
        bits: Permissions::empty(),
        scope: Scope::Anywhere,
    };
    /// Every member of a guild.
    pub const MEMBERS: Self = Self::guild(0, Permissions::empty());

    /// Whether nobody is kept from it while nothing is configured.
    pub fn is_for_everyone(&self) -> bool {
        self.rank == 0 && self.bits.is_empty() && self.scope != Scope::Operator
    }

    /// Members of this rank, or with this permission.
    pub const fn guild(rank: i64, bits: Permissions) -> Self {
        Self {
            rank,
            bits,
            scope: Scope::Guild,
        }
    }
}

/// Where a command may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In guilds only.
    Guild,
    /// In guilds and direct messages.
    Anywhere,
    /// By operators only.
    Operator,
}

/// Who sees the answer to the slash form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// The caller.
    Private,
    /// The channel.
    Public,
    /// The channel, unless the guild keeps moderation replies private.
    Moderation,
}

/// One thing that a command takes.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    /// Name of the slash option and of the flag.
    pub name: &'static str,
    /// Other names of the flag.
    pub aliases: &'static [&'static str],
    /// What it is.
    pub kind: ParamKind,
    /// How the prefix form gives it, when not as a flag.
    pub place: Place,
    /// Whether the command refuses to go on without it.
    pub required: bool,
}

/// What a parameter is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ParamKind {
    /// Persons acted on: in slash form `member` and `also`, in prefix form up to 20 mentions or ids.
    Targets,
    /// One person.
    Member,
    /// One role.
    Role,
    /// One channel.
    Channel,
    /// Words, at most so many characters.
    Text(u16),
    /// A whole number within a range.
    Integer(i64, i64),
    /// A time or duration.
    Time,
    /// Whole days, from 0.
    Days(i64),
    /// On when named.
    Switch,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Some of these words; in slash form one.
    Choices(&'static [&'static str]),
    /// The full name of a command.
    CommandPath,
}

/// How the prefix form gives a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In this position.
    Next,
    /// As the text that is left over.
    Rest,
    /// As a flag only.
    Flag,
}

impl Param {
    /// A required parameter in this position.
    pub const fn next(name: &'static str, kind: ParamKind) -> Self {
        Self {
            name,
            aliases: &[],
            kind,
            place: Place::Next,
            required: true,
        }
    }

    /// A parameter that takes the text left over.
    pub const fn rest(name: &'static str, max: u16) -> Self {
        Self {
            name,
            aliases: &[],
            kind: ParamKind::Text(max),
            place: Place::Rest,
            required: true,
        }
    }

    /// A parameter given as a flag.
    pub const fn flag(
        name: &'static str,
        aliases: &'static [&'static str],
        kind: ParamKind,
    ) -> Self {
        Self {
            name,
            aliases,
            kind,
            place: Place::Flag,
            required: false,
        }
    }

    /// The same, which may be left out.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self {
            required: false,
            ..self
        }
    }

    /// The same, with other names as a flag.
    #[must_use]
    pub const fn or(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }
}

impl Spec {
    /// The last word of its path.
    pub fn name(&self) -> &'static str {
        self.path.rsplit(' ').next().unwrap_or(self.path)
    }

    /// What the prefix form looks like, without the prefix: `ban <member…> [reason] [-delete …]`.
    pub fn usage(&self) -> String {
        use std::fmt::Write as _;
        let mut usage = self.path.to_owned();
        for param in self.params {
            let many = if matches!(param.kind, ParamKind::Targets | ParamKind::Choices(_)) {
                "…"
            } else {
                ""
            };
            let name = match (param.place, param.kind) {
                (Place::Flag, ParamKind::Switch) => format!("-{}", param.name),
                (Place::Flag, _) => format!("-{} …", param.name),
                (_, ParamKind::Choice(words) | ParamKind::Choices(words)) => words.join("|"),
                _ => param.name.to_owned(),
            };
            let (open, close) = if param.required {
                ('<', '>')
            } else {
                ('[', ']')
            };
            // Writing to a string cannot fail.
            let _ = write!(usage, " {open}{name}{many}{close}");
        }
        usage
    }
}
