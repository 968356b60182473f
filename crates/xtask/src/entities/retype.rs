//! Text columns whose CHECK lists words get the Rust enum of those words.

use std::iter;

use anyhow::Context as _;
use quote::ToTokens as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, Fields, File, Item, Meta, Token, parse_quote};

/// `(table, column, type in entity::value)`.
const ENUMS: &[(&str, &str, &str)] = &[
    ("case_event", "kind", "CaseEventKind"),
    ("config_event", "source", "ConfigSource"),
    ("counter", "key", "CounterKey"),
    ("guild_config", "permission_mode", "PermissionMode"),
    ("log_channel", "kind", "LogKind"),
    ("mod_case", "family", "CaseFamily"),
    ("mod_case", "kind", "CaseKind"),
    ("mod_case", "source", "CaseSource"),
    ("mod_case", "state", "CaseState"),
    ("mod_case", "target_type", "TargetType"),
    ("obligation", "kind", "ObligationKind"),
    ("obligation", "state", "ObligationState"),
    ("obligation_attempt", "outcome", "AttemptOutcome"),
];

/// The file with the columns of [`ENUMS`] retyped.
pub(crate) fn retype(file: &str, text: &str) -> anyhow::Result<String> {
    let table = file.trim_end_matches(".rs");
    let enums: Vec<_> = ENUMS.iter().filter(|(name, _, _)| *name == table).collect();
    if enums.is_empty() {
        return Ok(text.to_owned());
    }
    let mut parsed = syn::parse_file(text).with_context(|| format!("{file} is not Rust"))?;
    for (_, column, value) in enums {
        let field = parsed
            .items
            .iter_mut()
            .filter_map(fields)
            .flatten()
            .find(|field| field.ident.as_ref().is_some_and(|name| name == column))
            .with_context(|| format!("{table} has no column {column}"))?;
        let value = quote::format_ident!("{value}");
        field.ty = match field.ty.to_token_stream().to_string().as_str() {
            "String" => parse_quote!(crate::value::#value),
            "Option < String >" => parse_quote!(Option<crate::value::#value>),
            other => anyhow::bail!("{table}.{column} is {other}, not text"),
        };
        field.attrs = field
            .attrs
            .iter()
            .map(without_column_type)
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect();
    }
    Ok(spaced(&parsed))
}

/// The text of a file with a blank line between its parts, which `unparse` leaves out and the
/// generator's own text has. A generated file has no comments to lose.
fn spaced(file: &File) -> String {
    let part = |attrs: &[Attribute], item: Option<&Item>| {
        prettyplease::unparse(&File {
            shebang: None,
            attrs: attrs.to_vec(),
            items: item.into_iter().cloned().collect(),
        })
    };
    let header = part(&file.attrs, None);
    let items = file.items.iter().map(|item| part(&[], Some(item)));
    let parts: Vec<_> = iter::once(header).chain(items).collect();
    parts.join("\n")
}

fn fields(item: &mut Item) -> Option<&mut Fields> {
    match item {
        Item::Struct(model) if model.ident == "Model" => Some(&mut model.fields),
        _ => None,
    }
}

/// The type of the column follows from the enum; left in place it would make the typed column
/// accept strings only.
fn without_column_type(attribute: &Attribute) -> syn::Result<Option<Attribute>> {
    if !attribute.path().is_ident("sea_orm") {
        return Ok(Some(attribute.clone()));
    }
    let all = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)?;
    let kept: Punctuated<Meta, Token![,]> = all
        .into_iter()
        .filter(|meta| !meta.path().is_ident("column_type") && !meta.path().is_ident("nullable"))
        .collect();
    Ok((!kept.is_empty()).then(|| parse_quote!(#[sea_orm(#kept)])))
}
