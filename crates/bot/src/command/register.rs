//! The commands as Discord registers them.

use super::{Node, Tree, slash_form};
use crate::text::{Args, Lang, Texts};
use poise::serenity_prelude::{
    CommandOptionType, CreateCommand, CreateCommandOption, InstallationContext, InteractionContext,
};
use sha2::{Digest, Sha256};

/// What is sent to Discord, and its fingerprint.
#[derive(Debug, Clone)]
pub struct Registration {
    /// One command for each name at the top.
    pub commands: Vec<CreateCommand>,
    /// SHA-256 of their JSON, in hexadecimal.
    pub hash: String,
}

/// The registration of a tree, with English texts.
pub fn registration(tree: &Tree, texts: &Texts) -> Registration {
    let commands: Vec<CreateCommand> = tree.0.iter().map(|node| command(node, texts)).collect();
    // Their JSON is made of strings, numbers and lists: it always serializes.
    let json = serde_json::to_string(&commands).unwrap_or_default();
    let hash = hex::encode(Sha256::digest(json));
    Registration { commands, hash }
}

fn command(node: &Node, texts: &Texts) -> CreateCommand {
    let anywhere = node.children.is_empty()
        && node
            .spec
            .is_some_and(|spec| spec.access.scope == super::Scope::Anywhere);
    let contexts = if anywhere {
        vec![InteractionContext::Guild, InteractionContext::BotDm]
    } else {
        vec![InteractionContext::Guild]
    };
    let command = CreateCommand::new(node.name)
        .description(summary(node.name, texts))
        .contexts(contexts)
        .integration_types(vec![InstallationContext::Guild]);
    if node.children.is_empty() {
        let options = node
            .spec
            .map(|spec| slash_form::options(spec, texts))
            .unwrap_or_default();
        return command.set_options(options);
    }
    command.set_options(
        node.children
            .iter()
            .map(|child| below(node.name, child, texts))
            .collect(),
    )
}

fn below(path: &str, node: &Node, texts: &Texts) -> CreateCommandOption {
    let path = format!("{path} {}", node.name);
    let description = summary(&path, texts);
    if node.children.is_empty() {
        let options = node
            .spec
            .map(|spec| slash_form::options(spec, texts))
            .unwrap_or_default();
        let option =
            CreateCommandOption::new(CommandOptionType::SubCommand, node.name, description);
        return options
            .into_iter()
            .fold(option, CreateCommandOption::add_sub_option);
    }
    let group =
        CreateCommandOption::new(CommandOptionType::SubCommandGroup, node.name, description);
    node.children
        .iter()
        .map(|child| below(&path, child, texts))
        .fold(group, CreateCommandOption::add_sub_option)
}

fn summary(path: &str, texts: &Texts) -> String {
    texts.get(&Lang::english(), &slash_form::text_id(path), &Args::new())
}
