# Moderation: replies, direct messages, and what the moderator sees before and after an action.

## Words

# $action: the kind of the case. $target: name of the user.
action-did = { $action ->
        [ban] banned { $target }
        [tempban] banned { $target }
        [softban] softbanned { $target }
        [unban] unbanned { $target }
        [kick] kicked { $target }
        [timeout] timed out { $target }
        [untimeout] removed the timeout of { $target }
        [jail] jailed { $target }
        [unjail] released { $target } from jail
       *[warn] warned { $target }
    }
action-not-done = { $action ->
        [ban] { $target } not banned
        [tempban] { $target } not banned
        [softban] { $target } not softbanned
        [unban] { $target } not unbanned
        [kick] { $target } not kicked
        [timeout] { $target } not timed out
        [untimeout] timeout of { $target } not removed
        [jail] { $target } not jailed
        [unjail] { $target } not released from jail
       *[warn] { $target } not warned
    }

## Replies, one line for each target
# $case: number. $until: a timestamp, or "none".

mod-done = **#{ $case }** { action-did }{ mod-until }{ mod-dm }{ mod-log }.
mod-refused = { action-not-done }: { $why }
# $why: a sentence.
mod-failed = **#{ $case }** { action-not-done }: { $why } The case is kept as failed.
mod-queued = **#{ $case }** { action-not-done } yet: it is recorded, and I keep trying. This message changes when Discord has confirmed it.

# The database went away between the recording and the outcome.
mod-interrupted = Recorded, but the database stopped answering before I knew the outcome. I go on when it is back, and answer here.

mod-until = { $until ->
        [none] {""}
       *[other] {" "}until { $until }
    }
# $dm: what became of the direct message; "none" for actions that send none.
mod-dm = { $dm ->
        [delivered] , DM delivered
        [refused] , DM refused (they take none from here)
        [timeout] , DM not confirmed in time
        [pending] , DM on its way
        [failed] , DM failed
        [silent] , no DM, as asked
       *[none] {""}
    }
# $log: what became of the log message; "none" when no log channel is set.
mod-log = { $log ->
        [posted] , log posted
        [pending] , log on its way
        [failed] , but the log message failed; `/logs list` shows why
       *[none] {""}
    }
mod-reason-cut = The reason was longer than { $most } characters; the rest was cut.
mod-reason-none = No reason given
mod-warnings = { $target } has { $count ->
        [one] one warning that counts
       *[other] { $count } warnings that count
    }.

## Why an action failed: sentences for $why

cause-permission = I lack the permission **{ permission }**. Give it to my role and use the command again.
cause-hierarchy = My highest role is not above theirs. Move it up and use the command again.
cause-not-member = They have left the server.
cause-unknown-user = Discord knows no such user.
cause-changed = Their roles changed in the meantime, and they are now out of your reach or mine.
# $code: Discord's error code or the HTTP status.
cause-discord = Discord refused it with error { $code }.

## Choosing and confirming

confirm-expires = Nothing has happened yet. This question ends { $when }.
confirm-cancelled = Cancelled. Nothing was done.
confirm-expired = This question has ended, and nothing was done. Run the command again.

## Direct messages to the target
# $guild: name of the server. $case: number. The lines below the first are added where they apply.

# Before the action: it can still fail, so this is an intent.
dm-ban-intent = A ban from **{ $guild }** is being applied to you (case #{ $case }).
dm-kick-intent = You are being removed from **{ $guild }** (case #{ $case }).
# An intent whose action failed is edited to this.
dm-ban-not-done = A ban from **{ $guild }** was announced to you. It was not carried out (case #{ $case }).
dm-kick-not-done = A removal from **{ $guild }** was announced to you. It was not carried out (case #{ $case }).
dm-softban-intent = You are being removed from **{ $guild }**, together with your recent messages; you may join again (case #{ $case }).
dm-warn = You were warned in **{ $guild }** (case #{ $case }).
dm-timeout = You were put in timeout in **{ $guild }** until { $until } (case #{ $case }).
dm-untimeout = Your timeout in **{ $guild }** was lifted (case #{ $case }).
dm-unban = Your ban from **{ $guild }** was lifted (case #{ $case }).
dm-until = Ends: { $until }
dm-reason = Reason: { $reason }
dm-moderator = Moderator: { $moderator }
