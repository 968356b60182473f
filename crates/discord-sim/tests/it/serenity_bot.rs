//! A real serenity client against the simulator.

use discord_sim::{Act, ShownKind};
use poise::serenity_prelude::{
    CommandOptionType, Context, CreateCommand, CreateCommandOption, EditInteractionResponse,
    EventHandler, Interaction, Message, Ready, async_trait,
};

use crate::support::{Bot, of_kind, perform, sim};

/// Echoes, bans on `!ban @name`, and answers `/echo` late.
struct Handler;

#[async_trait]
impl EventHandler for Handler {
    async fn message(&self, ctx: Context, message: Message) {
        if message.author.bot {
            return;
        }
        if let (true, Some(target)) = (
            message.content.starts_with("!ban"),
            message.mentions.first(),
        ) {
            let guild = message.guild_id.unwrap();
            guild
                .ban_with_reason(&ctx.http, target.id, 1, "spam & worse")
                .await
                .unwrap();
        }
        message
            .reply(&ctx.http, format!("you said {}", message.content))
            .await
            .unwrap();
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else {
            return;
        };
        command.defer_ephemeral(&ctx.http).await.unwrap();
        let text = command.data.options[0].value.as_str().unwrap().to_owned();
        let edit = EditInteractionResponse::new().content(text);
        command.edit_response(&ctx.http, edit).await.unwrap();
    }

    async fn ready(&self, ctx: Context, ready: Ready) {
        let option = CreateCommandOption::new(CommandOptionType::String, "text", "What to say")
            .required(true);
        let command = CreateCommand::new("echo")
            .description("Says it again")
            .add_option(option);
        let guild = ready.guilds[0].id;
        guild.set_commands(&ctx.http, vec![command]).await.unwrap();
    }
}

#[tokio::test]
async fn a_serenity_bot_replies_to_a_message() {
    let sim = sim().await;
    let bot = Bot::start(&sim, Handler).await;
    perform(&sim, Act::say("alice", "hello @bob in #random")).await;
    let shown = of_kind(&sim, ShownKind::Message);
    assert_eq!(shown.len(), 2);
    assert_eq!(shown[1].author.as_deref(), Some("Rookery"));
    assert_eq!(
        shown[1].content.as_deref(),
        Some("you said hello @bob in #random")
    );
    assert_eq!(shown[1].reply_to.as_deref(), Some("hello @bob in #random"));
    assert!(sim.unimplemented().is_empty());
    bot.stop().await;
}

#[tokio::test]
async fn a_serenity_bot_bans_and_the_reason_reaches_the_audit_log() {
    let sim = sim().await;
    let troll = sim.user_id("troll").unwrap();
    let bot = Bot::start(&sim, Handler).await;
    perform(&sim, Act::say("troll", "buy now")).await;
    perform(&sim, Act::say("mod", "!ban @troll")).await;
    assert_eq!(sim.bans(), [troll]);
    assert!(!sim.is_member(troll));
    let ban = &of_kind(&sim, ShownKind::Ban)[0];
    assert_eq!(
        (ban.author.as_deref(), ban.target.as_deref()),
        (Some("Rookery"), Some("troll"))
    );
    assert_eq!(ban.reason.as_deref(), Some("spam & worse"));
    assert_eq!(sim.audit_log()[0].reason.as_deref(), Some("spam & worse"));
    let deleted = of_kind(&sim, ShownKind::Delete);
    assert_eq!(deleted.len(), 1);
    assert_eq!(deleted[0].content.as_deref(), Some("buy now"));
    bot.stop().await;
}

#[tokio::test]
async fn a_serenity_bot_defers_a_slash_command_and_fills_the_answer_in() {
    let sim = sim().await;
    let bot = Bot::start(&sim, Handler).await;
    sim.settled().await;
    perform(&sim, Act::slash("alice", r#"echo text:"two words""#)).await;
    let answer = &of_kind(&sim, ShownKind::Ephemeral)[0];
    assert_eq!(answer.content.as_deref(), Some("two words"));
    assert_eq!(answer.to.as_deref(), Some("alice"));
    bot.stop().await;
}

#[tokio::test]
async fn a_serenity_bot_resumes_after_a_cut_and_misses_nothing() {
    let sim = sim().await;
    let bot = Bot::start(&sim, Handler).await;
    sim.cut_gateway();
    perform(&sim, Act::say("alice", "into the void")).await;
    while of_kind(&sim, ShownKind::Message).len() < 2 {
        sim.connected().await;
        sim.settled().await;
    }
    let shown = of_kind(&sim, ShownKind::Message);
    assert_eq!(shown[1].content.as_deref(), Some("you said into the void"));
    bot.stop().await;
}
