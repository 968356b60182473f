//! Plays lines on a stage, one after the other.

use super::{Audience, HELP, Record, Stage, StageError, mistake::is_mistake, page::Order};
use discord_sim::{Act, Line, Shown, web::Page};
use std::{io, time::Duration};
use tokio::sync::{broadcast, oneshot};

/// Plays lines and shows what Discord would show.
#[derive(Debug)]
pub struct Player {
    stage: Stage,
    audience: Audience,
    record: Option<Record>,
    /// Where somebody looks on who wants the whole transcript.
    page: Option<Page>,
    /// How much of what Discord shows was passed on.
    shown: usize,
    /// Tells when there is more.
    live: broadcast::Receiver<Shown>,
    mistakes: usize,
}

/// Why playing ended early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlayError {
    /// The bot did not come back.
    #[error(transparent)]
    Stage(#[from] StageError),
    /// What happened could not be written.
    #[error("the transcript could not be written")]
    Write(#[from] io::Error),
}

impl Player {
    /// Plays on `stage` for `audience`, writes a script of it to `record`, and tells `page` of every line.
    pub fn new(
        stage: Stage,
        audience: Audience,
        record: Option<Record>,
        page: Option<Page>,
    ) -> Self {
        let live = stage.sim().subscribe();
        let shown = stage.sim().shown(0).len();
        Self {
            live,
            stage,
            audience,
            record,
            page,
            shown,
            mistakes: 0,
        }
    }

    /// Plays a line and waits until everything that follows from it has happened. A line that cannot
    /// be meant changes nothing; the audience is told why, by the number of the line.
    ///
    /// # Errors
    /// [`PlayError`]; nothing more can be played then.
    pub async fn play(mut self, number: usize, text: &str) -> Result<Self, PlayError> {
        let line = match Line::parse(text) {
            Ok(line) => line,
            Err(error) => {
                self.mistaken(number, &error)?;
                return Ok(self);
            }
        };
        if let Some(record) = &mut self.record {
            record.line(&line)?;
        }
        if let Some(page) = &self.page {
            page.heard(&line);
        }
        match &line {
            Line::Act(act) => self.perform(number, act).await?,
            Line::Wait(time) => self.wait(*time).await?,
            Line::Restart => {
                let (player, refused) = self.restart().await?;
                self = player;
                if let Some(why) = refused {
                    self.audience.note(why)?;
                }
            }
            Line::Comment(text) => self.audience.remark(text)?,
            Line::Help => self.audience.note(HELP)?,
            _ => {}
        }
        self.show()?;
        Ok(self)
    }

    /// Carries out what the page wants.
    ///
    /// # Errors
    /// [`PlayError`]; nothing more can be played then.
    pub async fn carry_out(mut self, order: Order) -> Result<Self, PlayError> {
        match order {
            Order::Heard(line) => self.write_down(&line)?,
            Order::Settle(answer) => {
                self.settle().await?;
                // Who asked may have left.
                let _left = answer.send(());
            }
            Order::Press(line, answer) => {
                if let Some(page) = &self.page {
                    page.heard(&line);
                }
                self = self.obey(&line, answer).await?;
            }
            Order::Play(line, answer) => self = self.obey(&line, answer).await?,
        }
        self.show()?;
        Ok(self)
    }

    /// Lets time pass or starts the bot again, and says whether it could be done.
    async fn obey(
        mut self,
        line: &Line,
        answer: oneshot::Sender<Result<(), String>>,
    ) -> Result<Self, PlayError> {
        self.write_down(line)?;
        let refused = match line {
            Line::Wait(time) => {
                self.wait(*time).await?;
                None
            }
            Line::Restart => {
                let (player, refused) = self.restart().await?;
                self = player;
                refused
            }
            _ => Some("only time and the bot's life are mine"),
        };
        // Who asked may have left.
        let _left = answer.send(refused.map_or(Ok(()), |why| Err(why.to_owned())));
        Ok(self)
    }

    fn write_down(&mut self, line: &Line) -> io::Result<()> {
        match &mut self.record {
            Some(record) => record.line(line),
            None => Ok(()),
        }
    }

    async fn wait(&mut self, time: Duration) -> Result<(), PlayError> {
        let waited = self.stage.wait(time).await;
        self.unless_away(waited)
    }

    async fn settle(&mut self) -> Result<(), PlayError> {
        let settled = self.stage.settle().await;
        self.unless_away(settled)
    }

    /// A database that somebody has taken away does not end the play: they want to see what happens.
    fn unless_away(&mut self, done: Result<(), StageError>) -> Result<(), PlayError> {
        match done {
            Err(StageError::Database(_)) if self.stage.lacks_database() => {
                self.audience
                    .note("the database is stopped; what is owed waits for it")?;
                Ok(())
            }
            done => Ok(done?),
        }
    }

    /// Starts the bot anew, or says why it has to wait.
    async fn restart(mut self) -> Result<(Self, Option<&'static str>), PlayError> {
        if self.stage.lacks_database() {
            let why = "a bot does not start without its database; start the database first";
            return Ok((self, Some(why)));
        }
        self.stage = self.stage.restart().await?;
        self.audience.note("the bot was killed and started again")?;
        Ok((self, None))
    }

    /// How many lines could not be understood.
    pub fn mistakes(&self) -> usize {
        self.mistakes
    }

    /// Ends the play and everything on the stage.
    pub async fn end(self) {
        self.stage.end().await;
    }

    async fn perform(&mut self, number: usize, act: &Act) -> Result<(), PlayError> {
        match self.stage.sim().perform(act).await {
            Ok(()) => self.settle().await?,
            Err(refusal) if is_mistake(&refusal) => self.mistaken(number, &refusal)?,
            Err(refusal) => self.audience.refused(&act.person, &refusal.to_string())?,
        }
        Ok(())
    }

    fn mistaken(&mut self, number: usize, why: &dyn std::fmt::Display) -> io::Result<()> {
        self.mistakes += 1;
        self.audience.mistake(number, why)
    }

    /// Waits until Discord shows something that no line has brought about, as when time passes by
    /// itself.
    pub async fn news(&mut self) {
        // Having missed some is news too, and Discord ends after the player.
        let _news = self.live.recv().await;
    }

    /// Passes on what Discord has shown since the last time.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn show(&mut self) -> io::Result<()> {
        self.live = self.stage.sim().subscribe();
        let new = self.stage.sim().shown(self.shown);
        self.shown += new.len();
        for shown in &new {
            self.audience.see(shown)?;
            if let Some(record) = &mut self.record {
                record.saw(shown)?;
            }
        }
        self.audience.flush()
    }
}
