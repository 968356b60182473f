//! A tiny bot, made with serenity, and the test of it.
//!
//! It greets whoever says hello, keeps a list of what to buy, and asks before it forgets it. Nothing
//! in it knows that it is being tested; it is only told another address than Discord's.
//!
//! `cargo run -p discord-sim --example tiny_bot` plays the story and prints what happened.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "an example: what goes wrong should be seen, and what happened should be read"
)]

use std::sync::Mutex;

use discord_sim::{Expected, ShownKind, Sim};
use poise::serenity_prelude::{
    ButtonStyle, ClientBuilder, Command, CommandInteraction, CommandOptionType,
    ComponentInteraction, Context, CreateActionRow, CreateButton, CreateCommand,
    CreateCommandOption, CreateInteractionResponse, CreateInteractionResponseMessage, EventHandler,
    GatewayIntents, Http, HttpBuilder, Interaction, Message, Ready, Result, async_trait,
};

/// What a tiny bot remembers: a list of what to buy.
#[derive(Default)]
struct TinyBot {
    list: Mutex<Vec<String>>,
}

impl TinyBot {
    async fn command(&self, ctx: &Context, command: &CommandInteraction) -> Result<()> {
        let what = command.data.options.first();
        let answer = if let Some(what) = what.and_then(|option| option.value.as_str()) {
            let mut list = self.list.lock().expect("no panic holds it");
            list.push(what.to_owned());
            text(&format!("To buy: {}", list.join(", ")))
        } else {
            let sure = CreateButton::new("forget").label("Forget it all");
            let row = CreateActionRow::Buttons(vec![sure.style(ButtonStyle::Danger)]);
            text("Are you sure?").components(vec![row]).ephemeral(true)
        };
        let answer = CreateInteractionResponse::Message(answer);
        command.create_response(&ctx.http, answer).await
    }

    async fn button(&self, ctx: &Context, pressed: &ComponentInteraction) -> Result<()> {
        self.list.lock().expect("no panic holds it").clear();
        let answer = text("Forgotten.").components(Vec::new());
        let answer = CreateInteractionResponse::UpdateMessage(answer);
        pressed.create_response(&ctx.http, answer).await
    }
}

fn text(text: &str) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().content(text)
}

#[async_trait]
impl EventHandler for TinyBot {
    async fn ready(&self, ctx: Context, _: Ready) {
        let what = CreateCommandOption::new(CommandOptionType::String, "what", "What to buy");
        let buy = CreateCommand::new("buy").description("Puts something on the list");
        let forget = CreateCommand::new("forget").description("Empties the list");
        let commands = vec![buy.add_option(what.required(true)), forget];
        let set = Command::set_global_commands(&ctx.http, commands).await;
        set.expect("Discord takes the commands");
    }

    async fn message(&self, ctx: Context, message: Message) {
        if !message.author.bot && message.content == "hello" {
            let greeted = message.reply(&ctx.http, "Hello to you!").await;
            greeted.expect("Discord takes the greeting");
        }
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        let answered = match &interaction {
            Interaction::Command(command) => self.command(&ctx, command).await,
            Interaction::Component(pressed) => self.button(&ctx, pressed).await,
            _ => Ok(()),
        };
        answered.expect("Discord takes the answer");
    }
}

/// The bot's `main`, but for the address and the token.
async fn run(http: Http) -> Result<()> {
    let intents = GatewayIntents::non_privileged() | GatewayIntents::MESSAGE_CONTENT;
    let client = ClientBuilder::new_with_http(http, intents);
    client
        .event_handler(TinyBot::default())
        .await?
        .start()
        .await
}

/// The test.
async fn story() -> Sim {
    let sim = Sim::builder().start().await.expect("a free port");
    let http = HttpBuilder::new(sim.token())
        .proxy(sim.url())
        .ratelimiter_disabled(true)
        .application_id(sim.application_id().into());
    let bot = tokio::spawn(run(http.build()));
    sim.connected().await;
    sim.settled().await;

    let alice = sim.guild().member("alice");
    alice.says("hello");
    let greeting = sim.expect("Hello to you!").await;
    assert_eq!(greeting.reply_to.as_deref(), Some("hello"));

    alice.slash("buy what:bread");
    sim.expect("To buy: bread").await;
    alice.in_private().slash("buy what:milk");
    sim.expect(Expected::said("bread, milk").to("alice")).await;

    let bob = sim.guild().member("bob");
    bob.slash("forget");
    sim.expect(Expected::said("Are you sure?").to("bob")).await;
    sim.expect_no(Expected::of(ShownKind::Edit)).await;
    bob.clicks("Forget it all");
    sim.expect("Forgotten.").await;
    bob.slash("buy what:tea");
    sim.expect("To buy: tea").await;

    bot.abort();
    sim
}

#[tokio::main]
async fn main() {
    let sim = story().await;
    println!("{}", sim.transcript());
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn the_story_of_the_tiny_bot_comes_true() {
        super::story().await;
    }
}
