//! Discord's descriptions: where they are, read once per process, and the validators made of them.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};
use thiserror::Error;

/// The invented addresses under which the documents refer to themselves.
const API: &str = "https://schemas.invalid/openapi";
const GATEWAY: &str = "https://schemas.invalid/gateway";

/// Both descriptions, and every validator that was needed so far.
pub(super) struct Schemas {
    /// The description of REST.
    pub(super) api: Value,
    registry: Registry<'static>,
    /// By the address of the schema; making one takes far longer than using it.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

#[derive(Debug, Error)]
enum Unusable {
    #[error("{path} cannot be read")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{path} is no JSON")]
    Json {
        path: PathBuf,
        #[source]
        source: serde_json::Error,
    },
    #[error("the descriptions cannot be used: {0}")]
    Schema(String),
}

/// The descriptions; nothing where there are none.
pub(super) fn schemas() -> Option<&'static Schemas> {
    static SCHEMAS: OnceLock<Option<Schemas>> = OnceLock::new();
    SCHEMAS.get_or_init(found).as_ref()
}

#[expect(
    clippy::panic,
    reason = "only tests come here, and a test that checks less than it was told to must not pass"
)]
fn found() -> Option<Schemas> {
    let Some(folder) = folder() else {
        assert!(
            setting("DISCORD_SCHEMAS_REQUIRED").is_none(),
            "Discord's descriptions are required and DISCORD_SCHEMAS names no folder"
        );
        return None;
    };
    match Schemas::read(&folder) {
        Ok(schemas) => Some(schemas),
        Err(error) => panic!("Discord's descriptions cannot be used: {error:?}"),
    }
}

/// The folder that the environment names, or the one beside the workspace when it is there.
fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/discord");
    setting("DISCORD_SCHEMAS").or_else(|| beside.is_dir().then_some(beside))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a tool of the tests, which have no settings"
)]
fn setting(name: &str) -> Option<PathBuf> {
    std::env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

impl Schemas {
    fn read(folder: &Path) -> Result<Self, Unusable> {
        let api = json_file(&folder.join("openapi.json"))?;
        let mut gateway = json_file(&folder.join("gateway-dispatch.schema.json"))?;
        combine_flags(&mut gateway);
        let unusable = |error: &dyn std::fmt::Display| Unusable::Schema(error.to_string());
        let registry = Registry::new()
            .add(API, api.clone())
            .and_then(|registry| registry.add(GATEWAY, gateway))
            .map_err(|error| unusable(&error))?
            .prepare()
            .map_err(|error| unusable(&error))?;
        Ok(Self {
            api,
            registry,
            validators: Mutex::default(),
        })
    }

    /// The validator of a part of the description of REST, by its pointer.
    pub(super) fn api(&'static self, pointer: &str) -> Result<Arc<Validator>, String> {
        self.validator(API, pointer, Draft::Draft202012)
    }

    /// The validator of a definition of the gateway's schema.
    pub(super) fn gateway(&'static self, definition: &str) -> Result<Arc<Validator>, String> {
        self.validator(
            GATEWAY,
            &format!("/definitions/{definition}"),
            Draft::Draft7,
        )
    }

    fn validator(
        &'static self,
        document: &str,
        pointer: &str,
        draft: Draft,
    ) -> Result<Arc<Validator>, String> {
        let escaped = pointer.replace('{', "%7B").replace('}', "%7D");
        let address = format!("{document}#{escaped}");
        let mut known = self
            .validators
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(validator) = known.get(&address) {
            return Ok(Arc::clone(validator));
        }
        let validator = jsonschema::options()
            .with_draft(draft)
            .with_registry(&self.registry)
            .build(&json!({"$ref": address}))
            .map_err(|error| error.to_string())?;
        let validator = Arc::new(validator);
        known.insert(address, Arc::clone(&validator));
        Ok(validator)
    }
}

fn json_file(path: &Path) -> Result<Value, Unusable> {
    let text = fs::read_to_string(path).map_err(|source| Unusable::File {
        path: path.to_owned(),
        source,
    })?;
    serde_json::from_str(&text).map_err(|source| Unusable::Json {
        path: path.to_owned(),
        source,
    })
}

/// The schema lists the single bits of a set of flags; none and several together are as good.
fn combine_flags(schema: &mut Value) {
    let definitions = schema.get_mut("definitions").and_then(Value::as_object_mut);
    for (name, definition) in definitions.into_iter().flatten() {
        if name.ends_with("Flags") {
            *definition = json!({"type": "integer"});
        }
    }
}
