//! What the page cannot do itself is ordered from whoever plays on the stage.

use super::super::describe;
use discord_sim::{
    Line, Shown,
    web::{Doing, Host},
};
use tokio::sync::{
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    oneshot,
};

/// Something that the page wants of the player.
#[derive(Debug)]
pub enum Order {
    /// A line of a script that is nothing a person does; the answer says why it cannot be played.
    Play(Line, oneshot::Sender<Result<(), String>>),
    /// The same by a control of a panel, which the page does not write down by itself.
    Press(Line, oneshot::Sender<Result<(), String>>),
    /// A person did this on the page.
    Heard(Line),
    /// An answer once everything has been answered.
    Settle(oneshot::Sender<()>),
}

/// The orders of a page, one after the other.
pub type Orders = UnboundedReceiver<Order>;

/// Hands on what the page wants.
#[derive(Clone, Debug)]
pub(super) struct Stagehand(UnboundedSender<Order>);

/// What somebody reads who wants something when the play is over.
const OVER: &str = "The sandbox is ending.";

impl Stagehand {
    pub(super) fn hire() -> (Self, Orders) {
        let (send, orders) = unbounded_channel();
        (Self(send), orders)
    }

    /// Somebody wants this by a control.
    pub(super) async fn press(&self, line: Line) -> Result<(), String> {
        self.order(|answer| Order::Press(line, answer)).await
    }

    async fn order(
        &self,
        order: impl FnOnce(oneshot::Sender<Result<(), String>>) -> Order,
    ) -> Result<(), String> {
        let (answer, answered) = oneshot::channel();
        let sent = self.0.send(order(answer));
        if sent.is_err() {
            return Err(OVER.to_owned());
        }
        answered.await.unwrap_or_else(|_| Err(OVER.to_owned()))
    }
}

impl Host for Stagehand {
    fn play(&self, line: Line) -> Doing<'_, Result<(), String>> {
        Box::pin(self.order(|answer| Order::Play(line, answer)))
    }

    fn heard(&self, line: &Line) {
        // When nobody plays any more, nobody writes it down either.
        let _over = self.0.send(Order::Heard(line.clone()));
    }

    fn settle(&self) -> Doing<'_, ()> {
        Box::pin(async {
            let (answer, answered) = oneshot::channel();
            if self.0.send(Order::Settle(answer)).is_ok() {
                // An error means that the play is over.
                let _over = answered.await;
            }
        })
    }

    fn describe(&self, shown: &Shown) -> String {
        describe(shown)
    }
}
