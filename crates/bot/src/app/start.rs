//! From settings to a running client, in the order in which a start can fail.

use super::{
    Deps, StartError,
    client::{self, Running},
    framework,
    instance_lock::InstanceLock,
    patience::{discord_is_away, until_there},
    registration::{refused, register},
};
use crate::{
    command::{Catalog, Limiter, registration},
    commands,
    data::{Data, Shared},
    discord::http,
    gateway::{Intake, Pulse},
    guild_settings::GuildSettingsCache,
    http::{self as http_server, Status},
    key,
    metrics::Metrics,
    outbox::{self, Outbox},
    storage::Storage,
    tasks::Tasks,
    text::Texts,
};
use controllers::OBLIGATION_DUE;
use poise::serenity_prelude::{self as serenity, ApplicationId, Http, HttpError};
use service::{Database, Listener, Options};
use settings::{Listen, Secret, Settings, Timeout};
use std::{net::SocketAddr, sync::Arc};

/// Everything that a running bot consists of.
pub(super) struct Started {
    pub(super) data: Data,
    pub(super) tasks: Tasks,
    pub(super) client: Running,
    pub(super) lock: Option<InstanceLock>,
    pub(super) application_id: u64,
    pub(super) http_address: Option<SocketAddr>,
}

pub(super) async fn start(deps: Deps) -> Result<Started, StartError> {
    let Deps { settings, clock } = deps;
    let tasks = Tasks::default();
    // First of all: while the rest waits, somebody has to say for what.
    let status = Status::starting(tasks.clone());
    let http_address = serve(&settings.http, &status, &tasks).await?;
    let token = settings.discord.token.as_ref().ok_or(StartError::NoToken)?;
    let signer = key::load(&settings.secrets)?;
    let url = settings.database.url.expose();
    let lock = InstanceLock::take(url)?;
    let options = database_options(&settings);
    let database = until_there("the database", service::Error::is_unavailable, || {
        Database::connect(&options, clock.clone())
    })
    .await?;
    let tree = commands::tree();
    let texts = Arc::new(Texts::new());
    let storage = Storage::new(database.clone(), tasks.clone());
    let data = Data::new(Shared {
        guilds: GuildSettingsCache::new(
            database.clone(),
            storage.clone(),
            tasks.clone(),
            &settings.bot.default_prefix,
            &settings.bot.default_language,
        ),
        outbox: Outbox::new(
            database.clone(),
            clock.clone(),
            tasks.clone(),
            settings.scheduler.lease,
            settings.scheduler.poll,
        ),
        signer,
        metrics: Metrics::default(),
        limiter: Limiter::new(settings.bot.rate_limits),
        commands: Catalog::of(&tree),
        operators: settings.operators.user_ids.iter().copied().collect(),
        started: clock.now(),
        texts,
        clock,
        database,
        storage,
    });

    let http = http::client(&settings.discord, token.expose()).map_err(StartError::Rest)?;
    let application = application(&http).await?;
    http.set_application_id(application);
    let registration = registration(&tree, &data.texts);
    register(&http, data.database.db(), application, &tree, &registration).await?;

    let bot = until_there("Discord", discord_is_away, || http.get_current_user()).await;
    let bot = bot.map_err(|error| refused("the bot's own user", error))?;
    let listener = recover(&options, &data.outbox, lock.is_some()).await?;

    let intake = Intake::new(data.clone(), framework::options(tree), tasks.clone());
    let pulse = Pulse::new(0..settings.discord.shards);
    let client = client::build(&settings.discord, http, intake.clone(), pulse.clone()).await?;
    status.started(data.clone(), intake, pulse);
    // Before the first event, whose command may owe something at once.
    data.outbox.attach(client.http(), bot.id);
    tasks.spawn("outbox", outbox::work(data.clone()));
    if let Some(listener) = listener {
        tasks.spawn("listener", outbox::listen(data.clone(), listener));
    }
    Ok(Started {
        client: client.run(&settings.discord, &tasks),
        data,
        tasks,
        lock,
        application_id: application.get(),
        http_address,
    })
}

/// Serves what supervisors ask; where, unless that is off.
async fn serve(
    settings: &settings::Http,
    status: &Status,
    tasks: &Tasks,
) -> Result<Option<SocketAddr>, StartError> {
    let Listen::On(wanted) = settings.listen else {
        return Ok(None);
    };
    let taken = |source| StartError::Listen {
        address: wanted,
        source,
    };
    let listener = http_server::listen(wanted).await.map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    tracing::info!(%address, "/healthz, /readyz and /metrics are served");
    // Until the tasks are killed: a bot that stops can still be asked.
    let server = http_server::serve(listener, status.clone(), std::future::pending());
    tasks.spawn("http", server);
    Ok(Some(address))
}

/// How the settings say that the database is reached.
pub fn database_options(settings: &Settings) -> Options {
    let settings = &settings.database;
    let url = |url: &Option<Secret>| url.as_ref().map(|url| url.expose().to_owned());
    Options {
        read_url: url(&settings.read_url),
        direct_url: url(&settings.direct_url),
        pool_max: settings.pool_max,
        acquire_timeout: settings.acquire_timeout,
        statement_timeout: match settings.statement_timeout {
            Timeout::After(limit) => Some(limit),
            Timeout::Off => None,
        },
        answer_timeout: settings.answer_timeout,
        slow: settings.slow,
        migrate: settings.migrate,
        ..Options::new(settings.url.expose())
    }
}

/// Lets other processes know that this one lives, and takes over from those that do not.
async fn recover(
    options: &Options,
    outbox: &Outbox,
    alone: bool,
) -> Result<Option<Listener>, StartError> {
    if alone {
        // Nobody else uses this database: what is held was held by a process that is gone.
        outbox.recover().await?;
    }
    let listener = until_there("the database", service::Error::is_unavailable, || {
        Listener::connect(options, outbox.owner(), &[OBLIGATION_DUE])
    })
    .await?;
    if let Some(listener) = &listener {
        outbox.recover_dead(listener).await?;
    }
    Ok(listener)
}

/// The bot's application, and with it the proof that the token is good.
async fn application(http: &Http) -> Result<ApplicationId, StartError> {
    let info = until_there("Discord", discord_is_away, || {
        http.get_current_application_info()
    })
    .await;
    info.map(|info| info.id).map_err(|error| match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(answer))
            if answer.status_code.as_u16() == 401 =>
        {
            StartError::TokenRefused
        }
        source => refused("the bot's application", source),
    })
}
