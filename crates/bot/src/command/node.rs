//! The command tree.

use super::{Command, Spec, invoke};
use crate::{data::Data, failure::Failure};
use poise::{ApplicationContext, BoxFuture, FrameworkError, PrefixContext};

type PrefixAction = for<'a> fn(
    PrefixContext<'a, Data, Failure>,
) -> BoxFuture<'a, Result<(), FrameworkError<'a, Data, Failure>>>;
type SlashAction = for<'a> fn(
    ApplicationContext<'a, Data, Failure>,
) -> BoxFuture<'a, Result<(), FrameworkError<'a, Data, Failure>>>;

/// A command, or a group of them.
#[derive(Debug)]
pub struct Node {
    /// Its own name: `cases`, `list`.
    pub name: &'static str,
    /// Other names in prefix form.
    pub aliases: &'static [&'static str],
    /// What is run under this name; a group's is run in prefix form only.
    pub spec: Option<&'static Spec>,
    /// Commands under this one.
    pub children: Vec<Self>,
    /// Commands of another group that prefix form also takes under this one.
    prefix_only: Vec<Self>,
    prefix: PrefixAction,
    slash: SlashAction,
}

impl Node {
    /// A command.
    pub fn leaf<C: Command>() -> Self {
        const { assert!(!C::SPEC.path.is_empty(), "a command has a name") };
        let spec: &'static Spec = const { &C::SPEC };
        Self {
            name: spec.name(),
            aliases: spec.aliases,
            spec: Some(spec),
            children: Vec::new(),
            prefix_only: Vec::new(),
            prefix: invoke::prefix::<C>,
            slash: invoke::slash::<C>,
        }
    }

    /// A group whose own name does nothing.
    pub fn group(
        name: &'static str,
        aliases: &'static [&'static str],
        children: Vec<Self>,
    ) -> Self {
        Self {
            name,
            aliases,
            spec: None,
            children,
            prefix_only: Vec::new(),
            prefix: invoke::group_prefix,
            slash: invoke::group_slash,
        }
    }

    /// A group whose own name runs a command in prefix form.
    pub fn group_with_root<C: Command>(children: Vec<Self>) -> Self {
        Self {
            children,
            ..Self::leaf::<C>()
        }
    }

    /// A group whose own name runs one of its commands in prefix form: by the rules of that command,
    /// so that the short form is no way around them.
    pub fn group_with_twin<C: Command>(
        name: &'static str,
        aliases: &'static [&'static str],
        children: Vec<Self>,
    ) -> Self {
        Self {
            name,
            aliases,
            children,
            ..Self::leaf::<C>()
        }
    }

    /// The same command, which takes commands of another group under its name too, in prefix form
    /// only: Discord knows no command that is a group as well.
    #[must_use]
    pub fn also_taking(self, commands: Vec<Self>) -> Self {
        Self {
            prefix_only: commands,
            ..self
        }
    }

    fn into_poise(self) -> poise::Command<Data, Failure> {
        poise::Command {
            prefix_action: Some(self.prefix),
            // poise looks for a group's commands only where the group could be called itself, which
            // Discord never does.
            slash_action: Some(self.slash),
            name: self.name.into(),
            aliases: self.aliases.iter().map(|alias| (*alias).into()).collect(),
            subcommands: self
                .children
                .into_iter()
                .chain(self.prefix_only)
                .map(Self::into_poise)
                .collect(),
            ..poise::Command::default()
        }
    }
}

/// All commands.
#[derive(Debug)]
pub struct Tree(pub Vec<Node>);

impl Tree {
    /// The tree as poise dispatches it.
    pub fn into_poise(self) -> Vec<poise::Command<Data, Failure>> {
        let mut commands: Vec<_> = self.0.into_iter().map(Node::into_poise).collect();
        poise::set_qualified_names(&mut commands);
        commands
    }
}
