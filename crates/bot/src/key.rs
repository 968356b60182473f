//! The key that signs components, from the settings or from a file made at the first start.

use crate::screen::Signer;
use settings::Secrets;
use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The file holds nothing.
    #[error("{} is empty; restore it from a backup, or delete it to get a new key (older buttons then stop working)", .0.display())]
    Empty(PathBuf),
    /// The file cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The file cannot be made.
    #[error("cannot create {}", path.display())]
    Uncreatable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

/// The signer with the configured key, else with the one in the key file, which is made when it is
/// missing: 32 random bytes in hexadecimal, readable by its owner only.
///
/// # Errors
/// [`KeyError`] when the file cannot be read or made.
pub fn load(settings: &Secrets) -> Result<Signer, KeyError> {
    if let Some(key) = &settings.key {
        return Ok(Signer::new(key.expose().as_bytes()));
    }
    let path = &settings.key_file;
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            create(path).map_err(|source| KeyError::Uncreatable {
                path: path.clone(),
                source,
            })?;
            fs::read_to_string(path)
        }
        read => read,
    };
    let text = text.map_err(|source| KeyError::Unreadable {
        path: path.clone(),
        source,
    })?;
    match text.trim() {
        "" => Err(KeyError::Empty(path.clone())),
        key => Ok(Signer::new(key.as_bytes())),
    }
}

/// The file appears whole or not at all, and never in place of one that another process made.
fn create(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    writeln!(file, "{}", hex::encode(rand::random::<[u8; 32]>()))?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(error.error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::CustomId;
    use settings::Secret;

    fn secrets(folder: &Path) -> Secrets {
        Secrets {
            key: None,
            key_file: folder.join("data/rookery.key"),
        }
    }

    fn sample(signer: &Signer) -> Option<String> {
        let id = CustomId {
            screen: "help".to_owned(),
            args: "a".to_owned(),
            owner: 1,
        };
        signer.sign(&id, 1)
    }

    #[test]
    fn the_first_start_makes_a_key_and_the_next_one_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let secrets = secrets(folder.path());
        let first = load(&secrets).unwrap();
        let text = fs::read_to_string(&secrets.key_file).unwrap();
        assert_eq!(text.trim().len(), 64);
        assert_eq!(sample(&first), sample(&load(&secrets).unwrap()));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_the_key() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let secrets = secrets(folder.path());
        load(&secrets).unwrap();
        let mode = fs::metadata(&secrets.key_file)
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_configured_key_makes_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut secrets = secrets(folder.path());
        secrets.key = Some(Secret::new("a key"));
        load(&secrets).unwrap();
        assert!(!secrets.key_file.exists());
    }

    #[test]
    fn an_empty_file_is_an_error_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let mut secrets = secrets(folder.path());
        secrets.key_file = folder.path().join("empty");
        fs::write(&secrets.key_file, "\n").unwrap();
        assert!(matches!(load(&secrets), Err(KeyError::Empty(_))));
        assert_eq!(fs::read_to_string(&secrets.key_file).unwrap(), "\n");
    }
}
